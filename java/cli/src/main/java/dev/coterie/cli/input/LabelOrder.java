package dev.coterie.cli.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The order of labels, which decides ties and, where labels are ranks, which is above which. */
public final class LabelOrder {
  /** By value when all labels are numbers, otherwise by code points. */
  public static final LabelOrder SORTED = new LabelOrder(null);

  /** By first appearance in the file. */
  public static final LabelOrder FIRST_SEEN = new LabelOrder(null);

  private final List<String> names;

  private LabelOrder(List<String> names) {
    this.names = names;
  }

  /**
   * Makes an order from all labels.
   *
   * @param names the labels, the first one first
   * @return the order
   * @throws InputException when a label is empty or named twice
   */
  public static LabelOrder of(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty()) {
        throw new InputException(
            "--order has an empty label; write it like low,middle,high, or repeat the option for"
                + " each label");
      }
      if (names.indexOf(name) < i) {
        throw new InputException(
            "--order names label " + Quoted.text(name) + " twice; keep one of them");
      }
    }
    return new LabelOrder(List.copyOf(names));
  }

  /** What names the line where a label first stands. */
  interface Lines {
    InputException wrong(int label, String message);
  }

  /** Returns the indices of labels in this order. */
  List<Integer> indices(ByteNames labels, Lines lines) {
    if (names != null) {
      return named(labels, lines);
    }
    return this == SORTED ? sorted(labels) : firstSeen(labels);
  }

  private List<Integer> named(ByteNames labels, Lines lines) {
    Map<String, Integer> places = new LinkedHashMap<>();
    names.forEach(name -> places.put(name, null));
    for (int i = 0; i < labels.size(); i++) {
      if (!places.containsKey(labels.name(i))) {
        throw lines.wrong(
            i,
            "label "
                + Quoted.text(labels.name(i))
                + " is missing from --order "
                + Quoted.text(String.join(",", names))
                + "; add it, or correct the label");
      }
      places.put(labels.name(i), i);
    }
    places.forEach(
        (name, place) -> {
          if (place == null) {
            throw new InputException(
                "--order names label "
                    + Quoted.text(name)
                    + ", which no expert ever gave; correct it or leave it out");
          }
        });
    return new ArrayList<>(places.values());
  }

  private static List<Integer> firstSeen(ByteNames labels) {
    List<Integer> order = new ArrayList<>(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      order.add(i);
    }
    return order;
  }

  private static List<Integer> sorted(ByteNames labels) {
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
