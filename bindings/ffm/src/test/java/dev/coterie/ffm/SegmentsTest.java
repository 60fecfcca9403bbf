package dev.coterie.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.contract.NeedsLibrary;
import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.MemoryRegion;
import dev.coterie.spi.MemorySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SegmentsTest {

  private static void checkShared(MemoryBlock block) {
    MemorySegment whole = Segments.of(block);
    assertTrue(whole.isNative());
    assertEquals(block.byteSize(), whole.byteSize());
    assertEquals(0, whole.address() & 63);
    block.putDouble(3, 2.5);
    assertEquals(2.5, whole.getAtIndex(ValueLayout.JAVA_DOUBLE, 3));
    whole.setAtIndex(ValueLayout.JAVA_INT, 4, 77);
    assertEquals(77, block.getInt(4));
    MemorySegment part = Segments.of(block, 24, 8);
    assertEquals(8, part.byteSize());
    assertEquals(2.5, part.get(ValueLayout.JAVA_DOUBLE, 0));
    long end = block.byteSize();
    assertEquals(0, Segments.of(block, end, 0).byteSize());
    assertThrows(IndexOutOfBoundsException.class, () -> whole.get(ValueLayout.JAVA_BYTE, end));
    assertThrows(IndexOutOfBoundsException.class, () -> Segments.of(block, 1, end));
    assertThrows(IndexOutOfBoundsException.class, () -> Segments.of(block, -1, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> Segments.of(block, 0, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> Segments.of(block, 1, Long.MAX_VALUE));
    block.close();
    assertEquals(2.5, part.get(ValueLayout.JAVA_DOUBLE, 0));
    whole.fill((byte) 1);
    assertEquals(1, part.get(ValueLayout.JAVA_BYTE, 7));
    assertThrows(IllegalStateException.class, () -> Segments.of(block));
  }

  @Test
  @NeedsLibrary
  void nativeMemoryIsShared() {
    checkShared(MemoryBlock.allocate(1000, "ffm"));
    try (MemoryBlock empty = MemoryBlock.allocate(0, "ffm")) {
      assertEquals(0, Segments.of(empty).byteSize());
    }
  }

  @Test
  void memoryOfJavaBackendsIsShared() {
    checkShared(MemoryBlock.allocate(1000, "scalar"));
    assertThrows(NullPointerException.class, () -> Segments.of(null));
  }

  /** A sparse file stands for the memory, so that it needs none. */
  @Test
  void reachesBeyondTwoGibibytesAndKeepsTheMemory(@TempDir Path directory) throws Exception {
    long bytes = (2L << 30) + (1L << 20);
    Mapped source = new Mapped(directory.resolve("sparse"));
    MemoryBlock block = MemoryAccess.get().allocate(source, bytes);
    MemorySegment segment = Segments.of(block);
    assertEquals(bytes, segment.byteSize());
    segment.set(ValueLayout.JAVA_DOUBLE, bytes - 8, 1.5);
    assertEquals(1.5, block.getDouble(bytes / 8 - 1));
    MemorySegment part = Segments.of(block, bytes - 8, 8);
    block.close();
    assertEquals(1.5, part.get(ValueLayout.JAVA_DOUBLE, 0));
    for (int i = 0; i < 5; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertEquals(0, source.released.get());
    // Both are in use up to here.
    assertEquals(1.5, segment.get(ValueLayout.JAVA_DOUBLE, bytes - 8));
    assertEquals(1.5, part.get(ValueLayout.JAVA_DOUBLE, 0));
    segment = null;
    part = null;
    for (int i = 0; i < 200 && source.released.get() == 0; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertEquals(1, source.released.get());
  }

  /** One mapping with one address, which the garbage collector frees after this object. */
  private static final class Mapped implements MemorySource {
    final AtomicInteger released = new AtomicInteger();
    private final Path file;
    private MemorySegment memory;

    Mapped(Path file) {
      this.file = file;
    }

    @Override
    public MemoryRegion allocate(long bytes) {
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.SPARSE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE)) {
        memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, Arena.ofAuto());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new MemoryRegion() {
        @Override
        public long address() {
          return memory.address();
        }

        @Override
        public long windowSize() {
          return Long.MAX_VALUE;
        }

        @Override
        public ByteBuffer view(long offset, int length) {
          return memory.asSlice(offset, length).asByteBuffer().order(ByteOrder.nativeOrder());
        }

        @Override
        public void release() {
          released.incrementAndGet();
        }
      };
    }
  }
}
