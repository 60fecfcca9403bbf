package dev.coterie.cli.method;

import static dev.coterie.cli.method.MethodOption.BALANCED;
import static dev.coterie.cli.method.MethodOption.CLASS_PRIORS;
import static dev.coterie.cli.method.MethodOption.GOLD;
import static dev.coterie.cli.method.MethodOption.LEARNING_RATE;
import static dev.coterie.cli.method.MethodOption.MAX_ITERATIONS;
import static dev.coterie.cli.method.MethodOption.POSITIONAL;
import static dev.coterie.cli.method.MethodOption.REDUCE_FACTOR;
import static dev.coterie.cli.method.MethodOption.REPEATS;
import static dev.coterie.cli.method.MethodOption.SIGNIFICANCE;
import static dev.coterie.cli.method.MethodOption.SMOOTHING;
import static dev.coterie.cli.method.MethodOption.STEPS_TO_REDUCE;
import static dev.coterie.cli.method.MethodOption.TOLERANCE;

import dev.coterie.consensus.Catd;
import dev.coterie.consensus.ConsensusMethod;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.EmBuilder;
import dev.coterie.consensus.GoldMajorityVote;
import dev.coterie.consensus.IterativeBuilder;
import dev.coterie.consensus.Kos;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.consensus.MethodBuilder;
import dev.coterie.consensus.Mmsr;
import dev.coterie.consensus.OneCoinDawidSkene;
import dev.coterie.consensus.Pm;
import dev.coterie.consensus.Wawa;
import dev.coterie.consensus.WeightedVote;
import dev.coterie.consensus.ZeroBasedSkill;
import java.util.List;
import java.util.function.Function;

/** The methods for labels. */
final class CategoricalMethods {
  static final List<Method<ConsensusMethod>> ALL =
      List.of(
          vote(
              "majority-vote",
              "every expert is equally good",
              settings -> common(MajorityVote.builder(), settings).build()),
          vote(
                  "weighted-vote",
                  "each answer has a weight, or counts less the later it comes",
                  settings ->
                      common(WeightedVote.builder(), settings)
                          .positional(settings.flag(POSITIONAL))
                          .build())
              .with(POSITIONAL, false),
          em(
              "dawid-skene",
              "each expert confuses labels in a way of its own",
              settings -> em(DawidSkene.builder(), settings).build()),
          em(
              "one-coin-dawid-skene",
              "each expert is right with one probability of its own",
              settings -> em(OneCoinDawidSkene.builder(), settings).build()),
          vote(
              "wawa",
              "experts who agree with the majority count more, once",
              settings -> common(Wawa.builder(), settings).build()),
          iterative(
                  "zero-based-skill",
                  "experts who agree with the result count more, step by step",
                  100,
                  0.0,
                  settings ->
                      iterative(ZeroBasedSkill.builder(), settings)
                          .learningRate(settings.amount(LEARNING_RATE))
                          .stepsToReduce(settings.count(STEPS_TO_REDUCE))
                          .reduceFactor(settings.amount(REDUCE_FACTOR))
                          .build())
              .with(LEARNING_RATE, 1.0)
              .with(STEPS_TO_REDUCE, 20)
              .with(REDUCE_FACTOR, 0.5),
          vote(
                  "gold-majority-vote",
                  "experts count as much as they are right on tasks that are known (--gold)",
                  settings ->
                      common(GoldMajorityVote.builder(), settings)
                          .smoothing(settings.amount(SMOOTHING))
                          .build())
              .with(SMOOTHING, 0.0),
          iterative(
                  "catd",
                  "experts with few answers are trusted less, by confidence intervals",
                  100,
                  0.0,
                  settings ->
                      iterative(Catd.builder(), settings)
                          .significance(settings.amount(SIGNIFICANCE))
                          .build())
              .with(SIGNIFICANCE, 0.05),
          iterative(
              "pm",
              "experts count by the logarithm of their share of all errors",
              100,
              0.0,
              settings -> iterative(Pm.builder(), settings).build()),
          iterative(
              "mmsr",
              "experts' agreement with each other tells their skill, some of them lying at will",
              10_000,
              1e-10,
              settings -> iterative(Mmsr.builder(), settings).build()),
          iterative(
                  "kos",
                  "two labels; experts and tasks pass messages of trust",
                  1000,
                  1e-9,
                  settings ->
                      iterative(Kos.builder(), settings)
                          .balanced(settings.word(BALANCED).equals("yes"))
                          .build())
              .with(BALANCED, "yes"));

  private CategoricalMethods() {}

  static Method<ConsensusMethod> vote(
      String id, String description, Function<Settings, ConsensusMethod> builder) {
    return Method.of(id, Kind.CATEGORICAL, description, builder)
        .with(REPEATS, "count-all")
        .with(GOLD, null);
  }

  static Method<ConsensusMethod> iterative(
      String id,
      String description,
      int maxIterations,
      double tolerance,
      Function<Settings, ConsensusMethod> builder) {
    return vote(id, description, builder)
        .with(MAX_ITERATIONS, maxIterations)
        .with(TOLERANCE, tolerance);
  }

  static Method<ConsensusMethod> em(
      String id, String description, Function<Settings, ConsensusMethod> builder) {
    return iterative(id, description, 5000, 1e-9, builder)
        .with(SMOOTHING, 0.0)
        .with(CLASS_PRIORS, null);
  }

  static <B extends MethodBuilder<B>> B common(B builder, Settings settings) {
    return builder
        .gold(settings.gold())
        .repeats(settings.repeats())
        .threads(settings.threads())
        .backend(settings.backend());
  }

  static <B extends IterativeBuilder<B>> B iterative(B builder, Settings settings) {
    return common(builder, settings)
        .maxIterations(settings.count(MAX_ITERATIONS))
        .tolerance(settings.amount(TOLERANCE));
  }

  static <B extends EmBuilder<B>> B em(B builder, Settings settings) {
    if (settings.classPriors() != null) {
      builder.classPriors(settings.classPriors());
    }
    return iterative(builder, settings).smoothing(settings.amount(SMOOTHING));
  }
}
