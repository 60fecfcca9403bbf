package dev.coterie.consensus.pairwise;

import dev.coterie.internal.BackendRegistry;
import dev.coterie.internal.table.ComparisonChunks;
import dev.coterie.internal.table.ComparisonColumns;
import dev.coterie.internal.table.DecimalNames;
import dev.coterie.internal.table.NameTable;
import dev.coterie.internal.table.Names;
import dev.coterie.spi.Backend;
import dev.coterie.spi.Comparisons;
import dev.coterie.spi.Storage;
import java.util.List;
import java.util.Objects;

/**
 * Comparisons of two items each: which one is better, in the eyes of which expert, and with what
 * weight.
 *
 * <p>Items and experts have names and indices. An index is the place in the order of first
 * appearance; it decides ties, which always go to the lowest index. The experts are optional: a
 * table names them in all of its comparisons or in none. Comparisons keep the order in which they
 * were added. A comparison of weight 0 is kept, and counts as if it were not there.
 *
 * <p>A table is immutable and safe for use by many threads. Its columns are kept where the backend
 * reads them without a copy: off-heap for the native backends, in arrays for the Java ones. A
 * backend that reads the other form gets it at its first use, once. A table has at least one
 * comparison; with the Java backends it has at most 2,147,483,639, with the native ones as many as
 * memory holds.
 *
 * <p>Close a table when it is no longer needed: that frees its off-heap columns after the last fit
 * in flight. Names and sizes can still be asked for, and results that were made from it stay valid.
 */
public final class ComparisonTable implements AutoCloseable {
  private final Names items;
  private final Names experts;
  private final ComparisonColumns columns;

