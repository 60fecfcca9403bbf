package dev.coterie.consensus.agreement;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.FitControl;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.consensus.Repeats;
import dev.coterie.spi.Backend;
import dev.coterie.spi.Columns;
import dev.coterie.spi.MeasureProblem;
import dev.coterie.spi.MeasureProblem.Kind;
import dev.coterie.spi.TableAccess;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Measures how far the experts of a table agree. The measures count answers and ignore their
 * weights, but for the uncertainty; they run on the calling thread, in time proportional to the
 * answers where nothing else is said.
 *
 * <p>Immutable, and safe for use by many threads: {@link #backend}, {@link #repeats} and {@link
 * #control} return another object. Every measure throws {@link IllegalStateException} when the
 * table is closed, {@link java.util.concurrent.CancellationException} when the control is
 * cancelled, {@link UnsupportedOperationException} when the table is too large for a Java backend,
 * and {@link dev.coterie.BackendUnavailableException} when the backend cannot be used.
 */
public final class Agreement {
  private final AnswerTable table;
  private final String backend;
  private final Repeats repeats;
  private final FitControl control;

  private Agreement(AnswerTable table, String backend, Repeats repeats, FitControl control) {
    this.table = table;
    this.backend = backend;
    this.repeats = repeats;
    this.control = control;
  }

  /**
   * Measures a table on the default backend, counting all answers.
   *
   * @param table the answers, which must stay open
   * @return measures of the table
   * @throws NullPointerException when the table is null
   */
  public static Agreement of(AnswerTable table) {
    Objects.requireNonNull(table, "table");
    return new Agreement(table, null, Repeats.COUNT_ALL, new FitControl());
  }

  /**
   * Chooses the backend.
   *
   * @param id a backend's id; null or {@code auto} for the default backend
   * @return measures on that backend
   */
  public Agreement backend(String id) {
    return new Agreement(table, id, repeats, control);
  }

  /**
   * Says what happens to several answers of one expert to one task; the default is {@link
   * Repeats#COUNT_ALL}, which takes them for answers of different experts. Cohen's kappa always
   * takes the last.
   *
   * @param choice what happens
   * @return measures with that choice
   * @throws NullPointerException when the choice is null
   */
  public Agreement repeats(Repeats choice) {
    return new Agreement(table, backend, Objects.requireNonNull(choice, "repeats"), control);
  }

  /**
   * Lets another thread stop a long measure and see its progress: replicates of a bootstrap,
   * experts of {@link #cohenKappas}.
   *
   * @param control stops the measures
   * @return measures under that control
   * @throws NullPointerException when the control is null
   */
  public Agreement control(FitControl control) {
    return new Agreement(table, backend, repeats, Objects.requireNonNull(control, "control"));
  }

  /**
   * Measures Krippendorff's alpha on the nominal scale.
   *
   * @return the coefficient
   */
  public KrippendorffAlpha alpha() {
    return alpha(AlphaOptions.of(Scale.NOMINAL));
  }

  /**
   * Measures Krippendorff's alpha. On the ratio scale it takes time in proportion to the square of
   * the number of different values more.
   *
   * @param options the scale, the labels' values and the bootstrap
   * @return the coefficient
   * @throws IllegalArgumentException when the labels' values are not one for each label or one is
   *     not a number that the scale allows
   * @throws NullPointerException when the options are null
   */
  public KrippendorffAlpha alpha(AlphaOptions options) {
    double[] out =
        run(Kind.KRIPPENDORFF_ALPHA, options.labelValues, null, options.seed, options.encoded());
    return new KrippendorffAlpha(table, table.experts(), out);
  }

  /**
   * Measures Cohen's kappa of two experts, unweighted.
   *
   * @param one the name of one expert
   * @param other the name of another
   * @return the coefficient
   * @throws IllegalArgumentException when there is no such expert or the two are the same
   */
  public CohenKappa cohenKappa(String one, String other) {
    return cohenKappa(
        Measures.index(table.indexOfExpert(one), "expert", one),
        Measures.index(table.indexOfExpert(other), "expert", other),
        Weighting.NONE);
  }

  /**
   * Measures Cohen's kappa of two experts.
   *
   * @param one the index of one expert
   * @param other the index of another
   * @param weighting how much different labels disagree
   * @param labelValues the value of each label, from -1e100 to 1e100; none when it is the label's
   *     index
   * @return the coefficient
   * @throws IndexOutOfBoundsException when there is no such expert
   * @throws IllegalArgumentException when the two are the same or the labels' values are wrong
   * @throws NullPointerException when the weighting is null
   */
  public CohenKappa cohenKappa(int one, int other, Weighting weighting, double... labelValues) {
    Objects.checkIndex(one, table.experts());
    Objects.checkIndex(other, table.experts());
    if (one == other) {
      throw new IllegalArgumentException(
          "expert \"" + table.expertName(one) + "\" cannot be compared with itself");
    }
    double[] out = run(Kind.COHEN_KAPPA, values(labelValues), null, 0, weighting.code, one, other);
    return new CohenKappa(out[2], out[3], out[4]);
  }

  /**
   * Measures Cohen's kappa of all pairs of experts. Takes time in proportion to the pairs of
   * answers to the same task and to the pairs of experts, and 24 bytes for each pair of experts.
   *
   * @param weighting how much different labels disagree
   * @param labelValues the value of each label, from -1e100 to 1e100; none when it is the label's
   *     index
   * @return the coefficients
   * @throws IllegalArgumentException when the labels' values are wrong
   * @throws NullPointerException when the weighting is null
   * @throws UnsupportedOperationException when there are more than 37,000 experts
   */
  public CohenKappas cohenKappas(Weighting weighting, double... labelValues) {
    double[] out = run(Kind.COHEN_KAPPA, values(labelValues), null, 0, weighting.code, -1, -1);
    return new CohenKappas(table.experts(), out);
  }

  /**
   * Measures Fleiss' kappa.
   *
   * @return the coefficient
   */
  public FleissKappa fleissKappa() {
    return new FleissKappa(run(Kind.FLEISS_KAPPA, null, null, 0));
  }

  /**
   * Measures the share of pairs of answers that agree.
   *
   * @return the shares
   */
  public ObservedAgreement observedAgreement() {
    return new ObservedAgreement(run(Kind.OBSERVED_AGREEMENT, null, null, 0));
  }

  /**
   * Measures the uncertainty of each task: the entropy of its answers in nats, 0 when all agree. An
   * answer of an expert of skill {@code s} gives its label {@code s} and each other label an equal
   * part of {@code 1 - s}, times the answer's weight.
   *
   * @param skills the skill of each expert, from 0 to 1; none when each is 1
   * @return the uncertainties by task
   * @throws IllegalArgumentException when the skills are not one for each expert, from 0 to 1
   */
  public MeanOf uncertaintyByTask(double... skills) {
    return new MeanOf(table.taskNames(), run(Kind.UNCERTAINTY, values(skills), null, 0, 0));
  }

  /**
   * Measures the uncertainty of each expert: the entropy of its answers to all tasks in nats, 0
   * when it always says the same.
   *
   * @param skills the skill of each expert, from 0 to 1; none when each is 1
   * @return the uncertainties by expert
   * @throws IllegalArgumentException when the skills are not one for each expert, from 0 to 1
   */
  public MeanOf uncertaintyByExpert(double... skills) {
    return new MeanOf(table.expertNames(), run(Kind.UNCERTAINTY, values(skills), null, 0, 1));
  }

  /**
   * Measures the consistency of a consensus: the posterior of its answer to each task when each
   * expert is right with its skill and otherwise says any other label. Ignores weights.
   *
   * @param consensus a consensus of this table, whose answers and skills are taken
   * @return the consistencies by task
   * @throws IllegalArgumentException when the consensus is of another table, or answers no task
   */
  public MeanOf consistency(Consensus consensus) {
    int[] answers = answers(consensus);
    double[] skills = new double[table.experts()];
    Arrays.setAll(skills, consensus::skill);
    double[] out = run(Kind.CONSISTENCY, skills, answers, 0);
    if (out[1] == 0.0) {
      throw new IllegalArgumentException("no task has both answers and an aggregated label");
    }
    return new MeanOf(table.taskNames(), out);
  }

  /**
   * Measures the consistency of the majority vote.
   *
   * @return the consistencies by task
   */
  public MeanOf consistency() {
    try (Consensus consensus = majority()) {
      return consistency(consensus);
    }
  }

  /**
   * Measures the share of the answers that equal those of a consensus: accuracy on aggregates.
   *
   * @param consensus a consensus of this table
   * @return the accuracy
   * @throws IllegalArgumentException when the consensus is of another table, or answers no task
   */
  public AnswerAccuracy accuracy(Consensus consensus) {
    return accuracy(answers(consensus));
  }

  /**
   * Measures the share of the answers that are right.
   *
   * @param truth the true label of some tasks; tasks that the table does not have are left out
   * @return the accuracy
   * @throws IllegalArgumentException when a label is unknown, or no answered task has a true label
   * @throws NullPointerException when the truth is null
   */
  public AnswerAccuracy accuracy(Map<String, String> truth) {
    return accuracy(Truths.indices(table, truth));
  }

  private AnswerAccuracy accuracy(int[] known) {
    double[] out = run(Kind.ACCURACY, null, known, 0);
    if (out[1] == 0.0) {
      throw new IllegalArgumentException("no task has both answers and a known label");
    }
    return new AnswerAccuracy(table.experts(), out);
  }

  private Consensus majority() {
    return MajorityVote.builder().backend(backend).repeats(repeats).build().fit(table, control);
  }

  private int[] answers(Consensus consensus) {
    AnswerTable other = consensus.table();
    if (other.tasks() != table.tasks()
        || other.experts() != table.experts()
        || other.labels() != table.labels()) {
      throw new IllegalArgumentException("the consensus is of another table: " + other);
    }
    int[] answers = new int[table.tasks()];
    Arrays.setAll(answers, consensus::answer);
    return answers;
  }

  private static double[] values(double[] given) {
    return given.length == 0 ? null : given.clone();
  }

  private double[] run(Kind kind, double[] first, int[] known, long seed, double... options) {
    Backend engine = Measures.backend(backend);
    Columns columns = TableAccess.get().columns(table, engine);
    boolean lastWins = repeats == Repeats.LAST_WINS;
    return Measures.run(
        engine, MeasureProblem.of(kind, columns, lastWins, first, known, options, seed), control);
  }
}
