package dev.coterie.internal.abi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The structs of one native call, in one direct buffer. Used by one thread at a time but for the
 * control block.
 */
public final class Frame {
  /** Room for the problem, or the outcome, of any kind of call. */
  private static final int STRUCT = 256;

  private static final int ERROR = 0;
  private static final int MEMORY = ERROR + Layouts.Error.SIZE;
  private static final int CONTROL = MEMORY + Layouts.Memory.SIZE;
  private static final int PROBLEM = CONTROL + Layouts.Control.SIZE;
  private static final int OUTCOME = PROBLEM + STRUCT;
  private static final int SIZE = OUTCOME + STRUCT;

  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer buffer;
  private final long address;

  Frame(ByteBuffer buffer, long address) {
    this.buffer = buffer;
    this.address = address;
  }

  /** Returns a buffer for a frame. */
  static ByteBuffer newBuffer() {
    return ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
  }

  /** Returns the address of the error struct. */
  public long error() {
    return address + ERROR;
  }

  /** Returns the address of the memory struct. */
  public long memory() {
    return address + MEMORY;
  }

  /** Returns the address of the control block. */
  public long control() {
    return address + CONTROL;
  }

  /** Returns the address of the call's problem. */
  public long problem() {
    return address + PROBLEM;
  }

  /** Returns the address of the call's outcome. */
  public long outcome() {
    return address + OUTCOME;
  }

  /** Returns a field of the memory struct. */
  public long memory(int offset) {
    return buffer.getLong(MEMORY + offset);
  }

  /** Sets a field of the problem. */
  public Frame problem(int offset, int value) {
    buffer.putInt(PROBLEM + offset, value);
    return this;
  }

  /** Sets a field of the problem. */
  public Frame problem(int offset, long value) {
    buffer.putLong(PROBLEM + offset, value);
    return this;
  }

  /** Sets a field of the problem. */
  public Frame problem(int offset, double value) {
    buffer.putDouble(PROBLEM + offset, value);
    return this;
  }

  /** Sets a field of the outcome. */
  public Frame outcome(int offset, int value) {
    buffer.putInt(OUTCOME + offset, value);
    return this;
  }

  /** Sets a field of the outcome. */
  public Frame outcome(int offset, long value) {
    buffer.putLong(OUTCOME + offset, value);
    return this;
  }

  /** Returns a field of the outcome. */
  public int outcomeInt(int offset) {
    return buffer.getInt(OUTCOME + offset);
  }

  /** Returns a field of the outcome. */
  public long outcomeLong(int offset) {
    return buffer.getLong(OUTCOME + offset);
  }

  /** Returns a field of the outcome. */
  public double outcomeDouble(int offset) {
    return buffer.getDouble(OUTCOME + offset);
  }

  /** Makes the control block new. */
  public void clearControl() {
    INT.setVolatile(buffer, CONTROL + Layouts.Control.CANCEL, 0);
    INT.setVolatile(buffer, CONTROL + Layouts.Control.RESERVED, 0);
    LONG.setVolatile(buffer, CONTROL + Layouts.Control.ITERATIONS, 0L);
  }

  /** Sets the control block's cancel flag; from any thread. */
  public void cancel() {
    INT.setVolatile(buffer, CONTROL + Layouts.Control.CANCEL, 1);
  }

  /** Returns the control block's progress; from any thread. */
  public long iterations() {
    return (long) LONG.getVolatile(buffer, CONTROL + Layouts.Control.ITERATIONS);
  }

  /** Throws what a status other than OK means, with the message in the error struct. */
  public void check(int status) {
    if (status != Status.OK) {
      throw Status.exception(status, message());
    }
  }

  /** Returns the message in the error struct. */
  public String message() {
    int most = Layouts.Error.SIZE - Layouts.Error.MESSAGE;
    int length = buffer.getInt(ERROR + Layouts.Error.LENGTH);
    byte[] bytes = new byte[length < 0 ? most : Math.min(length, most)];
    buffer.get(ERROR + Layouts.Error.MESSAGE, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
