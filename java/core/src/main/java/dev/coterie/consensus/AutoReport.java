package dev.coterie.consensus;

import dev.coterie.spi.Elementary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How a result of {@link Auto} came about: which models were combined with which weights, whether
 * the answers speak for one reading or for two, and how far the experts seem to err together.
 * Immutable.
 */
public final class AutoReport {
  private static final int HEAD = 11;
  private static final int MODE = 18;
  private static final int GOLD = HEAD + 2 * MODE;
  private static final int LEAST_KNOWN = 5;
  private static final int READINGS_KNOWN = 10;
  private static final int ENOUGH_KNOWN = 30;
  private static final double NEARLY_ONE = 0.9;
  private static final double NEARLY_NONE = 0.3;
  private static final double NEARLY_SAME = 1.03;

  private final double[] values;
  private final List<Mode> modes;
  private final Map<Reading, Double> readings = new EnumMap<>(Reading.class);

  /** How a result came about. */
  public enum Kind {
    /** The modes of the main model were combined with other models from the same starts. */
    COMBINED,

    /** All modes of the main model had left the votes: MACE stands for it. */
    BY_MACE,

    /** All modes of the main model had left the votes: the one-coin model stands for it. */
    BY_COIN,

    /** All modes of the main model had left the votes: the vote shares stand for it. */
    BY_SHARES,

    /**
     * Nothing can be learned about the experts: no two of them can be compared, or all say the
     * same. The result is the smoothed share of the votes.
     */
    UNLEARNABLE,

    /** There is nothing to decide: one label, or no answers. */
    NOTHING
  }

  /** What is combined. */
  public enum Model {
    /** Confusion matrices, pulled towards what a model of knowledge and spam says. */
    PULLED("pulled confusion matrices"),

    /** The same with less faith in the model of spam. */
    CAPPED("loosely pulled confusion matrices"),

    /** Dawid-Skene. */
    CONFUSION("Dawid-Skene"),

    /** One-coin Dawid-Skene. */
    COIN("one-coin Dawid-Skene"),

    /** An iteration of the main model from the pool of the others. */
    REFINED("a refit to the pool"),

    /** MACE from the shares: it stands for one-coin Dawid-Skene where that was dropped. */
    MACE("MACE");

    private final String words;

    Model(String words) {
      this.words = words;
    }
  }

  /** What known labels choose between. */
  public enum Reading {
    /** The pool of all models, which is the result without known labels. */
    POOL("the pool of all models"),

    /** One-coin Dawid-Skene by itself. */
    COIN("the one-coin reading"),

    /** MACE by itself. */
    MACE("the reading by MACE"),

    /** The second mode's pool by itself. */
    SECOND("the second reading"),

    /** The pool of another mode, to which a start by known labels led. */
    RIVAL("another reading, to which they led,");

    private final String words;

    Reading(String words) {
      this.words = words;
    }
  }

  /**
   * A model in the pool of a mode.
   *
   * @param model the model
   * @param weight its weight in the result, from 0 to 1; 0 when it was dropped
   * @param drift the greatest factor between the shares of a class in its posteriors and in the
   *     votes; a model whose drift is above 1.5 is dropped, because it has left the votes, except
   *     for the first; MACE may have 2.5
   */
  public record Member(Model model, double weight, double drift) {
    /**
     * Returns whether the model is part of the result.
     *
     * @return false when it was dropped
     */
    public boolean isUsed() {
      return weight > 0;
    }
  }

  /**
   * A reading of the answers that agrees with itself.
   *
   * @param start the number of the start that led to it: 0 the shares, 1 one-coin, 2 MACE, 3 to 6
   *     the answers of one expert, 7 and 8 those of an eighth of the experts
   * @param weight its weight in the result, from 0 to 1
   * @param evidence the logarithm of the evidence for it; 0 when the main model was replaced
   * @param strength how many answers the model of knowledge and spam counts as, from 0.5 to 512; 0
   *     when the main model was replaced
   * @param drift how far it has left the votes: 1 not at all, at most 5
   * @param moved the share of the tasks' probability that is elsewhere than in the best mode
   * @param members what was combined in it
   */
  public record Mode(
      int start,
      double weight,
      double evidence,
      double strength,
      double drift,
      double moved,
      List<Member> members) {
    /**
     * Makes a mode.
     *
     * @param members copied
     */
    public Mode {
      members = List.copyOf(members);
    }
  }

  AutoReport(double[] values) {
    this.values = values;
    List<Mode> found = new ArrayList<>();
    for (int at = HEAD; found.size() < (int) values[2]; at += MODE) {
      found.add(mode(at));
    }
    modes = List.copyOf(found);
    int at = GOLD + 1;
    for (Reading reading : Reading.values()) {
      readings.put(reading, values[at++]);
    }
  }

