package dev.coterie.internal.text;

import dev.coterie.spi.TextColumns;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts rows of text into the canonical order of docs/text.md and cuts them into tokens. Texts are
 * encoded task by task, so that no more than one task's bytes are kept.
 */
public final class TextOrder {
  private final int[] order;
  private final TextColumns columns;

  /**
   * Orders rows.
   *
   * @param rows what is known of each row, in the order in which they were given
   * @param symbols whether to make the symbols too
   */
  public TextOrder(Rows rows, boolean symbols) {
    order = new int[rows.count()];
    int[] offset = byTask(rows);
    IntList token = new IntList("tokens", 8 * order.length);
    IntList symbol = new IntList("symbols", symbols ? 64 * order.length : 0);
    int[] tokenOffset = new int[order.length + 1];
    int[] symbolOffset = new int[order.length + 1];
    int[] vocabulary = new int[rows.tasks()];
    Tokens tokens = new Tokens();
    for (int task = 0; task < rows.tasks(); task++) {
      byte[][] text = sort(rows, offset[task], offset[task + 1]);
      tokens.clear();
      for (int i = offset[task]; i < offset[task + 1]; i++) {
        byte[] bytes = text[i - offset[task]];
        tokens.scan(bytes, token);
        tokenOffset[i + 1] = token.size();
        if (symbols) {
          Tokens.symbols(bytes, symbol);
          symbolOffset[i + 1] = symbol.size();
        }
      }
      vocabulary[task] = tokens.vocabulary();
    }
    columns =
        new TextColumns(
            order.length,
            rows.tasks(),
            rows.experts(),
            Arrays.stream(order).map(rows::task).toArray(),
            Arrays.stream(order).map(rows::expert).toArray(),
            Arrays.stream(order).mapToDouble(rows::confidence).toArray(),
            tokenOffset,
            token.toArray(),
            vocabulary,
            symbols ? symbolOffset : null,
            symbols ? symbol.toArray() : null,
            rows.dimension(),
            embeddings(rows));
  }

  /** What is known of rows, by their places in the order in which they were given. */
  public interface Rows {
    /** Returns the number of rows. */
    int count();

    /** Returns the number of tasks. */
    int tasks();

    /** Returns the number of experts. */
    int experts();

    /** Returns the task of a row. */
    int task(int row);

    /** Returns the expert of a row. */
    int expert(int row);

    /** Returns the text of a row as UTF-8. */
    byte[] text(int row);

    /** Returns the confidence of a row. */
    double confidence(int row);

    /** Returns the length of the embeddings, 0 when there are none. */
    int dimension();

    /** Returns the embedding of a row. */
    float[] embedding(int row);
  }

  /** Writes the rows of each task behind each other, and returns where each task's begin. */
  private int[] byTask(Rows rows) {
    int[] offset = new int[rows.tasks() + 1];
    for (int i = 0; i < order.length; i++) {
      offset[rows.task(i) + 1]++;
    }
    for (int t = 0; t < rows.tasks(); t++) {
      offset[t + 1] += offset[t];
    }
    int[] next = offset.clone();
    for (int i = 0; i < order.length; i++) {
      order[next[rows.task(i)]++] = i;
    }
    return offset;
  }

  /** A row with its text. */
  private record Given(int row, byte[] text, double confidence, int expert)
      implements Comparable<Given> {
    @Override
    public int compareTo(Given other) {
      int difference = Arrays.compareUnsigned(text, other.text);
      if (difference == 0) {
        difference = Double.compare(other.confidence, confidence);
      }
      if (difference == 0) {
        difference = Integer.compare(expert, other.expert);
      }
      return difference == 0 ? Integer.compare(row, other.row) : difference;
    }
  }

  /** Sorts the rows of one task and returns their texts in that order. */
  private byte[][] sort(Rows rows, int from, int to) {
    Given[] given = new Given[to - from];
    for (int i = from; i < to; i++) {
      given[i - from] = given(rows, order[i]);
    }
    Arrays.sort(given);
    byte[][] text = new byte[given.length][];
    for (int i = 0; i < given.length; i++) {
      order[from + i] = given[i].row;
      text[i] = given[i].text;
    }
    return text;
  }

  private static Given given(Rows rows, int row) {
    return new Given(row, rows.text(row), rows.confidence(row), rows.expert(row));
  }

  private float[] embeddings(Rows rows) {
    int dimension = rows.dimension();
    if (dimension == 0) {
      return null;
    }
    float[] embedding = new float[Math.multiplyExact(order.length, dimension)];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(rows.embedding(order[i]), 0, embedding, i * dimension, dimension);
    }
    return embedding;
  }

  /** Returns the given place of each row of the canonical order. */
  public int[] order() {
    return order;
  }

  /** Returns the columns in canonical order. */
  public TextColumns columns() {
    return columns;
  }

  /** Returns a text as the bytes that the tokeniser reads. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
