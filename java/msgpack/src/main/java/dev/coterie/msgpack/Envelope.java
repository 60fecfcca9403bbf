package dev.coterie.msgpack;

import java.util.function.Consumer;

/**
 * The array around a body.
 *
 * @param kind the kind of message
 * @param place where the kind stands
 * @param body the body's fields
 */
record Envelope(WireKind kind, Value place, Fields body) {
  private static final String NAME = "coterie";

  /** Checks a message and opens it. */
  static Envelope open(byte[] data) {
    Bytes.check(data);
    Value message = new Value(data, 0, "message");
    Head head = message.head();
    Value name = message.at(head.start());
    boolean ours = head.family() == Family.ARRAY && head.length() >= 2;
    if (!ours || name.head().family() != Family.TEXT || !name.text().equals(NAME)) {
      throw message.refused(WireReason.NOT_COTERIE);
    }
    Value version = new Value(data, name.end(), "version");
    if (version.integer() != WireForm.VERSION) {
      throw version.refused(WireReason.UNSUPPORTED_VERSION);
    }
    if (head.length() != 4) {
      throw message.refused(WireReason.WRONG_LENGTH);
    }
    Value place = new Value(data, version.end(), "kind");
    return new Envelope(kind(place), place, new Fields(new Value(data, place.end(), "body")));
  }

  /** Opens the body of a message of one kind. */
  static Fields open(byte[] data, WireKind wanted) {
    Envelope envelope = open(data);
    if (envelope.kind != wanted) {
      throw envelope.place.refused(WireReason.OTHER_KIND);
    }
    return envelope.body;
  }

  private static WireKind kind(Value place) {
    String id = place.text();
    for (WireKind kind : WireKind.values()) {
      if (kind.id().equals(id)) {
        return kind;
      }
    }
    throw place.refused(WireReason.UNKNOWN_KIND);
  }

  /** Writes a message and reads it again, so that what is written can be read. */
  static byte[] write(WireKind kind, Consumer<Writer> body) {
    Writer writer = new Writer();
    writer.array(4);
    writer.text(NAME);
    writer.integer(WireForm.VERSION);
    writer.text(kind.id());
    body.accept(writer);
    byte[] message = writer.toBytes();
    WireForm.read(message);
    return message;
  }
}
