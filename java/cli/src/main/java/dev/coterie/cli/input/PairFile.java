package dev.coterie.cli.input;

import dev.coterie.consensus.pairwise.ComparisonTable;
import dev.coterie.consensus.pairwise.Outcome;
import java.util.List;
import java.util.Locale;

/** The comparisons of a file, read whole. */
public final class PairFile {
  private static final String EXAMPLE = "left,right,label";
  private static final int ROWS_BETWEEN_REPORTS = 1 << 13;
  private static final List<Outcome> OUTCOMES = List.of(Outcome.LEFT, Outcome.RIGHT, Outcome.TIE);
  private static final int OUTCOME_BITS = 2;

  private final ByteNames items = new ByteNames();
  private final ByteNames experts = new ByteNames();

  /** The left item as the task; the right item and the outcome as the label. */
  private final AnswerColumns columns;

  private final boolean hasExperts;
  private long ties;

  private PairFile(AnswerColumns columns, boolean hasExperts) {
    this.columns = columns;
    this.hasExperts = hasExperts;
  }

  /** Takes comparisons one by one. */
  public interface Reader {
    /**
     * Takes a comparison.
     *
     * @param left the left item's place among the names
     * @param right the right item's
     * @param outcome how it ended
     */
    void take(int left, int right, Outcome outcome);
  }

  /**
   * Reads all comparisons.
   *
   * @param source the text; closed before this returns
   * @param delimiter the byte between fields, or 0 to find out
   * @param names the columns; the task's does not matter
   * @param watch is told the progress
   * @return the comparisons, at least one
   * @throws InputException naming the line that is wrong
   */
  public static PairFile read(
      TextSource source, byte delimiter, ColumnNames names, ReadWatch watch) {
    try (source;
        RecordReader reader = new RecordReader(source, delimiter)) {
      Header header = new Header(reader, EXAMPLE);
      if (names.left() == null && !header.has("left") && header.has("task")) {
        throw reader.wrong(
            "these are answers to tasks, with no columns left and right; take a categorical or a"
                + " numeric method, or name the column with --left-column");
      }
      int left = header.required("--left-column", names.left(), "left");
      int right = header.required("--right-column", names.right(), "right");
      int label = header.required("--label-column", names.label(), "label", "winner");
      int expert = header.optional("--expert-column", names.expert(), "expert", "worker");
      int weight = header.optional("--weight-column", names.weight(), "weight");
      PairFile file = new PairFile(new AnswerColumns(weight >= 0), expert >= 0);
      long rows = 0;
      while (reader.next()) {
        header.checkFields();
        header.checkPresent(left, "left item");
        header.checkPresent(right, "right item");
        header.checkPresent(label, "label");
        int leftItem = intern(file.items, reader, left);
        int rightItem = intern(file.items, reader, right);
        Outcome outcome = outcome(reader, left, right, label, leftItem == rightItem);
        file.ties += outcome == Outcome.TIE ? 1 : 0;
        int who = 0;
        if (expert >= 0) {
          header.checkPresent(expert, "expert");
          who = intern(file.experts, reader, expert);
        }
        float amount = 1.0f;
        if (weight >= 0) {
          header.checkPresent(weight, "weight");
          amount = Weights.parse(reader, weight);
        }
        file.columns.add(leftItem, who, rightItem << OUTCOME_BITS | code(outcome), amount);
        if ((++rows & (ROWS_BETWEEN_REPORTS - 1)) == 0) {
          watch.rows(rows);
        }
      }
      if (rows == 0) {
        throw reader.wrong("there are no comparisons below the header; add at least one line");
      }
      watch.rows(rows);
      return file;
    }
  }

  /** Says who won: the label is the winner's name, or tie; or left or right, if no item is so. */
  private static Outcome outcome(
      RecordReader reader, int left, int right, int label, boolean itself) {
    String winner = reader.text(label);
    String one = reader.text(left);
    String other = reader.text(right);
    if (itself) {
      throw reader.wrong(
          "item " + Quoted.text(one) + " is compared with itself; correct it or delete the line");
    }
    if (winner.equals(one)) {
      return Outcome.LEFT;
    }
    if (winner.equals(other)) {
      return Outcome.RIGHT;
    }
    return switch (winner.strip().toLowerCase(Locale.ROOT)) {
      case "tie", "draw" -> Outcome.TIE;
      case "left" -> Outcome.LEFT;
      case "right" -> Outcome.RIGHT;
      default ->
          throw reader.wrong(
              "the label "
                  + Quoted.text(winner)
                  + " is neither of the two items nor tie; name the winner, or say tie");
    };
  }

  private static int intern(ByteNames names, RecordReader reader, int field) {
    return names.intern(reader.bytes(), reader.start(field), reader.end(field));
  }

  /**
   * Returns the number of comparisons.
   *
   * @return at least 1
   */
  public long comparisons() {
    return columns.size();
  }

  /**
   * Returns the number of comparisons that ended in a tie.
   *
   * @return at least 0
   */
  public long ties() {
    return ties;
  }

  /**
   * Returns the number of experts.
   *
   * @return 0 when the file does not name them
   */
  public int experts() {
    return experts.size();
  }

  /**
   * Returns the names of the items.
   *
   * @return the names in the order of their first appearance
   */
  public String[] items() {
    String[] names = new String[items.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = items.name(i);
    }
    return names;
  }

  /**
   * Reads the comparisons in their order.
   *
   * @param reader takes them
   */
  public void each(Reader reader) {
    for (int i = 0; i < columns.pieces(); i++) {
      AnswerColumns.Piece piece = columns.piece(i);
      for (int j = 0; j < columns.sizeOf(i); j++) {
        int label = piece.label()[j];
        reader.take(piece.task()[j], label >>> OUTCOME_BITS, outcome(label));
      }
    }
  }

  private static int code(Outcome outcome) {
    return OUTCOMES.indexOf(outcome);
  }

  private static Outcome outcome(int label) {
    return OUTCOMES.get(label & ((1 << OUTCOME_BITS) - 1));
  }

  /**
   * Makes the table; items and experts have the indices of their first appearance among what is
   * kept.
   *
   * @param builder an empty builder
   * @param filter decides which comparisons are kept
   * @return the table, to be closed by the caller
   */
  public ComparisonTable toTable(ComparisonTable.Builder builder, AnswerFile.Filter filter) {
    String[] names = items();
    String[] expertNames = new String[experts.size()];
    for (int i = 0; i < expertNames.length; i++) {
      expertNames[i] = experts.name(i);
    }
    for (int i = 0; i < columns.pieces(); i++) {
      AnswerColumns.Piece piece = columns.piece(i);
      for (int j = 0; j < columns.sizeOf(i); j++) {
        int expert = piece.expert()[j];
        if (!filter.keeps((long) i * AnswerColumns.PIECE + j, expert)) {
          continue;
        }
        String left = names[piece.task()[j]];
        String right = names[piece.label()[j] >>> OUTCOME_BITS];
        Outcome outcome = outcome(piece.label()[j]);
        float weight = piece.weight() == null ? 1.0f : piece.weight()[j];
        if (hasExperts) {
          builder.add(expertNames[expert], left, right, outcome, weight);
        } else {
          builder.add(left, right, outcome, weight);
        }
      }
    }
    return builder.build();
  }
}
