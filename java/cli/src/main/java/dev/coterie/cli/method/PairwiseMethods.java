package dev.coterie.cli.method;

import static dev.coterie.cli.method.MethodOption.ADJUSTMENT;
import static dev.coterie.cli.method.MethodOption.BASE;
import static dev.coterie.cli.method.MethodOption.DAMPING;
import static dev.coterie.cli.method.MethodOption.EXACT_LIMIT;
import static dev.coterie.cli.method.MethodOption.EXPERT_PRECISION;
import static dev.coterie.cli.method.MethodOption.INITIAL;
import static dev.coterie.cli.method.MethodOption.INITIAL_TIES;
import static dev.coterie.cli.method.MethodOption.MAX_ITERATIONS;
import static dev.coterie.cli.method.MethodOption.ORDER_EFFECT;
import static dev.coterie.cli.method.MethodOption.POOLED;
import static dev.coterie.cli.method.MethodOption.PRIOR;
import static dev.coterie.cli.method.MethodOption.REGULARIZATION;
import static dev.coterie.cli.method.MethodOption.SCALE;
import static dev.coterie.cli.method.MethodOption.SOLVER;
import static dev.coterie.cli.method.MethodOption.STANDARD_ERROR_LIMIT;
import static dev.coterie.cli.method.MethodOption.STEP;
import static dev.coterie.cli.method.MethodOption.TIES;
import static dev.coterie.cli.method.MethodOption.TOLERANCE;

import dev.coterie.consensus.pairwise.Borda;
import dev.coterie.consensus.pairwise.BradleyTerry;
import dev.coterie.consensus.pairwise.Copeland;
import dev.coterie.consensus.pairwise.Eigenvector;
import dev.coterie.consensus.pairwise.Elo;
import dev.coterie.consensus.pairwise.IterativePairwiseBuilder;
import dev.coterie.consensus.pairwise.Kemeny;
import dev.coterie.consensus.pairwise.Newman;
import dev.coterie.consensus.pairwise.NoisyBradleyTerry;
import dev.coterie.consensus.pairwise.PageRank;
import dev.coterie.consensus.pairwise.PairwiseMethod;
import dev.coterie.consensus.pairwise.WinRate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The methods for comparisons. */
final class PairwiseMethods {
  static final List<Method<PairwiseMethod>> ALL =
      List.of(
          iterative(
                  "bradley-terry",
                  "the odds of a win are the ratio of strengths",
                  100,
                  1e-10,
                  PairwiseMethods::bradleyTerry)
              .with(TIES, "half-wins")
              .with(SOLVER, "newton")
              .with(ORDER_EFFECT, false)
              .with(PRIOR, 0.0)
              .with(ADJUSTMENT, 0.0)
              .with(STANDARD_ERROR_LIMIT, 1000),
          iterative(
                  "noisy-bradley-terry",
                  "each expert compares with a skill and has a bias",
                  1000,
                  1e-6,
                  settings ->
                      iterative(NoisyBradleyTerry.builder(), settings)
                          .regularization(settings.amount(REGULARIZATION))
                          .expertPrecision(settings.amount(EXPERT_PRECISION))
                          .build())
              .with(REGULARIZATION, 1e-5)
              .with(EXPERT_PRECISION, 1.0),
          iterative(
                  "newman",
                  "Bradley-Terry with ties, by few steps",
                  10_000,
                  1e-9,
                  settings ->
                      iterative(Newman.builder(), settings)
                          .initialTies(settings.amount(INITIAL_TIES))
                          .build())
              .with(INITIAL_TIES, 0.5),
          plain(
                  "elo",
                  "ratings that move with each comparison, in the order of the file",
                  settings ->
                      Elo.builder()
                          .backend(settings.backend())
                          .k(settings.amount(STEP))
                          .base(settings.amount(BASE))
                          .scale(settings.amount(SCALE))
                          .initial(settings.amount(INITIAL))
                          .build())
              .with(STEP, 30.0)
              .with(BASE, 10.0)
              .with(SCALE, 400.0)
              .with(INITIAL, 1000.0),
          plain(
                  "win-rate",
                  "the share of points that an item won",
                  settings ->
                      WinRate.builder()
                          .backend(settings.backend())
                          .pooled(settings.flag(POOLED))
                          .build())
              .with(POOLED, false),
          plain(
              "borda",
              "points count, and all items are compared equally often",
              settings -> Borda.builder().backend(settings.backend()).build()),
          plain(
              "copeland",
              "opponents that are beaten count",
              settings -> Copeland.builder().backend(settings.backend()).build()),
          iterative(
              "eigenvector",
              "a win counts as much as the item that was beaten",
              10_000,
              1e-10,
              settings -> iterative(Eigenvector.builder(), settings).build()),
          iterative(
                  "page-rank",
                  "a walk goes from an item to one that has beaten it",
                  1000,
                  1e-10,
                  settings ->
                      iterative(PageRank.builder(), settings)
                          .damping(settings.amount(DAMPING))
                          .build())
              .with(DAMPING, 0.85),
          iterative(
                  "kemeny",
                  "the order that contradicts the fewest comparisons",
                  1000,
                  0.0,
                  settings ->
                      iterative(Kemeny.builder(), settings)
                          .exactLimit(settings.count(EXACT_LIMIT))
                          .build())
              .with(EXACT_LIMIT, 16));

  private PairwiseMethods() {}

  private static Method<PairwiseMethod> plain(
      String id, String description, Function<Settings, PairwiseMethod> builder) {
    return Method.of(id, Kind.PAIRWISE, description, builder);
  }

  private static Method<PairwiseMethod> iterative(
      String id,
      String description,
      int maxIterations,
      double tolerance,
      Function<Settings, PairwiseMethod> builder) {
    return plain(id, description, builder)
        .with(MAX_ITERATIONS, maxIterations)
        .with(TOLERANCE, tolerance);
  }

  private static <B extends IterativePairwiseBuilder<B>> B iterative(B builder, Settings settings) {
    return builder
        .backend(settings.backend())
        .maxIterations(settings.count(MAX_ITERATIONS))
        .tolerance(settings.amount(TOLERANCE));
  }

  private static PairwiseMethod bradleyTerry(Settings settings) {
    String ties = settings.word(TIES).toUpperCase(Locale.ROOT).replace('-', '_');
    String solver = settings.word(SOLVER).toUpperCase(Locale.ROOT);
    return iterative(BradleyTerry.builder(), settings)
        .ties(BradleyTerry.Ties.valueOf(ties))
        .solver(BradleyTerry.Solver.valueOf(solver))
        .orderEffect(settings.flag(ORDER_EFFECT))
        .prior(settings.amount(PRIOR))
        .adjustment(settings.amount(ADJUSTMENT))
        .standardErrorLimit(settings.count(STANDARD_ERROR_LIMIT))
        .build();
  }
}
