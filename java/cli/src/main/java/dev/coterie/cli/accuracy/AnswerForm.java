package dev.coterie.cli.accuracy;

import dev.coterie.cli.input.AnswerFile;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.input.Numbers;
import java.util.List;

/** What the labels of a file are, as far as they tell. */
public enum AnswerForm {
  /** A few labels that tasks share. */
  CATEGORICAL,

  /** Numbers on a scale. */
  NUMERIC,

  /** Texts, nearly every one another. */
  TEXT;

  /** So many different labels are labels of classes, whatever they look like. */
  private static final int FEW = 32;

  /** So many different whole numbers are a scale, unless most of them hit the truth. */
  private static final int MANY = 64;

  /**
   * Finds out what the labels are: numbers when all of them and of the truth are, and some is not
   * whole or there are very many; texts when there are about as many as tasks.
   *
   * @param answers the answers
   * @param truth the truth
   * @return what they are most likely
   */
  public static AnswerForm of(AnswerFile answers, LabelFile truth) {
    List<String> labels = answers.labels();
    boolean whole = true;
    boolean numbers = true;
    for (String label : labels) {
      double value = Numbers.parse(label);
      numbers &= !Double.isNaN(value);
      whole &= value == Math.rint(value);
    }
    for (LabelFile.Entry entry : truth.entries().values()) {
      double value = Numbers.parse(entry.label());
      numbers &= !Double.isNaN(value);
      whole &= value == Math.rint(value);
    }
    if (numbers) {
      boolean scale =
          !whole || answers.isValues() || (labels.size() > MANY && answers.right(truth) < 0.5);
      return scale ? NUMERIC : CATEGORICAL;
    }
    return labels.size() > FEW && labels.size() > answers.tasks() / 2 ? TEXT : CATEGORICAL;
  }
}
