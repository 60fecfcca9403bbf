package dev.coterie.memory;

import dev.coterie.internal.BackendRegistry;
import dev.coterie.internal.memory.LeakAlarm;
import dev.coterie.internal.memory.Lifetime;
import dev.coterie.internal.memory.Windows;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.MemoryRegion;
import dev.coterie.spi.MemorySource;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A block of off-heap memory of any size, also beyond 2 GiB: zeroed, aligned to 64 bytes,
 * bounds-checked and in native byte order.
 *
 * <p>Indices of the typed accessors count elements, not bytes: element {@code i} of type {@code
 * double} is the bytes {@code 8*i} to {@code 8*i + 7}. An index outside the block is an {@link
 * IndexOutOfBoundsException}.
 *
 * <p>A block owns its memory until {@link #close()}, which may be called more than once and while
 * other threads are inside a call: those calls finish, the memory is freed after the last of them
 * and after the last buffer of {@link #asByteBuffer} has become unreachable; later calls throw
 * {@link IllegalStateException}. A block that becomes unreachable without being closed is freed
 * too, with a warning to the logger {@code dev.coterie.memory}; the system property {@code
 * coterie.memory.leaks=trace} adds the place of its allocation.
 *
 * <p>Safe for use by many threads in that nothing can crash; elements that threads share need
 * synchronisation as elements of an array do. A single access costs a few nanoseconds for the count
 * of users and does not allocate; move many elements with the bulk methods or through a buffer.
 */
public final class MemoryBlock implements AutoCloseable {
  static {
    MemoryAccess.set(new Access());
  }

  private final MemoryRegion region;
  private final long byteSize;
  private final Windows windows;
  private final Lifetime lifetime;
  private final Cleaner.Cleanable watch;

  private MemoryBlock(MemoryRegion region, long byteSize) {
    this.region = region;
    this.byteSize = byteSize;
    this.windows = new Windows(region, byteSize);
    this.lifetime = new Lifetime(region, windows, byteSize, LeakAlarm.trace());
    this.watch = LeakAlarm.watch(this, lifetime);
  }

  /**
   * Allocates a block with the default backend: from the native library where there is one,
   * otherwise from direct buffers.
   *
   * @param byteSize the size in bytes, at least 0
   * @return a block of zeros, owned by the caller
   * @throws IllegalArgumentException when the size is negative
   * @throws OutOfNativeMemoryException when there is not enough memory
   * @throws dev.coterie.BackendUnavailableException when {@code coterie.backend} demands a backend
   *     that cannot be used
   */
  public static MemoryBlock allocate(long byteSize) {
    return allocate(BackendRegistry.global().current().memory(), byteSize);
  }

  /**
   * Allocates a block with a given backend.
   *
   * @param byteSize the size in bytes, at least 0
   * @param backend the backend's id
   * @return a block of zeros, owned by the caller
   * @throws IllegalArgumentException when the size is negative or there is no backend of this id
   * @throws OutOfNativeMemoryException when there is not enough memory
   * @throws dev.coterie.BackendUnavailableException when the backend cannot be used
   */
  public static MemoryBlock allocate(long byteSize, String backend) {
    return allocate(BackendRegistry.global().open(backend).memory(), byteSize);
  }

  private static MemoryBlock allocate(MemorySource source, long byteSize) {
    if (byteSize < 0) {
      throw new IllegalArgumentException("size " + byteSize + " is negative");
    }
    MemoryRegion region = source.allocate(Math.max(byteSize, 1));
    try {
      return new MemoryBlock(region, byteSize);
    } catch (RuntimeException | Error e) {
      region.release();
      throw e;
    }
  }

  /**
   * Returns the size in bytes, also after {@link #close()}.
   *
   * @return the size, at least 0
   */
  public long byteSize() {
    return byteSize;
  }

  /**
   * Returns whether {@link #close()} has been called.
   *
   * @return true after the first call
   */
  public boolean isClosed() {
    return lifetime.isClosed();
  }

  /**
   * Returns a {@code byte}.
   *
   * @param index the element
   * @return its value
   * @throws IndexOutOfBoundsException when the element is not inside the block
   * @throws IllegalStateException when the block is closed
   */
  public byte getByte(long index) {
    long offset = Objects.checkIndex(index, byteSize);
    lifetime.acquire();
    try {
      return windows.at(offset).get(Windows.place(offset));
    } finally {
      lifetime.release();
    }
  }

  /**
   * Sets a {@code byte}.
   *
   * @param index the element
   * @param value its new value
   * @throws IndexOutOfBoundsException when the element is not inside the block
   * @throws IllegalStateException when the block is closed
   */
  public void putByte(long index, byte value) {
    long offset = Objects.checkIndex(index, byteSize);
    lifetime.acquire();
    try {
      windows.at(offset).put(Windows.place(offset), value);
    } finally {
      lifetime.release();
    }
  }

  /**
   * Copies elements of type {@code byte} out of the block.
   *
   * @param index the first element
   * @param target where they go
   * @param from the first place in {@code target}
   * @param count how many
   * @throws IndexOutOfBoundsException when a part is not inside the block or the array
   * @throws IllegalStateException when the block is closed
   */
  public void get(long index, byte[] target, int from, int count) {
    Objects.checkFromIndexSize(index, count, byteSize);
    Objects.checkFromIndexSize(from, count, target.length);
    lifetime.acquire();
    try {
      for (int done = 0; done < count; ) {
        long offset = index + done;
        int part = (int) Math.min(count - done, (Windows.SIZE - Windows.place(offset)));
        windows.at(offset).get(Windows.place(offset), target, from + done, part);
        done += part;
      }
    } finally {
      lifetime.release();
    }
  }

  /**
   * Copies elements of type {@code byte} into the block.
   *
   * @param index the first element
   * @param source where they come from
   * @param from the first place in {@code source}
   * @param count how many
   * @throws IndexOutOfBoundsException when a part is not inside the block or the array
   * @throws IllegalStateException when the block is closed
   */
  public void put(long index, byte[] source, int from, int count) {
    Objects.checkFromIndexSize(index, count, byteSize);
    Objects.checkFromIndexSize(from, count, source.length);
    lifetime.acquire();
    try {
      for (int done = 0; done < count; ) {
        long offset = index + done;
        int part = (int) Math.min(count - done, (Windows.SIZE - Windows.place(offset)));
        windows.at(offset).put(Windows.place(offset), source, from + done, part);
        done += part;
      }
    } finally {
      lifetime.release();
    }
  }

  /**
   * Returns an {@code int}.
   *
   * @param index the element
   * @return its value
   * @throws IndexOutOfBoundsException when the element is not inside the block
   * @throws IllegalStateException when the block is closed
   */
  public int getInt(long index) {
    long offset = Objects.checkIndex(index, byteSize >>> 2) << 2;
    lifetime.acquire();
    try {
      return windows.at(offset).getInt(Windows.place(offset));
    } finally {
      lifetime.release();
    }
  }

  /**
   * Sets an {@code int}.
   *
   * @param index the element
   * @param value its new value
   * @throws IndexOutOfBoundsException when the element is not inside the block
   * @throws IllegalStateException when the block is closed
   */
  public void putInt(long index, int value) {
    long offset = Objects.checkIndex(index, byteSize >>> 2) << 2;
    lifetime.acquire();
    try {
      windows.at(offset).putInt(Windows.place(offset), value);
    } finally {
      lifetime.release();
    }
  }

  /**
   * Copies elements of type {@code int} out of the block.
   *
   * @param index the first element
   * @param target where they go
   * @param from the first place in {@code target}
   * @param count how many
   * @throws IndexOutOfBoundsException when a part is not inside the block or the array
   * @throws IllegalStateException when the block is closed
   */
  public void get(long index, int[] target, int from, int count) {
    Objects.checkFromIndexSize(index, count, byteSize >>> 2);
    Objects.checkFromIndexSize(from, count, target.length);
    lifetime.acquire();
    try {
      for (int done = 0; done < count; ) {
        long offset = (index + done) << 2;
        int part = (int) Math.min(count - done, (Windows.SIZE - Windows.place(offset)) >>> 2);
        part(offset, part << 2).asIntBuffer().get(target, from + done, part);
        done += part;
      }
    } finally {
      lifetime.release();
    }
  }

  /**
   * Copies elements of type {@code int} into the block.
   *
   * @param index the first element
   * @param source where they come from
   * @param from the first place in {@code source}
   * @param count how many
   * @throws IndexOutOfBoundsException when a part is not inside the block or the array
   * @throws IllegalStateException when the block is closed
   */
  public void put(long index, int[] source, int from, int count) {
    Objects.checkFromIndexSize(index, count, byteSize >>> 2);
    Objects.checkFromIndexSize(from, count, source.length);
    lifetime.acquire();
    try {
      for (int done = 0; done < count; ) {
        long offset = (index + done) << 2;
        int part = (int) Math.min(count - done, (Windows.SIZE - Windows.place(offset)) >>> 2);
        part(offset, part << 2).asIntBuffer().put(source, from + done, part);
        done += part;
      }
    } finally {
      lifetime.release();
    }
  }

  /**
   * Returns a {@code long}.
   *
   * @param index the element
   * @return its value
   * @throws IndexOutOfBoundsException when the element is not inside the block
   * @throws IllegalStateException when the block is closed
   */
  public long getLong(long index) {
    long offset = Objects.checkIndex(index, byteSize >>> 3) << 3;
    lifetime.acquire();
    try {
      return windows.at(offset).getLong(Windows.place(offset));
    } finally {
      lifetime.release();
    }
  }

  /**
   * Sets a {@code long}.
   *
   * @param index the element
   * @param value its new value
   * @throws IndexOutOfBoundsException when the element is not inside the block
   * @throws IllegalStateException when the block is closed
   */
  public void putLong(long index, long value) {
    long offset = Objects.checkIndex(index, byteSize >>> 3) << 3;
    lifetime.acquire();
    try {
      windows.at(offset).putLong(Windows.place(offset), value);
    } finally {
      lifetime.release();
    }
  }

  /**
   * Copies elements of type {@code long} out of the block.
   *
   * @param index the first element
   * @param target where they go
   * @param from the first place in {@code target}
   * @param count how many
   * @throws IndexOutOfBoundsException when a part is not inside the block or the array
   * @throws IllegalStateException when the block is closed
   */
  public void get(long index, long[] target, int from, int count) {
    Objects.checkFromIndexSize(index, count, byteSize >>> 3);
    Objects.checkFromIndexSize(from, count, target.length);
    lifetime.acquire();
    try {
      for (int done = 0; done < count; ) {
        long offset = (index + done) << 3;
        int part = (int) Math.min(count - done, (Windows.SIZE - Windows.place(offset)) >>> 3);
        part(offset, part << 3).asLongBuffer().get(target, from + done, part);
        done += part;
      }
    } finally {
      lifetime.release();
    }
  }

  /**
   * Copies elements of type {@code long} into the block.
   *
   * @param index the first element
   * @param source where they come from
   * @param from the first place in {@code source}
   * @param count how many
   * @throws IndexOutOfBoundsException when a part is not inside the block or the array
   * @throws IllegalStateException when the block is closed
   */
  public void put(long index, long[] source, int from, int count) {
    Objects.checkFromIndexSize(index, count, byteSize >>> 3);
    Objects.checkFromIndexSize(from, count, source.length);
    lifetime.acquire();
    try {
      for (int done = 0; done < count; ) {
        long offset = (index + done) << 3;
        int part = (int) Math.min(count - done, (Windows.SIZE - Windows.place(offset)) >>> 3);
        part(offset, part << 3).asLongBuffer().put(source, from + done, part);
        done += part;
      }
    } finally {
      lifetime.release();
    }
  }

  /**
   * Returns a {@code float}.
   *
   * @param index the element
   * @return its value
   * @throws IndexOutOfBoundsException when the element is not inside the block
   * @throws IllegalStateException when the block is closed
   */
  public float getFloat(long index) {
    long offset = Objects.checkIndex(index, byteSize >>> 2) << 2;
    lifetime.acquire();
    try {
      return windows.at(offset).getFloat(Windows.place(offset));
    } finally {
      lifetime.release();
    }
  }

  /**
   * Sets a {@code float}.
   *
   * @param index the element
   * @param value its new value
   * @throws IndexOutOfBoundsException when the element is not inside the block
   * @throws IllegalStateException when the block is closed
   */
  public void putFloat(long index, float value) {
    long offset = Objects.checkIndex(index, byteSize >>> 2) << 2;
    lifetime.acquire();
    try {
      windows.at(offset).putFloat(Windows.place(offset), value);
    } finally {
      lifetime.release();
    }
  }

  /**
   * Copies elements of type {@code float} out of the block.
   *
   * @param index the first element
   * @param target where they go
   * @param from the first place in {@code target}
   * @param count how many
   * @throws IndexOutOfBoundsException when a part is not inside the block or the array
   * @throws IllegalStateException when the block is closed
   */
  public void get(long index, float[] target, int from, int count) {
    Objects.checkFromIndexSize(index, count, byteSize >>> 2);
    Objects.checkFromIndexSize(from, count, target.length);
    lifetime.acquire();
    try {
      for (int done = 0; done < count; ) {
        long offset = (index + done) << 2;
        int part = (int) Math.min(count - done, (Windows.SIZE - Windows.place(offset)) >>> 2);
        part(offset, part << 2).asFloatBuffer().get(target, from + done, part);
        done += part;
      }
    } finally {
      lifetime.release();
    }
  }

  /**
   * Copies elements of type {@code float} into the block.
   *
   * @param index the first element
   * @param source where they come from
   * @param from the first place in {@code source}
   * @param count how many
   * @throws IndexOutOfBoundsException when a part is not inside the block or the array
   * @throws IllegalStateException when the block is closed
   */
  public void put(long index, float[] source, int from, int count) {
    Objects.checkFromIndexSize(index, count, byteSize >>> 2);
    Objects.checkFromIndexSize(from, count, source.length);
    lifetime.acquire();
    try {
      for (int done = 0; done < count; ) {
        long offset = (index + done) << 2;
        int part = (int) Math.min(count - done, (Windows.SIZE - Windows.place(offset)) >>> 2);
        part(offset, part << 2).asFloatBuffer().put(source, from + done, part);
        done += part;
      }
    } finally {
      lifetime.release();
    }
  }

  /**
   * Returns a {@code double}.
   *
   * @param index the element
   * @return its value
   * @throws IndexOutOfBoundsException when the element is not inside the block
   * @throws IllegalStateException when the block is closed
   */
  public double getDouble(long index) {
    long offset = Objects.checkIndex(index, byteSize >>> 3) << 3;
    lifetime.acquire();
    try {
      return windows.at(offset).getDouble(Windows.place(offset));
    } finally {
      lifetime.release();
    }
  }

  /**
   * Sets a {@code double}.
   *
   * @param index the element
   * @param value its new value
   * @throws IndexOutOfBoundsException when the element is not inside the block
   * @throws IllegalStateException when the block is closed
   */
  public void putDouble(long index, double value) {
    long offset = Objects.checkIndex(index, byteSize >>> 3) << 3;
    lifetime.acquire();
    try {
      windows.at(offset).putDouble(Windows.place(offset), value);
    } finally {
      lifetime.release();
    }
  }

  /**
   * Copies elements of type {@code double} out of the block.
   *
   * @param index the first element
   * @param target where they go
   * @param from the first place in {@code target}
   * @param count how many
   * @throws IndexOutOfBoundsException when a part is not inside the block or the array
   * @throws IllegalStateException when the block is closed
   */
  public void get(long index, double[] target, int from, int count) {
    Objects.checkFromIndexSize(index, count, byteSize >>> 3);
    Objects.checkFromIndexSize(from, count, target.length);
    lifetime.acquire();
    try {
      for (int done = 0; done < count; ) {
        long offset = (index + done) << 3;
        int part = (int) Math.min(count - done, (Windows.SIZE - Windows.place(offset)) >>> 3);
        part(offset, part << 3).asDoubleBuffer().get(target, from + done, part);
        done += part;
      }
    } finally {
      lifetime.release();
    }
  }

  /**
   * Copies elements of type {@code double} into the block.
   *
   * @param index the first element
   * @param source where they come from
   * @param from the first place in {@code source}
   * @param count how many
   * @throws IndexOutOfBoundsException when a part is not inside the block or the array
   * @throws IllegalStateException when the block is closed
   */
  public void put(long index, double[] source, int from, int count) {
    Objects.checkFromIndexSize(index, count, byteSize >>> 3);
    Objects.checkFromIndexSize(from, count, source.length);
    lifetime.acquire();
    try {
      for (int done = 0; done < count; ) {
        long offset = (index + done) << 3;
        int part = (int) Math.min(count - done, (Windows.SIZE - Windows.place(offset)) >>> 3);
        part(offset, part << 3).asDoubleBuffer().put(source, from + done, part);
        done += part;
      }
    } finally {
      lifetime.release();
    }
  }

  private ByteBuffer part(long offset, int bytes) {
    // A part of a whole window of 1 GiB may be 2^30 bytes, which still fits an int.
    return windows.at(offset).slice(Windows.place(offset), bytes).order(ByteOrder.nativeOrder());
  }

  /**
   * Sets every byte.
   *
   * @param value the byte
   * @throws IllegalStateException when the block is closed
   */
  public void fill(byte value) {
    lifetime.acquire();
    try {
      byte[] chunk = new byte[(int) Math.min(byteSize, 65_536)];
      Arrays.fill(chunk, value);
      for (long at = 0; at < byteSize; at += chunk.length) {
        int count = (int) Math.min(chunk.length, byteSize - at);
        windows.at(at).put(Windows.place(at), chunk, 0, count);
      }
    } finally {
      lifetime.release();
    }
  }

  /**
   * Returns a direct buffer over a part of the block, in native byte order. It and its slices and
   * duplicates keep the memory: it is freed only after the block is closed and they are all
   * unreachable. (As always, slices and duplicates begin in big-endian order.)
   *
   * @param offset the first byte
   * @param length the size in bytes
   * @return a new buffer; its position is 0, its limit and capacity are {@code length}
   * @throws IndexOutOfBoundsException when the part is not inside the block
   * @throws IllegalArgumentException when the block comes from a backend without native memory and
   *     the part crosses a multiple of 1 GiB
   * @throws IllegalStateException when the block is closed
   */
  public ByteBuffer asByteBuffer(long offset, int length) {
    Objects.checkFromIndexSize(offset, length, byteSize);
    if (length > 0 && offset / region.windowSize() != (offset + length - 1) / region.windowSize()) {
      throw new IllegalArgumentException(
          "bytes "
              + offset
              + " to "
              + (offset + length)
              + " cross a multiple of 1 GiB, which a buffer can do only in memory of a native"
              + " backend");
    }
    lifetime.acquire();
    boolean kept = false;
    try {
      // An empty view at the very end would lie in a window that does not exist.
      ByteBuffer view =
          region.view(length == 0 ? 0 : offset, length).order(ByteOrder.nativeOrder());
      LeakAlarm.releaseAfter(view, lifetime);
      kept = true;
      return view;
    } finally {
      if (!kept) {
        lifetime.release();
      }
    }
  }

  /** Gives up the memory; see the class comment. Does nothing when called again. */
  @Override
  public void close() {
    lifetime.close();
    watch.clean();
  }

  /** Returns the size and whether the block is closed. */
  @Override
  public String toString() {
    return "MemoryBlock[" + byteSize + " bytes" + (isClosed() ? ", closed]" : "]");
  }

  private static final class Access extends MemoryAccess {
    @Override
    public MemoryBlock allocate(MemorySource source, long bytes) {
      return MemoryBlock.allocate(source, bytes);
    }

    @Override
    public long acquire(MemoryBlock block) {
      block.lifetime.acquire();
      return block.region.address();
    }

    @Override
    public void release(MemoryBlock block) {
      block.lifetime.release();
    }
  }
}
