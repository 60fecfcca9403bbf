package dev.coterie.cli.method;

import static dev.coterie.cli.method.CategoricalMethods.common;
import static dev.coterie.cli.method.CategoricalMethods.em;
import static dev.coterie.cli.method.CategoricalMethods.iterative;
import static dev.coterie.cli.method.CategoricalMethods.vote;
import static dev.coterie.cli.method.MethodOption.ABILITY;
import static dev.coterie.cli.method.MethodOption.ALPHA;
import static dev.coterie.cli.method.MethodOption.BETA;
import static dev.coterie.cli.method.MethodOption.CLASSES;
import static dev.coterie.cli.method.MethodOption.CLASS_PRIORS;
import static dev.coterie.cli.method.MethodOption.EASINESS;
import static dev.coterie.cli.method.MethodOption.GROUPS;
import static dev.coterie.cli.method.MethodOption.MIXING;
import static dev.coterie.cli.method.MethodOption.ONE_COIN;
import static dev.coterie.cli.method.MethodOption.RESTARTS;
import static dev.coterie.cli.method.MethodOption.RIGHT;
import static dev.coterie.cli.method.MethodOption.SEED;
import static dev.coterie.cli.method.MethodOption.SMOOTHING;
import static dev.coterie.cli.method.MethodOption.START;
import static dev.coterie.cli.method.MethodOption.STRATEGY;
import static dev.coterie.cli.method.MethodOption.VARIATIONAL;
import static dev.coterie.cli.method.MethodOption.WRONG;

import dev.coterie.consensus.Auto;
import dev.coterie.consensus.BayesianClassifierCombination;
import dev.coterie.consensus.ConsensusMethod;
import dev.coterie.consensus.EnhancedBayesianClassifierCombination;
import dev.coterie.consensus.Glad;
import dev.coterie.consensus.Mace;
import dev.coterie.consensus.OrdinalDawidSkene;
import dev.coterie.consensus.ZenCrowd;
import java.util.List;
import java.util.function.Function;

/** The methods for labels with variables of their own or with an order, and their combination. */
final class LatentMethods {
  static final List<Method<ConsensusMethod>> ALL =
      List.of(
          model(
                  "zen-crowd",
                  "each expert is right with one probability, and no label is likelier beforehand",
                  20,
                  1e-9,
                  settings ->
                      em(ZenCrowd.builder(), settings).start(settings.amount(START)).build())
              .with(SMOOTHING, 0.0)
              .with(START, 0.8),
          model(
                  "mace",
                  "each answer is knowledge, or spam by a strategy of the expert's own",
                  50,
                  1e-6,
                  settings ->
                      em(Mace.builder(), settings)
                          .variational(settings.word(VARIATIONAL).equals("yes"))
                          .restarts(settings.count(RESTARTS))
                          .seed(settings.number(SEED))
                          .alpha(settings.amount(ALPHA))
                          .beta(settings.amount(BETA))
                          .strategy(settings.amount(STRATEGY))
                          .build())
              .with(SMOOTHING, 0.0)
              .with(VARIATIONAL, "yes")
              .with(RESTARTS, 8)
              .with(SEED, 0L)
              .with(ALPHA, 0.5)
              .with(BETA, 0.5)
              .with(STRATEGY, 10.0),
          model(
                  "glad",
                  "experts have abilities and tasks difficulties",
                  500,
                  1e-5,
                  LatentMethods::glad)
              .with(ABILITY, 1.0)
              .with(EASINESS, 1.0),
          model(
                  "ibcc",
                  "Dawid-Skene with priors that keep experts with few answers sensible",
                  5000,
                  1e-9,
                  settings ->
                      em(BayesianClassifierCombination.builder(), settings)
                          .right(settings.amount(RIGHT))
                          .wrong(settings.amount(WRONG))
                          .classes(settings.amount(CLASSES))
                          .build())
              .with(SMOOTHING, 0.0)
              .with(RIGHT, 4.0)
              .with(WRONG, 1.0)
              .with(CLASSES, 1.0),
          model(
                  "ebcc",
                  "experts err together, each in its own way in each group of tasks",
                  500,
                  1e-6,
                  settings ->
                      em(EnhancedBayesianClassifierCombination.builder(), settings)
                          .groups(settings.count(GROUPS))
                          .restarts(settings.count(RESTARTS))
                          .seed(settings.number(SEED))
                          .mixing(settings.amount(MIXING))
                          .right(settings.amount(RIGHT))
                          .wrong(settings.amount(WRONG))
                          .build())
              .with(SMOOTHING, 0.0)
              .with(GROUPS, 10)
              .with(RESTARTS, 10)
              .with(SEED, 0L)
              .with(MIXING, 0.1)
              .with(RIGHT, 4.0)
              .with(WRONG, 1.0),
          em(
                  "ordinal",
                  "the labels have an order, that of --labels, and experts err to its neighbours",
                  settings ->
                      em(OrdinalDawidSkene.builder(), settings)
                          .oneCoin(settings.flag(ONE_COIN))
                          .build())
              .with(SMOOTHING, 0.1)
              .with(ONE_COIN, false),
          vote(
                  "auto",
                  "several models from several starts, combined; how far experts err together counts",
                  settings -> common(Auto.builder(), settings).seed(settings.number(SEED)).build())
              .with(SEED, 0L));

  private LatentMethods() {}

  private static Method<ConsensusMethod> model(
      String id,
      String description,
      int maxIterations,
      double tolerance,
      Function<Settings, ConsensusMethod> builder) {
    return iterative(id, description, maxIterations, tolerance, builder).with(CLASS_PRIORS, null);
  }

  private static ConsensusMethod glad(Settings settings) {
    Glad.Builder builder = iterative(Glad.builder(), settings);
    if (settings.classPriors() != null) {
      builder.classPriors(settings.classPriors());
    }
    return builder.ability(settings.amount(ABILITY)).easiness(settings.amount(EASINESS)).build();
  }
}
