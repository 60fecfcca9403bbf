package dev.coterie.cli.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Orders labels, which decides ties. */
final class LabelOrder {
  private LabelOrder() {}

  /** Returns the indices as they are. */
  static List<Integer> firstSeen(ByteNames labels) {
    List<Integer> order = new ArrayList<>(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      order.add(i);
    }
    return order;
  }

  /** Returns the indices sorted by value when all labels are numbers, otherwise by code points. */
  static List<Integer> sorted(ByteNames labels) {
    // UTF-8 bytes sort like the code points that they stand for.
    Comparator<Integer> comparator =
        (a, b) -> Arrays.compareUnsigned(labels.utf8(a), labels.utf8(b));
    double[] values = numbers(labels);
    if (values != null) {
      Comparator<Integer> byValue = Comparator.comparingDouble(i -> values[i]);
      comparator = byValue.thenComparing(comparator);
    }
    List<Integer> order = firstSeen(labels);
    order.sort(comparator);
    return order;
  }

  private static double[] numbers(ByteNames labels) {
    double[] values = new double[labels.size()];
    for (int i = 0; i < values.length; i++) {
      String text = labels.name(i);
      if (!Numbers.isDecimal(text)) {
        return null;
      }
      try {
        values[i] = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return null;
      }
    }
    return values;
  }
}
