package dev.coterie.msgpack;

/**
 * What a message of the wire form says, of any kind. {@code docs/wire.md} specifies the form; the
 * native library reads and writes the same one.
 *
 * <pre>{@code
 * byte[] message = new ResponsesForm(List.of(Response.of("Ann", "Paris"))).toBytes();
 * ResponsesForm responses = ResponsesForm.read(message);
 * }</pre>
 *
 * <p>A reader checks the whole message first and allocates only for what is really there, so that
 * hostile bytes end as a {@link WireException}. A writer has one form for each value, the shortest,
 * and refuses a value that a reader would refuse.
 *
 * <p>The implementations are records of plain values. Lists are copied and cannot be changed;
 * arrays are neither copied nor compared by {@code equals}, so leave them alone once they are
 * handed over. As long as their arrays are left alone the records are safe for use by many threads.
 */
public sealed interface WireForm
    permits ResponsesForm, AnswersForm, TextResultForm, CategoricalResultForm {
  /** The version of the form. */
  int VERSION = 1;

  /**
   * Returns the kind of message.
   *
   * @return the kind
   */
  WireKind kind();

  /**
   * Writes the message in the canonical form.
   *
   * @return a new array
   * @throws WireException when a reader would refuse the message, naming the field
   */
  byte[] toBytes();

  /**
   * Reads a message of any kind. Time and memory are linear in its length.
   *
   * @param message the whole message, which is not kept
   * @return what it says
   * @throws WireException when the message is refused
   * @throws NullPointerException when it is null
   */
  static WireForm read(byte[] message) {
    Envelope envelope = Envelope.open(message);
    return switch (envelope.kind()) {
      case RESPONSES -> ResponsesForm.read(envelope.body());
      case ANSWERS -> AnswersForm.read(envelope.body());
      case TEXT_RESULT -> TextResultForm.read(envelope.body());
      case CATEGORICAL_RESULT -> CategoricalResultForm.read(envelope.body());
    };
  }
}
