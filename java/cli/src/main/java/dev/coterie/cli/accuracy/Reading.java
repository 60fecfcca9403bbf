package dev.coterie.cli.accuracy;

import dev.coterie.cli.input.AnswerFile;
import dev.coterie.cli.input.ColumnNames;
import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.input.PairFile;
import dev.coterie.cli.input.ReadWatch;
import dev.coterie.cli.input.ScoreFile;
import dev.coterie.cli.input.TextSource;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/** Reads data sets. */
public final class Reading {
  private final Halves halves;
  private final int gold;
  private final long seed;
  private final ReadWatch watch;

  /**
   * Makes a reader.
   *
   * @param halves which answers count
   * @param gold how many tasks with a known truth methods are told
   * @param seed decides on a random half, and which tasks they are told
   * @param watch is told the progress
   */
  public Reading(Halves halves, int gold, long seed, ReadWatch watch) {
    this.halves = halves;
    this.gold = gold;
    this.seed = seed;
    this.watch = watch;
  }

  /**
   * Reads a data set.
   *
   * @param set its files
   * @return the data set, to be closed by the caller, or null when its answers are texts
   * @throws InputException when a file is not as it should be
   */
  public Measured read(DataSet set) {
    if (set.pairwise()) {
      return pairs(set);
    }
    AnswerFile answers = AnswerFile.read(open(set.answers()), (byte) 0, ColumnNames.USUAL, watch);
    LabelFile truth = LabelFile.read(open(set.truth()), (byte) 0, ColumnNames.USUAL);
    AnswerFile.Filter filter = Draw.filter(answers.experts(), answers.answers(), halves, seed);
    String name = set.answers().toString();
    return switch (AnswerForm.of(answers, truth)) {
      case CATEGORICAL -> new CategoricalSet(answers, truth, filter, name, gold, seed);
      case NUMERIC -> new NumericSet(answers, truth, filter, name, gold, seed);
      case TEXT -> null;
    };
  }

  private Measured pairs(DataSet set) {
    PairFile pairs = pairs(set.answers());
    PairFile heldOut = set.heldOut() == null ? null : pairs(set.heldOut());
    Map<String, Double> scores =
        set.truth() == null ? Map.of() : ScoreFile.read(open(set.truth()), (byte) 0);
    AnswerFile.Filter filter = Draw.filter(pairs.experts(), pairs.comparisons(), halves, seed);
    if (halves == Halves.EXPERTS && pairs.experts() == 0) {
      throw new InputException(
          set.answers() + ": the experts are not named; take --halves answers instead");
    }
    return new PairwiseSet(pairs, scores, heldOut, filter);
  }

  private PairFile pairs(Path path) {
    return PairFile.read(open(path), (byte) 0, ColumnNames.USUAL, watch);
  }

  private static TextSource open(Path path) {
    return TextSource.open(path.toString(), InputStream.nullInputStream());
  }
}
