package dev.coterie.cli.method;

import static dev.coterie.cli.method.MethodOption.BIAS;
import static dev.coterie.cli.method.MethodOption.GOLD;
import static dev.coterie.cli.method.MethodOption.LOSS;
import static dev.coterie.cli.method.MethodOption.MAX_ITERATIONS;
import static dev.coterie.cli.method.MethodOption.NORMALISER;
import static dev.coterie.cli.method.MethodOption.POINT_ESTIMATES;
import static dev.coterie.cli.method.MethodOption.REPEATS;
import static dev.coterie.cli.method.MethodOption.SIGNIFICANCE;
import static dev.coterie.cli.method.MethodOption.SMOOTHING;
import static dev.coterie.cli.method.MethodOption.TOLERANCE;
import static dev.coterie.cli.method.MethodOption.TRIM;

import dev.coterie.consensus.numeric.Catd;
import dev.coterie.consensus.numeric.IterativeNumericBuilder;
import dev.coterie.consensus.numeric.LfcN;
import dev.coterie.consensus.numeric.Mean;
import dev.coterie.consensus.numeric.Median;
import dev.coterie.consensus.numeric.NumericBuilder;
import dev.coterie.consensus.numeric.NumericMethod;
import dev.coterie.consensus.numeric.Pm;
import dev.coterie.consensus.numeric.TrimmedMean;
import dev.coterie.consensus.numeric.WeightedMean;
import java.util.List;
import java.util.function.Function;

/** The methods for numbers. */
final class NumericMethods {
  static final List<Method<NumericMethod>> ALL =
      List.of(
          plain(
              "mean",
              "every expert is equally good, and none is wild",
              settings -> common(Mean.builder(), settings).build()),
          plain(
              "median",
              "every expert is equally good, and fewer than half are wild",
              settings -> common(Median.builder(), settings).build()),
          plain(
                  "trimmed-mean",
                  "every expert is equally good, and few are wild",
                  settings ->
                      common(TrimmedMean.builder(), settings)
                          .fraction(settings.amount(TRIM))
                          .build())
              .with(TRIM, 0.2),
          plain(
              "weighted-mean",
              "each answer has a weight",
              settings -> common(WeightedMean.builder(), settings).build()),
          iterative(
                  "lfc-n",
                  "each expert has a variance and, if wanted, a bias of its own",
                  settings ->
                      iterative(LfcN.builder(), settings)
                          .smoothing(settings.amount(SMOOTHING))
                          .bias(settings.flag(BIAS))
                          .pointEstimates(settings.flag(POINT_ESTIMATES))
                          .build())
              .with(SMOOTHING, 5.0)
              .with(BIAS, false)
              .with(POINT_ESTIMATES, false),
          iterative(
                  "catd",
                  "experts with few answers are trusted less, by confidence intervals",
                  settings ->
                      iterative(Catd.builder(), settings)
                          .significance(settings.amount(SIGNIFICANCE))
                          .build())
              .with(SIGNIFICANCE, 0.05),
          iterative(
                  "pm",
                  "experts count by the logarithm of their share of all distances",
                  settings ->
                      iterative(Pm.builder(), settings)
                          .loss(loss(settings.word(LOSS)))
                          .normaliser(normaliser(settings.word(NORMALISER)))
                          .build())
              .with(LOSS, "absolute")
              .with(NORMALISER, "sum"));

  private NumericMethods() {}

  private static Method<NumericMethod> plain(
      String id, String description, Function<Settings, NumericMethod> builder) {
    return Method.of(id, Kind.NUMERIC, description, builder)
        .with(REPEATS, "count-all")
        .with(GOLD, null);
  }

  private static Method<NumericMethod> iterative(
      String id, String description, Function<Settings, NumericMethod> builder) {
    return plain(id, description, builder).with(MAX_ITERATIONS, 5000).with(TOLERANCE, 1e-9);
  }

  private static <B extends NumericBuilder<B>> B common(B builder, Settings settings) {
    return builder
        .known(settings.known())
        .repeats(settings.repeats())
        .threads(settings.threads())
        .backend(settings.backend());
  }

  private static <B extends IterativeNumericBuilder<B>> B iterative(B builder, Settings settings) {
    return common(builder, settings)
        .maxIterations(settings.count(MAX_ITERATIONS))
        .tolerance(settings.amount(TOLERANCE));
  }

  private static Pm.Loss loss(String word) {
    return word.equals("squared") ? Pm.Loss.SQUARED : Pm.Loss.ABSOLUTE;
  }

  private static Pm.Normaliser normaliser(String word) {
    return word.equals("largest") ? Pm.Normaliser.LARGEST : Pm.Normaliser.SUM;
  }
}
