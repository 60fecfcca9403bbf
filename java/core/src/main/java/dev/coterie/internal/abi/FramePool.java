package dev.coterie.internal.abi;

import dev.coterie.spi.NativeFunctions;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps a few frames for the next calls. Not thread-local, because there may be a million virtual
 * threads: a call that finds none makes one, and one too many is left to the garbage collector.
 */
public final class FramePool {
  private static final int KEPT = 16;

  private final NativeFunctions functions;
  private final AtomicReferenceArray<Frame> frames = new AtomicReferenceArray<>(KEPT);

  /** Makes an empty pool. */
  public FramePool(NativeFunctions functions) {
    this.functions = functions;
  }

  /** Takes a frame, whose contents are those of the call before. */
  public Frame acquire() {
    for (int i = 0; i < KEPT; i++) {
      Frame frame = frames.getPlain(i);
      if (frame != null && frames.compareAndSet(i, frame, null)) {
        return frame;
      }
    }
    ByteBuffer buffer = Frame.newBuffer();
    return new Frame(buffer, functions.address(buffer));
  }

  /** Gives a frame back. */
  public void release(Frame frame) {
    for (int i = 0; i < KEPT; i++) {
      if (frames.getPlain(i) == null && frames.compareAndSet(i, null, frame)) {
        return;
      }
    }
  }
}
