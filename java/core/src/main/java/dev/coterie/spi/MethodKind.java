package dev.coterie.spi;

import java.util.List;

/** The methods, with their numbers in the C ABI, what they are called and what they give. */
public enum MethodKind {
  /** The share of each label among the answers. */
  MAJORITY_VOTE(0, "majority-vote"),

  /** The share of each label among the answers' weights. */
  WEIGHTED_VOTE(1, "weighted-vote"),

  /** A confusion matrix for each expert. */
  DAWID_SKENE(2, "dawid-skene", Gives.CONFUSION),

  /** One skill for each expert. */
  ONE_COIN_DAWID_SKENE(3, "one-coin-dawid-skene", Gives.CONFUSION),

  /** Experts weighed by their agreement with the majority. */
  WAWA(4, "wawa"),

  /** Skills that follow the agreement with the vote that they weigh. */
  ZERO_BASED_SKILL(5, "zero-based-skill"),

  /** Experts weighed by how often they are right about known tasks. */
  GOLD_MAJORITY_VOTE(6, "gold-majority-vote"),

  /** Experts weighed by a confidence interval of their precision. */
  CATD(7, "catd", Gives.WEIGHT),

  /** Experts weighed by the logarithm of their errors. */
  PM(8, "pm", Gives.WEIGHT),

  /** Experts weighed by a robust factor of their agreement. */
  MMSR(9, "mmsr", Gives.WEIGHT),

  /** Messages between tasks and experts. */
  KOS(10, "kos", Gives.WEIGHT),

  /** One reliability for each expert, every label equally likely. */
  ZEN_CROWD(11, "zen-crowd", Gives.CONFUSION),

  /** Experts who know the answer or spam. */
  MACE(12, "mace", Gives.CONFUSION),

  /** The ability of each expert and the difficulty of each task. */
  GLAD(13, "glad", Gives.WEIGHT, Gives.DIFFICULTY),

  /** Dawid-Skene with priors. */
  IBCC(14, "ibcc", Gives.CONFUSION),

  /** Dawid-Skene with priors and groups of alike tasks. */
  EBCC(15, "ebcc", Gives.CONFUSION),

  /** Ordered labels by cumulative binary problems. */
  ORDINAL(16, "ordinal"),

  /** Several models combined, and tempered where experts err together. */
  AUTO(17, "auto", 54, Gives.CONFUSION);

  /** What a method may give beside answers, posteriors, priors and skills. */
  private enum Gives {
    CONFUSION,
    WEIGHT,
    DIFFICULTY
  }

  private final int number;
  private final String id;
  private final int reportLength;
  private final boolean confusion;
  private final boolean weight;
  private final boolean difficulty;

  MethodKind(int number, String id, Gives... gives) {
    this(number, id, 0, gives);
  }

  MethodKind(int number, String id, int reportLength, Gives... gives) {
    this.number = number;
    this.id = id;
    this.reportLength = reportLength;
    List<Gives> given = List.of(gives);
    this.confusion = given.contains(Gives.CONFUSION);
    this.weight = given.contains(Gives.WEIGHT);
    this.difficulty = given.contains(Gives.DIFFICULTY);
  }

  /** Returns the method's {@code COTERIE_METHOD_} number. */
  public int number() {
    return number;
  }

  /** Returns the method's name in lower case with hyphens. */
  public String id() {
    return id;
  }

  /** Returns whether the method gives confusion matrices. */
  public boolean hasConfusion() {
    return confusion;
  }

  /** Returns whether the method gives a raw weight for each expert. */
  public boolean hasWeight() {
    return weight;
  }

  /** Returns whether the method gives a difficulty for each task. */
  public boolean hasDifficulty() {
    return difficulty;
  }

  /** Returns how many numbers the method's report has; 0 for methods without one. */
  public int reportLength() {
    return reportLength;
  }
}
