package dev.coterie.cli.accuracy;

import dev.coterie.cli.method.Kind;
import java.util.Locale;

/** What is measured, in the order of the columns. */
public enum Measure {
  /** The part of the tasks that is right. */
  ACCURACY("Accuracy", Kind.CATEGORICAL),

  /** How far posteriors are from the part that is right. */
  CALIBRATION_ERROR("Calibration error", Kind.CATEGORICAL),

  /** How far posteriors are from the truth. */
  BRIER_SCORE("Brier score", Kind.CATEGORICAL),

  /** The time of the fit alone. */
  SECONDS("Seconds", null),

  /** The mean distance. */
  MAE("MAE", Kind.NUMERIC),

  /** The root of the mean square. */
  RMSE("RMSE", Kind.NUMERIC),

  /** The correlation of values. */
  PEARSON("Pearson", Kind.NUMERIC),

  /** The correlation of ranks. */
  SPEARMAN("Spearman", Kind.PAIRWISE),

  /** The correlation of orders. */
  KENDALL("Kendall", Kind.PAIRWISE),

  /** The part of the held-out comparisons that is foretold. */
  HELDOUT_ACCURACY("Held-out accuracy", Kind.PAIRWISE),

  /** The mean surprise by held-out comparisons. */
  HELDOUT_LOG_LOSS("Held-out log-loss", Kind.PAIRWISE);

  private final String title;
  private final Kind kind;

  Measure(String title, Kind kind) {
    this.title = title;
    this.kind = kind;
  }

  /**
   * Returns the title for people.
   *
   * @return a few words
   */
  public String title() {
    return title;
  }

  /**
   * Returns the name for programs.
   *
   * @return such as {@code brier_score}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Says whether methods of a kind are measured so.
   *
   * @param other the kind
   * @return whether
   */
  public boolean suits(Kind other) {
    return kind == null || kind == other;
  }
}
