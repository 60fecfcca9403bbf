package dev.coterie.consensus;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Sets of labels by binary relevance: for each label, whether it holds is a question of its own,
 * which any {@link ConsensusMethod} answers. An answer that lacks a label says that it does not
 * hold. Labels are independent of each other. The method is described by G. Tsoumakas and I.
 * Katakis, <em>Multi-label classification: an overview</em>, International Journal of Data
 * Warehousing and Mining 3(3), 2007.
 *
 * <p>Immutable and safe for use by many threads. It takes the time of a binary fit for each label,
 * one after another, and the memory of one beside the result.
 */
public final class BinaryRelevance {
  /** The name of the answer that a label does not hold, for methods with class priors or gold. */
  public static final String ABSENT = "absent";

  /** The name of the answer that a label holds, for methods with class priors or gold. */
  public static final String PRESENT = "present";

  private final Function<String, ConsensusMethod> methods;

  private BinaryRelevance(Function<String, ConsensusMethod> methods) {
    this.methods = methods;
  }

  /**
   * Makes the method.
   *
   * @param method what answers the question of each label
   * @return the method
   * @throws NullPointerException when the method is null
   */
  public static BinaryRelevance of(ConsensusMethod method) {
    Objects.requireNonNull(method, "method");
    return new BinaryRelevance(label -> method);
  }

  /**
   * Makes the method with a choice for each label, for example with known truths: the binary table
   * of a label has the tasks and experts of the whole table, and the labels {@link #ABSENT} and
   * {@link #PRESENT}.
   *
   * @param methods what answers the question of a label, by its name; must be safe for use by many
   *     threads when this is
   * @return the method
   * @throws NullPointerException when the function is null
   */
  public static BinaryRelevance of(Function<String, ConsensusMethod> methods) {
    return new BinaryRelevance(Objects.requireNonNull(methods, "methods"));
  }

  /**
   * Fits all labels. The result is the same, bit for bit, on every backend and with any number of
   * threads.
   *
   * @param table the answers
   * @return the result
   * @throws NullPointerException when the table or the method of a label is null
   * @throws RuntimeException what the method of a label throws
   */
  public MultiLabelConsensus fit(MultiLabelTable table) {
    return fit(table, new FitControl());
  }

  /**
   * Fits all labels, watched and stopped by a control, which tells the progress of one label after
   * another.
   *
   * @param table the answers
   * @param control stops the fit
   * @return the result
   * @throws CancellationException when the control is cancelled before all labels are fitted
   * @throws NullPointerException when the table, the control or the method of a label is null
   * @throws RuntimeException what the method of a label throws
   */
  public MultiLabelConsensus fit(MultiLabelTable table, FitControl control) {
    MultiLabelConsensus result = new MultiLabelConsensus(table);
    for (int label = 0; label < table.labelNames().size(); label++) {
      String name = table.labelNames().get(label);
      ConsensusMethod method = Objects.requireNonNull(methods.apply(name), "method");
      try (AnswerTable binary = table.binary(label);
          Consensus consensus = method.fit(binary, control)) {
        result.take(label, consensus);
      }
    }
    return result;
  }
}
