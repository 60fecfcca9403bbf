package dev.coterie.msgpack;

import java.util.ArrayList;
import java.util.List;

/**
 * Responses: the texts that experts gave.
 *
 * @param rows the responses in the order in which they came; a response's number in that order,
 *     from 0, is its row. Either all name their task or none does, and all embeddings have the same
 *     length
 */
public record ResponsesForm(List<Response> rows) implements WireForm {
  /** Copies the list. */
  public ResponsesForm {
    rows = List.copyOf(rows);
  }

  /**
   * One response.
   *
   * @param task the task that it answers; null in all responses when there is one task without a
   *     name
   * @param expert who gave it
   * @param text what it says
   * @param confidence how sure the expert is, from 0 to 1, or null
   * @param embedding the text's embedding, of finite numbers, or null
   */
  public record Response(
      String task, String expert, String text, Double confidence, float[] embedding) {
    /**
     * Makes a response of which nothing else is known.
     *
     * @param expert who gave it
     * @param text what it says
     * @return the response
     */
    public static Response of(String expert, String text) {
      return new Response(null, expert, text, null, null);
    }
  }

  @Override
  public WireKind kind() {
    return WireKind.RESPONSES;
  }

  /**
   * Reads responses. Time and memory are linear in the message's length.
   *
   * @param message the whole message, which is not kept
   * @return what it says
   * @throws WireException when the message is refused
   */
  public static ResponsesForm read(byte[] message) {
    return read(Envelope.open(message, WireKind.RESPONSES));
  }

  static ResponsesForm read(Fields body) {
    Rows rows = new Rows();
    body.required("rows").forEach(rows::read);
    return new ResponsesForm(rows.rows);
  }

  @Override
  public byte[] toBytes() {
    return Envelope.write(
        kind(),
        writer -> {
          writer.map(1);
          writer.text("rows");
          writer.array(rows.size());
          rows.forEach(row -> write(row, writer));
        });
  }

  private static void write(Response row, Writer writer) {
    int pairs = 2;
    pairs += row.task != null ? 1 : 0;
    pairs += row.confidence != null ? 1 : 0;
    pairs += row.embedding != null ? 1 : 0;
    writer.map(pairs);
    if (row.task != null) {
      writer.text("task");
      writer.text(row.task);
    }
    writer.text("expert");
    writer.text(row.expert);
    writer.text("text");
    writer.text(row.text);
    if (row.confidence != null) {
      writer.text("confidence");
      writer.number(row.confidence);
    }
    if (row.embedding != null) {
      writer.text("embedding");
      writer.column(row.embedding);
    }
  }

  /** The rows read so far. */
  private static final class Rows {
    final List<Response> rows = new ArrayList<>();

    /** The map of the first row, and whether it names its task. */
    private Fields first;

    private boolean named;

    /** The length of the embeddings, 0 before the first one. */
    private long dimension;

    void read(Value place) {
      Fields map = new Fields(place);
      Value task = map.optional("rows.task");
      if (first == null) {
        first = map;
        named = task != null;
      } else if (named != (task != null)) {
        throw (named ? map : first).missing("rows.task");
      }
      String name = task == null ? null : task.text();
      String expert = map.required("rows.expert").text();
      String text = map.required("rows.text").text();
      Value confidence = map.optional("rows.confidence");
      Double share = confidence == null ? null : (Double) confidence.share();
      Value embedding = map.optional("rows.embedding");
      float[] vector = embedding == null ? null : embedding(embedding);
      rows.add(new Response(name, expert, text, share, vector));
    }

    /** Reads an embedding: a bin of binary32 or an array of numbers. */
    private float[] embedding(Value value) {
      Head head = value.head();
      boolean listed = head.family() == Family.ARRAY;
      if (!listed && head.family() != Family.BINARY) {
        throw value.refused(WireReason.WRONG_TYPE);
      }
      long length = listed ? head.length() : head.length() / Float.BYTES;
      boolean whole = listed || head.length() % Float.BYTES == 0;
      if (!whole || length == 0 || (dimension > 0 && length != dimension)) {
        throw value.refused(WireReason.WRONG_LENGTH);
      }
      dimension = length;
      if (!listed) {
        return value.floats(length, -Float.MAX_VALUE);
      }
      float[] values = new float[(int) length];
      int place = head.start();
      for (int i = 0; i < values.length; i++) {
        Value element = value.at(place);
        values[i] = (float) element.number();
        if (Float.isInfinite(values[i])) {
          throw element.refused(WireReason.OUT_OF_RANGE);
        }
        place = element.end();
      }
      return values;
    }
  }
}
