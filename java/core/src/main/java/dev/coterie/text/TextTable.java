package dev.coterie.text;

import dev.coterie.consensus.Repeats;
import dev.coterie.internal.text.TextNames;
import dev.coterie.internal.text.TextOrder;
import dev.coterie.spi.TextColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Texts of experts: who wrote what as an answer to which task, and how sure the expert says to be.
 *
 * <p>A table is immutable and safe for use by many threads. It cuts its texts into words once, at
 * the first consensus, and keeps them: about four bytes for each word beside the strings. What is
 * computed from a table does not depend on the order in which its texts were added, but that of
 * several texts which are the same the one added first stands for them.
 */
public final class TextTable {
  /** The task of texts that are added without one. */
  public static final String ONLY_TASK = "";

  private final List<Response> responses;
  private final float[][] embeddings;
  private final TextNames tasks;
  private final TextNames experts;

  /** The columns without and with symbols, made when they are first asked for. */
  private volatile TextOrder plain;

  private volatile TextOrder symbolic;

  private TextTable(List<Response> responses, float[][] embeddings) {
    this.responses = responses;
    this.embeddings = embeddings;
    this.tasks = new TextNames(responses.stream().map(Response::task));
    this.experts = new TextNames(responses.stream().map(Response::expert));
  }

  /**
   * Starts a table.
   *
   * @return an empty builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the texts in the order in which they were added.
   *
   * @return unmodifiable, never empty; without those that a later one of the same expert and task
   *     replaces
   */
  public List<Response> responses() {
    return responses;
  }

  /**
   * Returns the names of the tasks, in the order of their UTF-8 bytes.
   *
   * @return unmodifiable, never empty
   */
  public List<String> tasks() {
    return tasks.all();
  }

  /**
   * Returns the names of the experts, in the order of their UTF-8 bytes.
   *
   * @return unmodifiable, never empty
   */
  public List<String> experts() {
    return experts.all();
  }

  /**
   * Returns the length of the texts' embeddings.
   *
   * @return 0 when they have none
   */
  public int dimension() {
    return embeddings == null ? 0 : embeddings[0].length;
  }

  /**
   * Returns a table of the same texts with their embeddings.
   *
   * @param embedder makes a vector of each text, in the calling thread
   * @return a new table; this one is not changed
   * @throws EmbedderException when a text cannot be embedded
   * @throws IllegalArgumentException when a vector has another length than the embedder says, or a
   *     component that is not finite
   */
  public TextTable embedded(Embedder embedder) {
    float[][] vectors = embedder.embedAll(responses.stream().map(Response::text).toList());
    for (int i = 0; i < responses.size(); i++) {
      checkEmbedding(responses.get(i).row(), vectors[i], embedder.dimension());
    }
    return new TextTable(responses, vectors);
  }

  private static void checkEmbedding(int row, float[] embedding, int dimension) {
    if (embedding.length == 0 || embedding.length != dimension) {
      throw new IllegalArgumentException(
          "text "
              + row
              + ": its embedding has "
              + embedding.length
              + " components, not "
              + (dimension == 0 ? "at least 1" : dimension + " as the others"));
    }
    for (float component : embedding) {
      if (!Float.isFinite(component)) {
        throw new IllegalArgumentException("text " + row + ": its embedding has a " + component);
      }
    }
  }

  /** Returns the texts in canonical order. */
  TextOrder order(boolean symbols) {
    TextOrder order = symbols || symbolic != null ? symbolic : plain;
    if (order == null) {
      order = new TextOrder(new Rows(), symbols);
      if (symbols) {
        symbolic = order;
        plain = null;
      } else {
        plain = order;
      }
    }
    return order;
  }

  TextColumns columns(boolean symbols) {
    return order(symbols).columns();
  }

  int task(String name) {
    return tasks.indexOf("task", name);
  }

  int expert(String name) {
    return experts.indexOf("expert", name);
  }

  /** Returns the sizes. */
  @Override
  public String toString() {
    return "TextTable["
        + responses.size()
        + " texts, "
        + tasks().size()
        + " tasks, "
        + experts().size()
        + " experts]";
  }

  private final class Rows implements TextOrder.Rows {
    @Override
    public int count() {
      return responses.size();
    }

    @Override
    public int tasks() {
      return tasks.all().size();
    }

    @Override
    public int experts() {
      return experts.all().size();
    }

    @Override
    public int task(int row) {
      return tasks.indexOf("task", responses.get(row).task());
    }

