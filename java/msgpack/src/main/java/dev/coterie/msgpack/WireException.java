package dev.coterie.msgpack;

/**
 * Thrown when a message, or a value to be written, is refused. Its text names the byte, the field
 * and the reason: {@code byte 55 (rows.confidence): the number is not finite}.
 */
public final class WireException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int position;
  private final String field;
  private final WireReason reason;

  WireException(int position, String field, WireReason reason) {
    super("byte " + position + " (" + field + "): " + reason.text());
    this.position = position;
    this.field = field;
    this.reason = reason;
  }

  /**
   * Returns where the value in question begins.
   *
   * @return the byte of the message, from 0; of the message that would have been written, when a
   *     value is refused
   */
  public int position() {
    return position;
  }

  /**
   * Returns the field that was being read.
   *
   * @return a path of keys, such as {@code rows.confidence}
   */
  public String field() {
    return field;
  }

  /**
   * Returns why.
   *
   * @return the reason
   */
  public WireReason reason() {
    return reason;
  }
}
