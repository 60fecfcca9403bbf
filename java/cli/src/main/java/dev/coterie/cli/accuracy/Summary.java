package dev.coterie.cli.accuracy;

import dev.coterie.cli.method.Kind;
import dev.coterie.cli.output.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What scores say together. */
public final class Summary {
  private static final String AUTO = "auto";

  /** How far from the best accuracy counts as near; the rest is rounding. */
  private static final double NEAR = 0.01 + 1e-12;

  private static final double CALIBRATED = 0.08;

  private static final Measure[] MEANS = {
    Measure.ACCURACY, Measure.CALIBRATION_ERROR, Measure.BRIER_SCORE, Measure.SECONDS
  };

  private Summary() {}

  /**
   * Returns the means over the categorical sets and what there is to say of the method auto.
   *
   * @param all every score
   * @return lines for people; none when no set is categorical
   */
  public static String of(List<Score> all) {
    Map<String, List<Score>> byMethod = new LinkedHashMap<>();
    Set<String> sets = new LinkedHashSet<>();
    for (Score score : all) {
      if (score.kind() == Kind.CATEGORICAL) {
        sets.add(score.set());
        byMethod.computeIfAbsent(score.method(), method -> new ArrayList<>()).add(score);
      }
    }
    if (sets.isEmpty()) {
      return "";
    }
    TextTable table =
        new TextTable(
            "Method", ">Sets", ">Accuracy", ">Calibration error", ">Brier score", ">Seconds");
    byMethod.forEach((method, scores) -> table.add(row(method, scores)));
    String title =
        "Means over the categorical data sets that a method applies to, of " + sets.size() + "\n";
    return title + table + auto(all, byMethod.getOrDefault(AUTO, List.of()));
  }

  private static String[] row(String method, List<Score> scores) {
    List<Score> applied = scores.stream().filter(Score::applies).toList();
    String[] row = new String[MEANS.length + 2];
    row[0] = method;
    row[1] = Integer.toString(applied.size());
    for (int i = 0; i < MEANS.length; i++) {
      Measure measure = MEANS[i];
      double mean =
          applied.stream().mapToDouble(s -> s.value(measure)).average().orElse(Double.NaN);
      row[i + 2] = TextTable.fixed(mean, 4);
    }
    return row;
  }

  private static String auto(List<Score> all, List<Score> auto) {
    if (auto.isEmpty()) {
      return "";
    }
    int near = 0;
    int calibrated = 0;
    for (Score score : auto) {
      double best =
          all.stream()
              .filter(other -> other.set().equals(score.set()) && other.applies())
              .mapToDouble(other -> other.value(Measure.ACCURACY))
              .filter(accuracy -> !Double.isNaN(accuracy))
              .max()
              .orElse(Double.NaN);
      near += score.value(Measure.ACCURACY) >= best - NEAR ? 1 : 0;
      calibrated += score.value(Measure.CALIBRATION_ERROR) <= CALIBRATED ? 1 : 0;
    }
    return AUTO
        + ": within one point of the best method on "
        + near
        + " of "
        + auto.size()
        + " data sets; calibration error of "
        + TextTable.fixed(CALIBRATED, 2)
        + " or less on "
        + calibrated
        + "\n";
  }
}
