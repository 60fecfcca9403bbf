package dev.coterie.testing;

import static org.junit.jupiter.api.Assertions.fail;

import dev.coterie.consensus.GoldenFit;
import dev.coterie.consensus.numeric.GoldenNumericFit;
import dev.coterie.consensus.pairwise.GoldenPairwise;
import dev.coterie.internal.BackendRegistry;
import dev.coterie.spi.KernelProbe;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every backend has to fulfil: the golden vectors, bit for bit. */
public abstract class GoldenContract {
  private final String backend;

  /** Tests the backend with this id. */
  protected GoldenContract(String backend) {
    this.backend = backend;
  }

  private KernelProbe kernels() {
    return BackendRegistry.global().open(backend).kernels();
  }

  @Test
  void exponentials() {
    checkFunction("exp", kernels()::exp);
  }

  @Test
  void logarithms() {
    checkFunction("log", kernels()::log);
  }

  private static void checkFunction(String name, BiConsumer<double[], double[]> function) {
    List<String[]> lines = GoldenData.kernel(name);
    double[] x = lines.stream().mapToDouble(words -> GoldenData.parseDouble(words[0])).toArray();
    double[] all = new double[x.length];
    function.accept(x, all);
    for (int i = 0; i < x.length; i++) {
      double expected = GoldenData.parseDouble(lines.get(i)[1]);
      double[] alone = new double[1];
      function.accept(new double[] {x[i]}, alone);
      assertBits(expected, all[i], name + "(" + x[i] + ") in an array");
      assertBits(expected, alone[0], name + "(" + x[i] + ") alone");
    }
  }

  @Test
  void notANumberStaysTheSame() {
    double nan = Double.longBitsToDouble(0xFFF8000000012345L);
    double[] x = {nan, 1.0, nan, nan, nan, nan, nan, nan, nan};
    double[] out = new double[x.length];
    kernels().exp(x, out);
    assertBits(nan, out[0], "exp(NaN)");
    assertBits(nan, out[8], "exp(NaN)");
    kernels().log(x, out);
    assertBits(nan, out[0], "log(NaN)");
    assertBits(nan, out[8], "log(NaN)");
  }

  @Test
  void stripedSums() {
    for (String[] words : GoldenData.kernel("sum")) {
      double[] x =
          GoldenData.sumInput(Integer.parseInt(words[0]), Long.parseUnsignedLong(words[1], 16));
      assertBits(GoldenData.parseDouble(words[2]), kernels().sum(x), "sum of " + words[0]);
    }
  }

  static List<GoldenFit> fits() {
    return GoldenData.fits();
  }

  @ParameterizedTest
  @MethodSource("fits")
  void fitsAreGoldenOnAnyNumberOfThreads(GoldenFit fit) {
    for (int threads : new int[] {1, 2, 3, 0}) {
      fit.check(backend, threads);
    }
  }

  static List<Path> onlineScenarios() {
    return GoldenOnline.files(false);
  }

  @ParameterizedTest
  @MethodSource("onlineScenarios")
  void onlineScenariosAreGolden(Path file) {
    GoldenOnline.scenario(BackendRegistry.global().open(backend).online(), file);
  }

  static List<Path> plans() {
    return GoldenOnline.files(true);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void plansAreGolden(Path file) {
    GoldenOnline.plan(BackendRegistry.global().open(backend).online(), file);
  }

  @Test
  void onlineStateIsTheGoldenFile() {
    GoldenOnline.stateFile(BackendRegistry.global().open(backend).online());
  }

  @Test
  void damagedOnlineStatesAreRefused() {
    GoldenOnline.damage(BackendRegistry.global().open(backend).online());
  }

  static List<GoldenMeasure> measures() {
    return GoldenMeasure.all();
  }

  @ParameterizedTest
  @MethodSource("measures")
  void measuresAreGolden(GoldenMeasure measure) {
    measure.check(backend);
  }

  static List<GoldenPairwise> pairwiseFits() {
    return GoldenData.pairwiseFits();
  }

  @ParameterizedTest
  @MethodSource("pairwiseFits")
  void pairwiseFitsAreGolden(GoldenPairwise fit) {
    fit.check(backend);
  }

  static List<GoldenNumericFit> numericFits() {
    return GoldenNumericFit.all();
  }

  @ParameterizedTest
  @MethodSource("numericFits")
  void numericFitsAreGoldenOnAnyNumberOfThreads(GoldenNumericFit fit) {
    fit.check(backend, 1, 2, 3, 0);
  }

  static List<GoldenText> textSimilarities() {
    return GoldenText.all("similarities-");
  }

  @ParameterizedTest
  @MethodSource("textSimilarities")
  void textSimilaritiesAreGolden(GoldenText text) {
    text.checkSimilarities(BackendRegistry.global().open(backend).text());
  }

  static List<GoldenText> textConsensus() {
    return GoldenText.all("consensus-");
  }

  @ParameterizedTest
  @MethodSource("textConsensus")
  void textConsensusIsGoldenOnAnyNumberOfThreads(GoldenText text) {
    text.checkConsensus(BackendRegistry.global().open(backend).text());
  }

  static List<GoldenRover> rovers() {
    return GoldenRover.all();
  }

  @ParameterizedTest
  @MethodSource("rovers")
  void roversAreGolden(GoldenRover rover) {
    rover.check(backend);
  }

  private static void assertBits(double expected, double actual, String what) {
    if (Double.doubleToRawLongBits(expected) != Double.doubleToRawLongBits(actual)) {
      fail(what + " is " + actual + " instead of " + expected);
    }
  }
}
