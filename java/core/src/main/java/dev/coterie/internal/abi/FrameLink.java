package dev.coterie.internal.abi;

import dev.coterie.spi.ControlAccess;

/** Connects a control with a frame's control block. */
record FrameLink(Frame frame) implements ControlAccess.Link {
  @Override
  public void cancel() {
    frame.cancel();
  }

  @Override
  public long iterations() {
    return frame.iterations();
  }
}
