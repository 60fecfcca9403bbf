package dev.coterie.cli;

import dev.coterie.consensus.FitControl;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.CancellationException;

/** Stops writing a long result when the run is cancelled. */
final class CancellableWriter extends FilterWriter {
  private final FitControl control;

  CancellableWriter(Writer writer, FitControl control) {
    super(writer);
    this.control = control;
  }

  private void check() {
    if (control.isCancelled()) {
      throw new CancellationException();
    }
  }

  @Override
  public void write(int c) throws IOException {
    check();
    super.write(c);
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    check();
    super.write(text, offset, length);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    check();
    super.write(text, offset, length);
  }
}
