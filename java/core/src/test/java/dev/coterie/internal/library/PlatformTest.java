package dev.coterie.internal.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {
  @TempDir Path directory;

  @Test
  void namesAreThoseOfTheFolders() {
    assertEquals("linux-x86_64", Platform.named("Linux", "amd64").toString());
    assertEquals("linux-aarch64", Platform.named("Linux", "aarch64").toString());
    assertEquals("macos-aarch64", Platform.named("Mac OS X", "aarch64").toString());
    assertEquals("windows-x86_64", Platform.named("Windows Server 2022", "amd64").toString());
    assertEquals("sunos-sparcv9", Platform.named("SunOS", "sparcv9").toString());
    assertFalse(Platform.named("Windows 11", "amd64").posix());
  }

  @Test
  void muslIsSeenInTheMappings() throws IOException {
    Path maps =
        Files.writeString(directory.resolve("maps"), "7f00 r-xp /lib/ld-musl-x86_64.so.1\n");
    assertTrue(Platform.isMusl(maps));
    Files.writeString(maps, "7f00 r-xp /lib/x86_64-linux-gnu/libc.so.6\n");
    assertFalse(Platform.isMusl(maps));
    assertFalse(Platform.isMusl(directory.resolve("absent")));
  }

  @Test
  void headersTellThePlatform() throws IOException {
    assertEquals("linux-x86_64", header(elf(62)));
    assertEquals("linux-aarch64", header(elf(183)));
    ByteBuffer mach = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    mach.putInt(0, 0xFEEDFACF).putInt(4, 0x0100000C);
    assertEquals("macos-aarch64", header(mach));
    ByteBuffer pe = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    pe.putShort(0, (short) 0x5A4D).putInt(0x3C, 128).putInt(128, 0x4550);
    pe.putShort(132, (short) 0x8664);
    assertEquals("windows-x86_64", header(pe));
    pe.putInt(0x3C, Integer.MAX_VALUE);
    assertEquals("unknown", header(pe));
    assertEquals("unknown", header(ByteBuffer.allocate(3)));
    assertEquals("unknown", header(ByteBuffer.allocate(64)));
  }

  @Test
  void aLibraryForAnotherPlatformIsNamed() throws IOException {
    Path file = Files.write(directory.resolve("lib.so"), elf(183).array());
    Optional<String> reason = LoadFailure.mismatch(file, new Platform("linux", "x86_64"));
    assertTrue(reason.orElseThrow().contains("linux-aarch64"), reason.get());
    assertTrue(reason.orElseThrow().contains("coterie.library.path"), reason.get());
    assertTrue(LoadFailure.mismatch(file, new Platform("linux", "aarch64")).isEmpty());
    assertTrue(LoadFailure.mismatch(file, new Platform("linux-musl", "aarch64")).isEmpty());
  }

  @Test
  void noexecMountsAreFound() {
    List<String> mounts =
        List.of(
            "/dev/sda / ext4 rw,relatime 0 0",
            "tmpfs /tmp tmpfs rw,nosuid,noexec 0 0",
            "tmpfs /tmp/exec\\040here tmpfs rw 0 0",
            "broken");
    assertTrue(LoadFailure.isNoexec(Path.of("/tmp/coterie-1-x/libcoterie.so"), mounts));
    assertFalse(LoadFailure.isNoexec(Path.of("/tmp/exec here/libcoterie.so"), mounts));
    assertFalse(LoadFailure.isNoexec(Path.of("/tmpfoo/libcoterie.so"), mounts));
    assertFalse(LoadFailure.isNoexec(Path.of("/opt/libcoterie.so"), List.of()));
  }

  @Test
  void loadFailuresNameTheirCure() throws IOException {
    Path file = Files.write(directory.resolve("lib.so"), new byte[100]);
    assertTrue(
        LoadFailure.explain(
                file,
                true,
                new UnsatisfiedLinkError("lib.so: failed to map segment from shared object"))
            .contains("coterie.library.tmpdir"));
    assertTrue(
        LoadFailure.explain(file, false, new UnsatisfiedLinkError("failed to map segment"))
            .contains("coterie.library.path"));
    assertTrue(
        LoadFailure.explain(file, true, new UnsatisfiedLinkError("version `GLIBC_2.38' not found"))
            .contains("glibc"));
    assertTrue(
        LoadFailure.explain(
                file,
                true,
                new ExceptionInInitializerError(
                    new IllegalCallerException("Illegal native access from an unnamed module")))
            .contains("--enable-native-access"));
    String other =
        LoadFailure.explain(
            file, true, new UnsatisfiedLinkError("Unable to load:\nsome other reason\nclass path"));
    assertTrue(other.endsWith("Unable to load: some other reason"), other);
  }

  @SuppressWarnings("ByteBufferBackingArray") // of buffers made here
  private String header(ByteBuffer bytes) throws IOException {
    byte[] content = new byte[bytes.capacity()];
    bytes.get(0, content);
    Path file = Files.write(directory.resolve("header"), content);
    return LibraryHeader.platform(file).map(Platform::toString).orElse("unknown");
  }

  private static ByteBuffer elf(int machine) {
    ByteBuffer elf = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    return elf.putInt(0, 0x464C457F)
        .put(4, (byte) 2)
        .put(5, (byte) 1)
        .putShort(18, (short) machine);
  }
}