  private Mode mode(int at) {
    List<Member> members = new ArrayList<>();
    int pair = at + 6;
    for (Model model : Model.values()) {
      members.add(new Member(model, values[pair], values[pair + 1]));
      pair += 2;
    }
    return new Mode(
        (int) values[at],
        values[at + 1],
        values[at + 2],
        values[at + 3],
        values[at + 4],
        values[at + 5],
        members);
  }

  /**
   * Returns how the result came about.
   *
   * @return the kind
   */
  public Kind kind() {
    return Kind.values()[(int) values[0]];
  }

  /**
   * Returns how often the answers were walked.
   *
   * @return the passes, each about an iteration of {@link DawidSkene}
   */
  public int passes() {
    return (int) values[1];
  }

  /**
   * Returns the readings in the result.
   *
   * @return one or two, the best first; none when nothing could be learned
   */
  public List<Mode> modes() {
    return modes;
  }

  /**
   * Returns whether a second reading has a weight above 0.05: the answers cannot tell which of the
   * two is true. Known labels of a few tasks may.
   *
   * @return true when there is a rival
   */
  public boolean hasRival() {
    return values[3] != 0;
  }

  /**
   * Returns how much better the evidence for the best reading is than for the second.
   *
   * @return the difference of the logarithms, untempered; infinite when there is no second
   */
  public double evidenceGap() {
    return modes.size() < 2
        ? Double.POSITIVE_INFINITY
        : modes.get(0).evidence() - modes.get(1).evidence();
  }

  /**
   * Returns the overdispersion: how much more the errors of a task's experts agree than those of
   * simulated experts who err alone, as a mean correlation.
   *
   * @return about 0 for experts who err alone, 0.004 to 0.21 in real crowds
   */
  public double overdispersion() {
    return values[4];
  }

  /**
   * Returns the standard error of {@link #overdispersion}.
   *
   * @return above 0, or 0 when nothing could be learned
   */
  public double overdispersionError() {
    return values[5];
  }

  /**
   * Returns the probability that the experts err together, 0.75 before the answers are seen.
   *
   * @return from 0 to 1
   */
  public double correlated() {
    return values[6];
  }

  /**
   * Returns the exponent: a task with n answers is tempered by {@code n^-exponent}.
   *
   * @return from 0.4 to 1.2, or 0 when nothing could be learned
   */
  public double exponent() {
    return values[7];
  }

  /**
   * Returns the mean power that posteriors are raised to where experts err together.
   *
   * @return from 0 to 1; 1 leaves them as the models gave them
   */
  public double meanTemper() {
    return values[8];
  }

  /**
   * Returns how many experts who err alone would say as much as those of a task do, in the mean.
   *
   * @return at most {@link #answersPerTask}
   */
  public double effectiveExperts() {
    return values[9];
  }

  /**
   * Returns the mean weight of a task's answers.
   *
   * @return the number of answers by tasks when all weigh 1; 0 when nothing could be learned
   */
  public double answersPerTask() {
    return values[10];
  }

  /**
   * Returns how many tasks have both a known label and answers.
   *
   * @return 0 without known labels
   */
  public int knownTasks() {
    return (int) values[GOLD];
  }

  /**
   * Returns whether known labels set how sure the result is: there are at least 5, and something is
   * to be decided. The probabilities deserve to be called calibrated from about 30 on.
   *
   * @return false when known labels are in the result, but changed nothing else
   */
  public boolean isCalibrated() {
    return kind() != Kind.NOTHING && knownTasks() >= LEAST_KNOWN;
  }

  /**
   * Returns how much a reading counts in the result, as the known labels judged it. With fewer than
   * 10 of them there is only the pool.
   *
   * @param reading the reading
   * @return from 0 to 1; 0 for all when the result is not {@link #isCalibrated calibrated}
   * @throws NullPointerException when the reading is null
   */
  public double readingWeight(Reading reading) {
    return readings.get(Objects.requireNonNull(reading, "reading"));
  }

  /**
   * Returns the mean natural logarithm of the power that known labels raised the posteriors to.
   *
   * @return below 0 where the answers alone made the result too sure, above 0 where too unsure, 0
   *     when the result is not {@link #isCalibrated calibrated}
   */
  public double meanLogPower() {
    return values[GOLD + 1 + Reading.values().length];
  }

  /**
   * Says in words which models were combined and why, and what the answers cannot tell.
   *
   * @return some sentences, one a line
   */
  public String explain() {
    List<String> lines = new ArrayList<>();
    explainKind(lines);
    for (int place = 0; place < modes.size(); place++) {
      lines.add(
          (place == 0 ? "Combined: " : "Second reading: ") + explainMembers(modes.get(place)));
    }
    if (!modes.isEmpty()) {
      explainRival(lines);
      explainCorrelation(lines);
    }
    if (knownTasks() > 0 && kind() != Kind.NOTHING) {
      explainKnown(lines);
    }
    return String.join("\n", lines);
  }