  private ComparisonTable(Names items, Names experts, ComparisonColumns columns) {
    this.items = items;
    this.experts = experts;
    this.columns = columns;
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
   * Makes a table of comparisons of weight 1 by unknown experts from indices, in the storage of the
   * default backend; the names are the decimal indices. The arrays are copied. Takes one pass over
   * them.
   *
   * @param left the left item of each comparison, from 0 to {@code items - 1}
   * @param right the right item of each comparison, another one than the left
   * @param outcome how each comparison ended
   * @param items the number of items; an item may have no comparison
   * @return the table, to be closed by the caller
   * @throws IllegalArgumentException naming the comparison that is wrong, or when the arrays differ
   *     in length or are empty
   * @throws NullPointerException when an array is null
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the columns do not fit into off-heap
   *     memory
   * @throws dev.coterie.BackendUnavailableException when {@code coterie.backend} demands a backend
   *     that cannot be used
   */
  public static ComparisonTable ofIndices(int[] left, int[] right, Outcome[] outcome, int items) {
    return ofIndices(null, left, right, outcome, null, items, 0, null);
  }

  /**
   * Makes a table from indices, in the storage of a given backend; the names are the decimal
   * indices. The arrays are copied. Takes one pass over them. No other backend is opened.
   *
   * @param expert the expert of each comparison, from 0 to {@code experts - 1}; null when the
   *     experts are not known
   * @param left the left item of each comparison, from 0 to {@code items - 1}
   * @param right the right item of each comparison, another one than the left
   * @param outcome how each comparison ended
   * @param weight the weight of each comparison, finite and at least 0; null when every weight is 1
   * @param items the number of items; an item may have no comparison
   * @param experts the number of experts; 0 when they are not known
   * @param backend the backend's id; null or {@code auto} for the default backend
   * @return the table, to be closed by the caller
   * @throws IllegalArgumentException naming the comparison that is wrong, when the arrays differ in
   *     length or are empty, or when there is no backend of this id
   * @throws NullPointerException when an array other than {@code expert} and {@code weight} is null
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the columns do not fit into off-heap
   *     memory
   * @throws dev.coterie.BackendUnavailableException when the backend cannot be used
   */
  public static ComparisonTable ofIndices(
      int[] expert,
      int[] left,
      int[] right,
      Outcome[] outcome,
      float[] weight,
      int items,
      int experts,
      String backend) {
    String id = BackendRegistry.checkChoice(backend);
    int size = left.length;
    checkLength("right", right.length, size);
    checkLength("outcome", outcome.length, size);
    checkLength("expert", expert == null ? size : expert.length, size);
    checkLength("weight", weight == null ? size : weight.length, size);
    checkNotEmpty(size);
    if (expert == null && experts != 0) {
      throw new IllegalArgumentException(
          "there are " + experts + " experts but no column of them: give both or neither");
    }
    Backend reader = BackendRegistry.global().openOrCurrent(id);
    // Copies that nobody else can change are checked, not the arrays of the caller.
    Comparisons.Heap heap =
        new Comparisons.Heap(
            size,
            items,
            experts,
            expert == null ? null : expert.clone(),
            left.clone(),
            right.clone(),
            new int[size],
            weight == null ? null : weight.clone());
    boolean weighted = false;
    for (int i = 0; i < size; i++) {
      checkItem(i, "left", heap.left()[i], items);
      checkItem(i, "right", heap.right()[i], items);
      if (heap.left()[i] == heap.right()[i]) {
        throw ofItself(i, Integer.toString(heap.left()[i]));
      }
      heap.outcome()[i] = checkOutcome(i, outcome[i]);
      if (heap.expert() != null) {
        checkExpert(i, heap.expert()[i], experts);
      }
      if (heap.weight() != null) {
        checkWeight(i, heap.weight()[i]);
        weighted |= heap.weight()[i] != 1.0f;
      }
    }
    if (!weighted && heap.weight() != null) {
      heap =
          new Comparisons.Heap(
              size, items, experts, heap.expert(), heap.left(), heap.right(), heap.outcome(), null);
    }
    return new ComparisonTable(
        new DecimalNames(items),
        new DecimalNames(experts),
        reader.storage() == Storage.HEAP
            ? ComparisonColumns.of(heap)
            : ComparisonColumns.copyOf(heap, reader.memory()));
  }

  private static void checkLength(String column, int length, int size) {
    if (length != size) {
      throw new IllegalArgumentException(
          "column " + column + " has " + length + " comparisons but column left has " + size);
    }
  }

  private static void checkNotEmpty(long size) {
    if (size == 0) {
      throw new IllegalArgumentException("the table has no comparisons: add at least one");
    }
  }

  private static void checkItem(int i, String column, int item, int bound) {
    if (item < 0 || item >= bound) {
      throw new IllegalArgumentException(
          "comparison "
              + i
              + ": "
              + column
              + " item "
              + item
              + " is not between 0 and "
              + (bound - 1L)
              + " (the table has "
              + bound
              + " items)");
    }
  }

  private static void checkExpert(int i, int expert, int bound) {
    if (expert < 0 || expert >= bound) {
      throw new IllegalArgumentException(
          "comparison "
              + i
              + ": expert "
              + expert
              + " is not between 0 and "
              + (bound - 1L)
              + " (the table has "
              + bound
              + " experts)");
    }
  }

  private static int checkOutcome(long i, Outcome outcome) {
    if (outcome == null) {
      throw new IllegalArgumentException("comparison " + i + ": the outcome is null");
    }
    return outcome.code;
  }

  private static void checkWeight(long i, float weight) {
    // The comparison is false for NaN.
    if (!(weight >= 0.0f && weight <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "comparison " + i + ": weight " + weight + " is not a finite number of at least 0");
    }
  }

  private static IllegalArgumentException ofItself(long i, String item) {
    return new IllegalArgumentException(
        "comparison " + i + ": item \"" + item + "\" is compared with itself: leave it out");
  }

  /**
   * Returns the number of comparisons.
   *
   * @return at least 1
   */
  public long comparisons() {
    return columns.comparisons();
  }

  /**
   * Returns the number of items.
   *
   * @return at least 2
   */
  public int items() {
    return items.size();
  }

  /**
   * Returns the number of experts.
   *
   * @return at least 1; 0 when the experts are not known
   */
  public int experts() {
    return experts.size();
  }

  /**
   * Returns whether any comparison has a weight other than 1.
   *
   * @return false when all weights are 1
   */
  public boolean weighted() {
    return columns.weighted();
  }

  /**
   * Returns the names of all items by their indices, without a copy.
   *
   * @return an unmodifiable view with random access, valid also after {@link #close()}
   */
  public List<String> itemNames() {
    return items.asList();
  }

  /**
   * Returns the names of all experts by their indices, without a copy.
   *
   * @return an unmodifiable view with random access, valid also after {@link #close()}
   */
  public List<String> expertNames() {
    return experts.asList();
  }

  /**
   * Returns the name of an item.
   *
   * @param item its index
   * @return the name
   * @throws IndexOutOfBoundsException when there is no such item
   */
  public String itemName(int item) {
    return items.name(Objects.checkIndex(item, items.size()));
  }

  /**
   * Returns the name of an expert.
   *
   * @param expert its index
   * @return the name
   * @throws IndexOutOfBoundsException when there is no such expert
   */
  public String expertName(int expert) {
    return experts.name(Objects.checkIndex(expert, experts.size()));
  }

  /**
   * Returns the index of an item.
   *
   * @param item its name
   * @return the index, or -1 when the table has no such item
   */
  public int indexOfItem(String item) {
    return items.indexOf(item);
  }

  /**
   * Returns the index of an expert.
   *
   * @param expert its name
   * @return the index, or -1 when the table has no such expert
   */
  public int indexOfExpert(String expert) {
    return experts.indexOf(expert);
  }

  /**
   * Returns the expert of a comparison.
   *
   * @param comparison the comparison, from 0 on in the order in which they were added
   * @return the expert's index, -1 when the experts are not known
   * @throws IndexOutOfBoundsException when there is no such comparison
   * @throws IllegalStateException when the table is closed
   */
  public int expert(long comparison) {
    return columns.expert(Objects.checkIndex(comparison, comparisons()));
  }

  /**
   * Returns the left item of a comparison.
   *
   * @param comparison the comparison, from 0 on in the order in which they were added
   * @return the item's index
   * @throws IndexOutOfBoundsException when there is no such comparison
   * @throws IllegalStateException when the table is closed
   */
  public int left(long comparison) {
    return columns.left(Objects.checkIndex(comparison, comparisons()));
  }

  /**
   * Returns the right item of a comparison.
   *
   * @param comparison the comparison, from 0 on in the order in which they were added
   * @return the item's index
   * @throws IndexOutOfBoundsException when there is no such comparison
   * @throws IllegalStateException when the table is closed
   */
  public int right(long comparison) {
    return columns.right(Objects.checkIndex(comparison, comparisons()));
  }

  /**
   * Returns how a comparison ended.
   *
   * @param comparison the comparison, from 0 on in the order in which they were added
   * @return the outcome
   * @throws IndexOutOfBoundsException when there is no such comparison
   * @throws IllegalStateException when the table is closed
   */
  public Outcome outcome(long comparison) {
    return Outcome.of(columns.outcome(Objects.checkIndex(comparison, comparisons())));
  }

  /**
   * Returns the weight of a comparison.
   *
   * @param comparison the comparison, from 0 on in the order in which they were added
   * @return the weight, 1 when none was given
   * @throws IndexOutOfBoundsException when there is no such comparison
   * @throws IllegalStateException when the table is closed
   */
  public float weight(long comparison) {
    return columns.weight(Objects.checkIndex(comparison, comparisons()));
  }

  /** Returns the columns as a backend reads them. */
  Comparisons columns(Backend backend) {
    return columns.in(backend);
  }

  /** Frees the off-heap columns after the last fit in flight. Does nothing when called again. */
  @Override
  public void close() {
    columns.close();
  }

  /** Returns the sizes. */
  @Override
  public String toString() {
    return "ComparisonTable["
        + comparisons()
        + " comparisons, "
        + items()
        + " items, "
        + experts()
        + " experts]";
  }

  /**
   * Collects comparisons. One that is refused leaves the builder as it was. Not safe for use by
   * several threads.
   *
   * <p>Each name is kept once. A comparison costs two or three hash look-ups and 16 bytes, 20 with
   * weights.
   */
  public static final class Builder {
    private final NameTable items = new NameTable("items");
    private final NameTable experts = new NameTable("experts");
    private ComparisonChunks comparisons = new ComparisonChunks();
    private String backend;

    private Builder() {}

    /**
     * Chooses the backend in whose storage {@link #build} makes the columns; without it, the
     * default backend.
     *
     * @param id a backend's id; null or {@code auto} for the default backend
     * @return this
     * @throws IllegalArgumentException when there is no backend of this id
     */
    public Builder backend(String id) {
      backend = BackendRegistry.checkChoice(id);
      return this;
    }

    /**
     * Adds a comparison of weight 1 by an unknown expert.
     *
     * @param left the name of the left item
     * @param right the name of the right item
     * @param outcome how it ended
     * @return this
     * @throws IllegalArgumentException naming the comparison when a name or the outcome is null,
     *     both items are the same, or earlier comparisons name their experts
     * @throws IllegalStateException when the table has been built
     */
    public Builder add(String left, String right, Outcome outcome) {
      return add(null, left, right, outcome, 1.0f, false);
    }

    /**
     * Adds a comparison by an unknown expert.
     *
     * @param left the name of the left item
     * @param right the name of the right item
     * @param outcome how it ended
     * @param weight the weight, finite and at least 0
     * @return this
     * @throws IllegalArgumentException naming the comparison when a name or the outcome is null,
     *     both items are the same, the weight is negative, infinite or NaN, or earlier comparisons
     *     name their experts
     * @throws IllegalStateException when the table has been built
     */
    public Builder add(String left, String right, Outcome outcome, float weight) {
      return add(null, left, right, outcome, weight, false);
    }

    /**
     * Adds a comparison of weight 1.
     *
     * @param expert the expert's name
     * @param left the name of the left item
     * @param right the name of the right item
     * @param outcome how it ended
     * @return this
     * @throws IllegalArgumentException naming the comparison when a name or the outcome is null,
     *     both items are the same, or earlier comparisons do not name their experts
     * @throws IllegalStateException when the table has been built
     */
    public Builder add(String expert, String left, String right, Outcome outcome) {
      return add(expert, left, right, outcome, 1.0f, true);
    }

    /**
     * Adds a comparison.
     *
     * @param expert the expert's name
     * @param left the name of the left item
     * @param right the name of the right item
     * @param outcome how it ended
     * @param weight the weight, finite and at least 0
     * @return this
     * @throws IllegalArgumentException naming the comparison when a name or the outcome is null,
     *     both items are the same, the weight is negative, infinite or NaN, or earlier comparisons
     *     do not name their experts
     * @throws IllegalStateException when the table has been built
     */
    public Builder add(String expert, String left, String right, Outcome outcome, float weight) {
      return add(expert, left, right, outcome, weight, true);
    }

    private Builder add(
        String expert, String left, String right, Outcome outcome, float weight, boolean known) {
      checkUsable();
      long row = comparisons.size();
      checkName(row, "left item", left);
      checkName(row, "right item", right);
      if (left.equals(right)) {
        throw ofItself(row, left);
      }
      int result = checkOutcome(row, outcome);
      checkWeight(row, weight);
      if (known) {
        checkName(row, "expert", expert);
      }
      if (row > 0 && known != experts.size() > 0) {
        throw new IllegalArgumentException(
            "comparison "
                + row
                + (known
                    ? ": names its expert, but earlier ones do not: name all or none"
                    : ": does not name its expert, but earlier ones do: name all or none"));
      }
      comparisons.add(
          known ? experts.intern(expert) : 0,
          items.intern(left),
          items.intern(right),
          result,
          weight);
      return this;
    }

    /**
     * Makes the table. The builder cannot be used afterwards.
     *
     * @return the table, to be closed by the caller
     * @throws IllegalArgumentException when there are no comparisons
     * @throws IllegalStateException when the table has been built
     * @throws UnsupportedOperationException when the comparisons are too many for a Java backend
     * @throws dev.coterie.memory.OutOfNativeMemoryException when the columns do not fit into
     *     off-heap memory
     * @throws dev.coterie.BackendUnavailableException when the backend that was chosen cannot be
     *     used
     */
    public ComparisonTable build() {
      checkUsable();
      checkNotEmpty(comparisons.size());
      Backend reader = BackendRegistry.global().openOrCurrent(backend);
      ComparisonColumns columns =
          ComparisonColumns.of(comparisons, items.size(), experts.size(), reader);
      comparisons = null;
      return new ComparisonTable(items, experts, columns);
    }

    private void checkUsable() {
      if (comparisons == null) {
        throw new IllegalStateException("the table has been built: start another builder");
      }
    }

    private static void checkName(long row, String kind, String name) {
      if (name == null) {
        throw new IllegalArgumentException("comparison " + row + ": the " + kind + " has no name");
      }
    }
  }
}
