package dev.coterie.internal.abi;

import dev.coterie.spi.MemoryRegion;
import dev.coterie.spi.MemorySource;
import dev.coterie.spi.NativeFunctions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory of the native library. */
public final class NativeMemory implements MemorySource {
  private final NativeFunctions functions;
  private final FramePool frames;

  /** Makes a source. */
  public NativeMemory(NativeFunctions functions, FramePool frames) {
    this.functions = functions;
    this.frames = frames;
  }

  @Override
  public MemoryRegion allocate(long bytes) {
    Frame frame = frames.acquire();
    try {
      frame.check(functions.memoryAllocate(bytes, frame.memory(), frame.error()));
      return new Region(frame.memory(Layouts.Memory.HANDLE), frame.memory(Layouts.Memory.ADDRESS));
    } finally {
      frames.release(frame);
    }
  }

  private final class Region implements MemoryRegion {
    private final long handle;
    private final long address;

    Region(long handle, long address) {
      this.handle = handle;
      this.address = address;
    }

    @Override
    public long address() {
      return address;
    }

    @Override
    public long windowSize() {
      return Long.MAX_VALUE;
    }

    @Override
    public ByteBuffer view(long offset, int bytes) {
      return functions.view(address + offset, bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void release() {
      // Without a frame: that memory can be given back must not depend on memory.
      int status = functions.memoryRelease(handle, 0);
      if (status != Status.OK) {
        throw new IllegalStateException("memory could not be given back: status " + status);
      }
    }
  }
}