    @Override
    public int expert(int row) {
      return experts.indexOf("expert", responses.get(row).expert());
    }

    @Override
    public byte[] text(int row) {
      return TextOrder.bytes(responses.get(row).text());
    }

    @Override
    public double confidence(int row) {
      return responses.get(row).confidence();
    }

    @Override
    public int dimension() {
      return TextTable.this.dimension();
    }

    @Override
    public float[] embedding(int row) {
      return embeddings[row];
    }
  }

  /**
   * Collects texts. A text that is refused leaves the builder as it was. Not safe for use by
   * several threads.
   */
  public static final class Builder {
    private final List<Response> responses = new ArrayList<>();
    private final List<float[]> embeddings = new ArrayList<>();
    private Repeats repeats = Repeats.COUNT_ALL;

    private Builder() {}

    /**
     * Says what happens to several texts of one expert to one task; by default all count, and share
     * the expert's vote.
     *
     * @param repeats what happens
     * @return this
     */
    public Builder repeats(Repeats repeats) {
      this.repeats = Objects.requireNonNull(repeats, "repeats");
      return this;
    }

    /**
     * Adds a text to the only task, with full confidence.
     *
     * @param expert the expert's name
     * @param text the text; it may be empty
     * @return this
     */
    public Builder add(String expert, String text) {
      return add(ONLY_TASK, expert, text, 1.0);
    }

    /**
     * Adds a text.
     *
     * @param task the task's name
     * @param expert the expert's name
     * @param text the text; it may be empty
     * @param confidence how sure the expert says to be, from 0 to 1
     * @return this
     * @throws IllegalArgumentException when the confidence is not from 0 to 1, or other texts have
     *     embeddings
     */
    public Builder add(String task, String expert, String text, double confidence) {
      return add(task, expert, text, confidence, null);
    }

    /**
     * Adds a text with its embedding. Either all texts have one, or none.
     *
     * @param task the task's name
     * @param expert the expert's name
     * @param text the text; it may be empty
     * @param confidence how sure the expert says to be, from 0 to 1
     * @param embedding finite components, as many as those of the other texts; copied; null for
     *     none
     * @return this
     * @throws IllegalArgumentException naming the text, when the confidence is not from 0 to 1, or
     *     the embedding does not fit the others
     */
    public Builder add(
        String task, String expert, String text, double confidence, float[] embedding) {
      int row = responses.size();
      Objects.requireNonNull(task, "task");
      Objects.requireNonNull(expert, "expert");
      Objects.requireNonNull(text, "text");
      // The comparison is false for NaN.
      if (!(confidence >= 0.0 && confidence <= 1.0)) {
        throw new IllegalArgumentException(
            "text " + row + ": confidence " + confidence + " is not between 0 and 1");
      }
      if (row > 0 && (embedding == null) != embeddings.isEmpty()) {
        throw new IllegalArgumentException(
            "text "
                + row
                + (embedding == null ? " has no embedding, and" : " has an embedding, and")
                + " those before have"
                + (embedding == null ? "" : " none")
                + ": give all texts one, or none");
      }
      if (embedding != null) {
        checkEmbedding(row, embedding, row == 0 ? embedding.length : embeddings.get(0).length);
        embeddings.add(embedding.clone());
      }
      // Adding 0 turns the negative zero into the positive one.
      responses.add(new Response(row, task, expert, text, confidence + 0.0));
      return this;
    }

    /**
     * Makes the table. The builder can be used on.
     *
     * @return the table
     * @throws IllegalArgumentException when there are no texts
     */
    public TextTable build() {
      if (responses.isEmpty()) {
        throw new IllegalArgumentException("the table has no texts: add at least one");
      }
      int[] kept = kept();
      List<Response> rows = new ArrayList<>(kept.length);
      for (int row : kept) {
        rows.add(responses.get(row));
      }
      float[][] vectors =
          embeddings.isEmpty()
              ? null
              : Arrays.stream(kept).mapToObj(embeddings::get).toArray(float[][]::new);
      return new TextTable(Collections.unmodifiableList(rows), vectors);
    }

    /** Returns the rows that count. */
    private int[] kept() {
      Map<List<String>, Integer> last = new HashMap<>();
      if (repeats == Repeats.LAST_WINS) {
        responses.forEach(r -> last.put(List.of(r.task(), r.expert()), r.row()));
      }
      return responses.stream()
          .filter(r -> last.getOrDefault(List.of(r.task(), r.expert()), r.row()) == r.row())
          .mapToInt(Response::row)
          .toArray();
    }
  }
}
