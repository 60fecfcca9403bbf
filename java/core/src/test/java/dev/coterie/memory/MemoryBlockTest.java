package dev.coterie.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coterie.internal.abi.FramePool;
import dev.coterie.internal.abi.NativeMemory;
import dev.coterie.internal.memory.DirectMemory;
import dev.coterie.internal.memory.Windows;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.MemoryRegion;
import dev.coterie.spi.MemorySource;
import dev.coterie.testing.FakeNative;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryBlockTest {
  private static MemoryBlock direct(long bytes) {
    return MemoryAccess.get().allocate(DirectMemory.SOURCE, bytes);
  }

  @Test
  void beginsAsZerosAlignedTo64Bytes() {
    for (int bytes : new int[] {0, 1, 63, 64, 65, 1000}) {
      try (MemoryBlock block = direct(bytes)) {
        assertEquals(bytes, block.byteSize());
        ByteBuffer view = block.asByteBuffer(0, bytes);
        assertEquals(0, view.alignmentOffset(0, 64));
        assertEquals(ByteOrder.nativeOrder(), view.order());
        for (int i = 0; i < bytes; i++) {
          assertEquals(0, block.getByte(i));
        }
      }
    }
  }

  @Test
  void elementsOfEveryTypeKeepTheirBits() {
    try (MemoryBlock block = direct(64)) {
      block.putByte(3, (byte) -7);
      block.putInt(2, 0x01020304);
      block.putLong(3, Long.MIN_VALUE + 5);
      block.putFloat(8, -0.0f);
      block.putDouble(5, Double.MIN_VALUE);
      assertEquals(-7, block.getByte(3));
      assertEquals(0x01020304, block.getInt(2));
      assertEquals(Long.MIN_VALUE + 5, block.getLong(3));
      assertEquals(-0.0f, block.getFloat(8));
      assertEquals(Double.MIN_VALUE, block.getDouble(5));
      assertEquals(0x01020304, block.asByteBuffer(8, 4).getInt(0));
    }
  }

  @Test
  void bulkCopiesMoveParts() {
    try (MemoryBlock block = direct(800)) {
      double[] doubles = new double[100];
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = i + 0.5;
      }
      block.put(10, doubles, 5, 20);
      assertEquals(0, block.getDouble(9));
      assertEquals(5.5, block.getDouble(10));
      assertEquals(24.5, block.getDouble(29));
      assertEquals(0, block.getDouble(30));
      double[] back = new double[22];
      block.get(10, back, 1, 20);
      assertEquals(0, back[0]);
      assertEquals(5.5, back[1]);
      assertEquals(24.5, back[20]);
      int[] ints = {1, 2, 3};
      block.put(0, ints, 0, 3);
      int[] intsBack = new int[3];
      block.get(0, intsBack, 0, 3);
      assertArrayEquals(ints, intsBack);
      float[] floats = {1.5f, Float.NaN};
      block.put(100, floats, 0, 2);
      float[] floatsBack = new float[2];
      block.get(100, floatsBack, 0, 2);
      assertArrayEquals(floats, floatsBack);
      long[] longs = {-1, Long.MAX_VALUE};
      block.put(98, longs, 0, 2);
      long[] longsBack = new long[2];
      block.get(98, longsBack, 0, 2);
      assertArrayEquals(longs, longsBack);
      block.fill((byte) 0x5A);
      byte[] bytes = new byte[800];
      block.get(0, bytes, 0, 800);
      for (byte b : bytes) {
        assertEquals(0x5A, b);
      }
      bytes[7] = 1;
      block.put(0, bytes, 0, 800);
      assertEquals(1, block.getByte(7));
    }
  }

  @Test
  void refusesWhatIsOutside() {
    assertThrows(IllegalArgumentException.class, () -> direct(-1));
    try (MemoryBlock block = direct(12)) {
      assertThrows(IndexOutOfBoundsException.class, () -> block.getInt(3));
      assertThrows(IndexOutOfBoundsException.class, () -> block.getInt(-1));
      assertThrows(IndexOutOfBoundsException.class, () -> block.getLong(1));
      assertThrows(IndexOutOfBoundsException.class, () -> block.putDouble(1, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> block.getInt(Long.MAX_VALUE / 2));
      assertThrows(IndexOutOfBoundsException.class, () -> block.getInt(1L << 62));
      assertThrows(IndexOutOfBoundsException.class, () -> block.put(1, new int[3], 0, 3));
      assertThrows(IndexOutOfBoundsException.class, () -> block.put(0, new int[3], 2, 2));
      assertThrows(IndexOutOfBoundsException.class, () -> block.asByteBuffer(0, 13));
      assertThrows(IndexOutOfBoundsException.class, () -> block.asByteBuffer(-1, 1));
      assertEquals(0, block.asByteBuffer(12, 0).capacity());
    }
  }

  @Test
  void refusesUseAfterClose() {
    MemoryBlock block = direct(64);
    block.close();
    block.close();
    assertTrue(block.isClosed());
    assertEquals(64, block.byteSize());
    assertThrows(IllegalStateException.class, () -> block.getInt(0));
    assertThrows(IllegalStateException.class, () -> block.putInt(0, 1));
    assertThrows(IllegalStateException.class, () -> block.get(0, new int[1], 0, 1));
    assertThrows(IllegalStateException.class, () -> block.fill((byte) 1));
    assertThrows(IllegalStateException.class, () -> block.asByteBuffer(0, 1));
    assertThrows(IllegalStateException.class, () -> MemoryAccess.get().acquire(block));
  }

  @Test
  void closingDuringACallFreesAfterIt() {
    Counting source = new Counting();
    MemoryBlock block = MemoryAccess.get().allocate(source, 64);
    MemoryAccess.get().acquire(block);
    block.close();
    assertEquals(0, source.released.get());
    assertThrows(IllegalStateException.class, () -> block.getInt(0));
    MemoryAccess.get().release(block);
    assertEquals(1, source.released.get());
    block.close();
    assertEquals(1, source.released.get());
  }

  @Test
  void aViewOutlivesClose() throws InterruptedException {
    Counting source = new Counting();
    MemoryBlock block = MemoryAccess.get().allocate(source, 64);
    ByteBuffer view = block.asByteBuffer(8, 16);
    view.putInt(0, 42);
    block.close();
    assertEquals(42, view.getInt(0));
    System.gc();
    TimeUnit.MILLISECONDS.sleep(20);
    assertEquals(0, source.released.get());
    assertEquals(42, view.getInt(0));
    view = null;
    awaitReleased(source, 1);
  }

  @Test
  void manyThreadsMayRaceWithClose() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      Counting source = new Counting();
      MemoryBlock block = MemoryAccess.get().allocate(source, 1024);
      Phaser start = new Phaser(4);
      AtomicReference<Throwable> failure = new AtomicReference<>();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        Thread thread =
            new Thread(
                () -> {
                  start.arriveAndAwaitAdvance();
                  try {
                    while (true) {
                      MemoryAccess.get().acquire(block);
                      int released = source.released.get();
                      MemoryAccess.get().release(block);
                      if (released != 0) {
                        throw new AssertionError("released under a call");
                      }
                      block.putLong(3, block.getLong(2) + 1);
                    }
                  } catch (IllegalStateException expected) {
                    // Closed.
                  } catch (Throwable e) {
                    failure.set(e);
                  }
                });
        thread.start();
        threads.add(thread);
      }
      start.arriveAndAwaitAdvance();
      block.close();
      for (Thread thread : threads) {
        thread.join();
      }
      assertNull(failure.get());
      assertEquals(1, source.released.get());
    }
  }

  @Test
  void anUnreachableBlockIsFreed() throws InterruptedException {
    Counting source = new Counting();
    MemoryAccess.get().allocate(source, 4096);
    awaitReleased(source, 1);
  }

  @Test
  void nativeMemoryIsReleasedByItsHandle() {
    FakeNative functions = new FakeNative();
    NativeMemory source = new NativeMemory(functions, new FramePool(functions));
    MemoryBlock block = MemoryAccess.get().allocate(source, 256);
    assertEquals(1, functions.liveBlocks());
    block.putDouble(31, 2.5);
    assertEquals(2.5, block.getDouble(31));
    block.close();
    assertEquals(0, functions.liveBlocks());
  }

  @Test
  void refusedMemoryIsAnExceptionOfItsOwn() {
    FakeNative functions = new FakeNative();
    NativeMemory source = new NativeMemory(functions, new FramePool(functions));
    functions.nextStatus = 2;
    functions.nextMessage = "no 256 bytes";
    OutOfNativeMemoryException e =
        assertThrows(
            OutOfNativeMemoryException.class, () -> MemoryAccess.get().allocate(source, 256));
    assertEquals("no 256 bytes", e.getMessage());
    OutOfNativeMemoryException direct =
        assertThrows(OutOfNativeMemoryException.class, () -> direct(1L << 60));
    assertTrue(direct.getMessage().contains("MaxDirectMemorySize"), direct.getMessage());
  }

  /** Seen through a sparse file, so that a large block needs no memory. */
  @Test
  void blocksBeyondTwoGibibytesWork(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("sparse");
    long bytes = (2L << 30) + (1L << 20);
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        MemoryBlock block = MemoryAccess.get().allocate(sparse(channel), bytes)) {
      checkLargeBlock(block);
      assertThrows(IllegalArgumentException.class, () -> block.asByteBuffer((2L << 30) - 8, 16));
    }
  }

  private static MemorySource sparse(FileChannel channel) {
    return bytes ->
        new MemoryRegion() {
          @Override
          public long address() {
            return 0;
          }

          @Override
          public long windowSize() {
            return Windows.SIZE;
          }

          @Override
          public ByteBuffer view(long offset, int length) {
            try {
              return channel
                  .map(FileChannel.MapMode.READ_WRITE, offset, length)
                  .order(ByteOrder.nativeOrder());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public void release() {}
        };
  }

  @Test
  void directMemoryBeyondOneWindowWorks() throws IOException {
    long bytes = (1L << 30) + (1L << 20);
    assumeTrue(availableMemory() > 2 * bytes, "not enough free memory");
    assumeTrue(
        Runtime.getRuntime().maxMemory() > bytes, "direct memory is limited to the heap's size");
    try (MemoryBlock block = direct(bytes)) {
      checkLargeBlock(block);
      assertThrows(IllegalArgumentException.class, () -> block.asByteBuffer((1L << 30) - 8, 16));
    }
  }

  /** Reads and writes at the end and around the last multiple of 1 GiB. */
  private static void checkLargeBlock(MemoryBlock block) {
    long bytes = block.byteSize();
    long last = bytes / 8 - 1;
    long border = ((bytes >> 30) << 30) / 8;
    block.putDouble(last, 1.5);
    block.putDouble(border, 2.5);
    block.putDouble(border - 1, 3.5);
    double[] across = new double[4];
    block.get(border - 2, across, 0, 4);
    assertArrayEquals(new double[] {0, 3.5, 2.5, 0}, across);
    block.put(border - 1, new double[] {7, 8}, 0, 2);
    assertEquals(7, block.getDouble(border - 1));
    assertEquals(8, block.getDouble(border));
    assertEquals(1.5, block.getDouble(last));
    assertEquals(1.5, block.asByteBuffer(bytes - 8, 8).getDouble(0));
    assertThrows(IndexOutOfBoundsException.class, () -> block.getDouble(last + 1));
  }

  /** Returns what Linux says is available, 0 elsewhere. */
  private static long availableMemory() throws IOException {
    Path file = Path.of("/proc/meminfo");
    if (!Files.isReadable(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElse(0);
    }
  }

  private static void awaitReleased(Counting source, int count) throws InterruptedException {
    for (int i = 0; i < 200 && source.released.get() < count; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertEquals(count, source.released.get());
  }

  /** Direct memory that counts how often it was released. */
  private static final class Counting implements MemorySource {
    final AtomicInteger released = new AtomicInteger();

    @Override
    public MemoryRegion allocate(long bytes) {
      ByteBuffer memory = ByteBuffer.allocateDirect((int) bytes);
      AtomicInteger count = released;
      return new MemoryRegion() {
        @Override
        public long address() {
          return 1;
        }

        @Override
        public long windowSize() {
          return Long.MAX_VALUE;
        }

        @Override
        public ByteBuffer view(long offset, int length) {
          return memory.slice((int) offset, length);
        }

        @Override
        public void release() {
          count.incrementAndGet();
        }
      };
    }
  }
}
