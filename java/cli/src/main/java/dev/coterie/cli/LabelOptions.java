package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelOrder;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say in which order the labels stand. */
final class LabelOptions {
  @Option(
      names = "--labels",
      paramLabel = "ORDER",
      description =
          "sorted (numbers by value, others by code points) or first-seen. Ties go to the first"
              + " label. Default: sorted.")
  private String labels;

  @Option(
      names = "--order",
      paramLabel = "LABEL,...",
      arity = "1",
      description =
          "Instead of --labels: all labels, the first one first, or the least one for what takes"
              + " them as ranks, with commas between them. Given more than once, each holds one"
              + " label, which may then contain commas.")
  private List<String> order;

  /** Returns whether {@code --order} was given. */
  boolean isGiven() {
    return order != null;
  }

  /** Returns the order, checked as far as it can be without the labels. */
  LabelOrder order() {
    if (order == null) {
      boolean sorted =
          labels == null || Choice.of("--labels", labels, "sorted", "first-seen").equals("sorted");
      return sorted ? LabelOrder.SORTED : LabelOrder.FIRST_SEEN;
    }
    if (labels != null) {
      throw new InputException("--labels and --order both order the labels; leave one of them out");
    }
    return LabelOrder.of(split(order));
  }

  /** A comma separates labels only in an option that is given once, so that labels can have one. */
  static List<String> split(List<String> values) {
    return values.size() == 1 ? List.of(values.get(0).split(",", -1)) : List.copyOf(values);
  }
}
