package dev.coterie.internal.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads from the first bytes of a library which platform it is for, because not every JVM says so
 * when it fails.
 */
final class LibraryHeader {
  private static final int LENGTH = 4096;
  private static final int ELF = 0x464C457F;

  private LibraryHeader() {}

  /**
   * Returns the platform of a library, or empty when the file is of a kind that is not known here.
   */
  static Optional<Platform> platform(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LENGTH);
    }
    return bytes.length < 64
        ? Optional.empty()
        : platform(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * Returns the least size of the file by its own header, 0 when it does not say. The loader of
   * Linux maps a file that was cut short without complaint, and the process dies at the first
   * access behind its end.
   */
  static long leastSize(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LENGTH);
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 64 || header.getInt(0) != ELF || header.get(4) != 2 || header.get(5) != 1) {
      return 0;
    }
    long table = header.getLong(32);
    int entry = header.getShort(54) & 0xFFFF;
    int entries = header.getShort(56) & 0xFFFF;
    long size = Math.max(64, table + (long) entry * entries);
    for (long at = table; entries > 0 && at >= 0 && at <= bytes.length - 56; at += entry) {
      size = Math.max(size, header.getLong((int) at + 8) + header.getLong((int) at + 32));
      entries--;
    }
    return size;
  }

  private static Optional<Platform> platform(ByteBuffer header) {
    int magic = header.getInt(0);
    if (magic == ELF) {
      if (header.get(5) == 2) {
        header.order(ByteOrder.BIG_ENDIAN);
      }
      return Optional.of(new Platform("linux", elf(header.getShort(18), header.get(4))));
    }
    if (magic == 0xFEEDFACF) {
      return Optional.of(new Platform("macos", mach(header.getInt(4))));
    }
    if (header.getShort(0) == 0x5A4D) {
      int at = header.getInt(0x3C);
      if (at >= 0 && at <= header.limit() - 6 && header.getInt(at) == 0x4550) {
        return Optional.of(new Platform("windows", coff(header.getShort(at + 4) & 0xFFFF)));
      }
    }
    return Optional.empty();
  }

  private static String elf(short machine, byte bits) {
    return switch (machine) {
      case 62 -> bits == 2 ? "x86_64" : "x32";
      case 183 -> "aarch64";
      case 3 -> "x86";
      case 40 -> "arm";
      case 243 -> "riscv64";
      case 22 -> "s390x";
      case 21 -> "ppc64le";
      default -> "elf" + machine;
    };
  }

  private static String mach(int cpu) {
    return switch (cpu) {
      case 0x01000007 -> "x86_64";
      case 0x0100000C -> "aarch64";
      default -> "mach" + cpu;
    };
  }

  private static String coff(int machine) {
    return switch (machine) {
      case 0x8664 -> "x86_64";
      case 0xAA64 -> "aarch64";
      case 0x014C -> "x86";
      default -> "coff" + machine;
    };
  }
}