  private void explainKind(List<String> lines) {
    switch (kind()) {
      case COMBINED -> {}
      case BY_MACE, BY_COIN, BY_SHARES ->
          lines.add(
              "Every mode of the main model had moved far from the votes, so "
                  + (kind() == Kind.BY_MACE
                      ? "MACE"
                      : kind() == Kind.BY_COIN ? "one-coin Dawid-Skene" : "the vote")
                  + " stands for it. Mind the result: the experts may share a misunderstanding.");
      case UNLEARNABLE ->
          lines.add(
              "How far each expert can be trusted cannot be learned: no two experts answered the"
                  + " same task, or all gave one label. The probabilities are the smoothed shares"
                  + " of the votes.");
      case NOTHING -> lines.add("There is one label only: nothing is to be decided.");
    }
  }

  private static String explainMembers(Mode mode) {
    List<String> used = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    boolean complete = mode.members().stream().anyMatch(m -> m.model() == Model.COIN && m.isUsed());
    for (Member member : mode.members()) {
      if (member.isUsed()) {
        used.add(member.model().words + " " + percent(member.weight()));
      } else if (member.model() != Model.MACE || !complete) {
        dropped.add(
            String.format(Locale.ROOT, "%s (by %.1f)", member.model().words, member.drift()));
      }
    }
    String text = String.join(", ", used) + ".";
    return dropped.isEmpty()
        ? text
        : text
            + "\nDropped, because a class had become too frequent or too rare against the votes: "
            + String.join(", ", dropped)
            + ".";
  }

  private void explainRival(List<String> lines) {
    if (modes.size() < 2) {
      lines.add(
          "No other reading of the answers comes near the evidence for this one, among those that"
              + " were found.");
      return;
    }
    Mode second = modes.get(1);
    String weight = percent(second.weight());
    String moved = percent(second.moved());
    lines.add(
        hasRival()
            ? "The data cannot tell: the second reading has "
                + weight
                + " of the weight and moves "
                + moved
                + " of the tasks' probability. Known labels of a few tasks would decide."
            : "The evidence is against the second reading: it has "
                + weight
                + " of the weight, and moves "
                + moved
                + " of the tasks' probability.");
  }

  private void explainCorrelation(List<String> lines) {
    String who =
        correlated() > NEARLY_ONE
            ? "The experts err together"
            : correlated() < NEARLY_NONE
                ? "The experts seem to err alone"
                : "Whether the experts err together is not clear";
    lines.add(
        String.format(
            Locale.ROOT,
            "%s (probability %s, overdispersion %.3f +- %.3f): the %.1f answers of a task count"
                + " like %.1f independent ones.",
            who,
            percent(correlated()),
            overdispersion(),
            overdispersionError(),
            answersPerTask(),
            effectiveExperts()));
    lines.add("An error that most experts share cannot be seen in their answers.");
  }

  private void explainKnown(List<String> lines) {
    String tasks = knownTasks() == 1 ? "1 known task" : knownTasks() + " known tasks";
    if (!isCalibrated()) {
      lines.add(
          tasks
              + ": too few to calibrate by, it takes "
              + LEAST_KNOWN
              + ". Their labels are in the result and changed nothing else.");
      return;
    }
    double power = Elementary.exp(meanLogPower());
    String sure =
        String.format(
            Locale.ROOT,
            "the probabilities were %s (mean power %.2f).",
            power > NEARLY_SAME
                ? "made surer"
                : power * NEARLY_SAME < 1 ? "made less sure" : "left about as they were",
            power);
    if (knownTasks() < READINGS_KNOWN) {
      lines.add(tasks + ": too few to choose between readings; " + sure);
    } else {
      lines.add(tasks + ": " + explainReadings() + "; " + sure);
    }
    if (knownTasks() < ENOUGH_KNOWN) {
      lines.add("Trust the probabilities more with " + ENOUGH_KNOWN + " known tasks or more.");
    }
  }

  private String explainReadings() {
    List<String> used = new ArrayList<>();
    Reading best = Reading.POOL;
    for (Reading reading : Reading.values()) {
      best = readingWeight(reading) > readingWeight(best) ? reading : best;
      if (readingWeight(reading) > 0) {
        used.add(reading.words + " " + percent(readingWeight(reading)));
      }
    }
    String first =
        best == Reading.POOL
            ? "no other reading fits them clearly better than the pool of all models"
            : best.words + " fits them better than the pool of all models";
    return used.size() == 1 ? first : first + " (" + String.join(", ", used) + ")";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }

  /** Returns {@link #explain}. */
  @Override
  public String toString() {
    return explain();
  }
}
