package dev.coterie.cli.accuracy;

import dev.coterie.cli.input.AnswerFile;
import dev.coterie.cli.input.ColumnNames;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.input.ReadWatch;
import dev.coterie.cli.input.TextSource;
import java.io.InputStream;
import java.nio.file.Path;

/** Reads data sets. */
public final class Reading {
  private static final ColumnNames USUAL = new ColumnNames(null, null, null, null);

  private final Halves halves;
  private final long seed;
  private final ReadWatch watch;

  /**
   * Makes a reader.
   *
   * @param halves which answers count
   * @param seed decides on a random half
   * @param watch is told the progress
   */
  public Reading(Halves halves, long seed, ReadWatch watch) {
    this.halves = halves;
    this.seed = seed;
    this.watch = watch;
  }

  /**
   * Reads a data set.
   *
   * @param set its files
   * @return the data set, to be closed by the caller, or null when its answers are texts
   * @throws dev.coterie.cli.input.InputException when a file is not as it should be
   */
  public Measured read(DataSet set) {
    AnswerFile answers = AnswerFile.read(open(set.answers()), (byte) 0, USUAL, watch);
    LabelFile truth = LabelFile.read(open(set.truth()), (byte) 0, USUAL);
    AnswerFile.Filter filter = Half.of(answers, halves, seed);
    String name = set.answers().toString();
    return switch (AnswerForm.of(answers, truth)) {
      case CATEGORICAL -> new CategoricalSet(answers, truth, filter, name);
      case NUMERIC -> null;
      case TEXT -> null;
    };
  }

  private static TextSource open(Path path) {
    return TextSource.open(path.toString(), InputStream.nullInputStream());
  }
}
