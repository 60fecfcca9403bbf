package dev.coterie.cli.method;

import static dev.coterie.cli.method.MethodOption.CLASS_PRIORS;
import static dev.coterie.cli.method.MethodOption.GOLD;
import static dev.coterie.cli.method.MethodOption.MAX_ITERATIONS;
import static dev.coterie.cli.method.MethodOption.POSITIONAL;
import static dev.coterie.cli.method.MethodOption.REPEATS;
import static dev.coterie.cli.method.MethodOption.SMOOTHING;
import static dev.coterie.cli.method.MethodOption.TOLERANCE;

import dev.coterie.consensus.ConsensusMethod;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.EmBuilder;
import dev.coterie.consensus.IterativeBuilder;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.consensus.MethodBuilder;
import dev.coterie.consensus.OneCoinDawidSkene;
import dev.coterie.consensus.Repeats;
import dev.coterie.consensus.WeightedVote;
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
              settings -> em(OneCoinDawidSkene.builder(), settings).build()));

  private CategoricalMethods() {}

  private static Method<ConsensusMethod> vote(
      String id, String description, Function<Settings, ConsensusMethod> builder) {
    return Method.of(id, Kind.CATEGORICAL, description, builder)
        .with(REPEATS, "count-all")
        .with(GOLD, null);
  }

  private static Method<ConsensusMethod> iterative(
      String id,
      String description,
      int maxIterations,
      double tolerance,
      Function<Settings, ConsensusMethod> builder) {
    return vote(id, description, builder)
        .with(MAX_ITERATIONS, maxIterations)
        .with(TOLERANCE, tolerance);
  }

  private static Method<ConsensusMethod> em(
      String id, String description, Function<Settings, ConsensusMethod> builder) {
    return iterative(id, description, 5000, 1e-9, builder)
        .with(SMOOTHING, 0.0)
        .with(CLASS_PRIORS, null);
  }

  private static <B extends MethodBuilder<B>> B common(B builder, Settings settings) {
    boolean last = settings.word(REPEATS).equals("last-wins");
    return builder
        .gold(settings.gold())
        .repeats(last ? Repeats.LAST_WINS : Repeats.COUNT_ALL)
        .threads(settings.threads())
        .backend(settings.backend());
  }

  private static <B extends IterativeBuilder<B>> B iterative(B builder, Settings settings) {
    return common(builder, settings)
        .maxIterations(settings.count(MAX_ITERATIONS))
        .tolerance(settings.amount(TOLERANCE));
  }

  private static <B extends EmBuilder<B>> B em(B builder, Settings settings) {
    if (settings.classPriors() != null) {
      builder.classPriors(settings.classPriors());
    }
    return iterative(builder, settings).smoothing(settings.amount(SMOOTHING));
  }
}
