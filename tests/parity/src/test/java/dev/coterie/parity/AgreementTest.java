package dev.coterie.parity;

import dev.coterie.Backends;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Catd;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.ConsensusMethod;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.consensus.Mmsr;
import dev.coterie.consensus.OneCoinDawidSkene;
import dev.coterie.consensus.Pm;
import dev.coterie.consensus.Repeats;
import dev.coterie.consensus.Wawa;
import dev.coterie.consensus.WeightedVote;
import dev.coterie.consensus.ZeroBasedSkill;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random tables: the demanded backend gives the bits of the plain Java one, on any number of
 * threads. A failure names its seed; {@code -Dcoterie.test.seed} repeats one.
 */
@ExtendWith(BackendDemand.class)
class AgreementTest {
  private static final int ROUNDS = 60;

  @TestFactory
  Stream<DynamicTest> randomTablesGiveTheSameBits() {
    Long seed = Long.getLong("coterie.test.seed");
    LongStream seeds = seed == null ? LongStream.range(1, ROUNDS + 1) : LongStream.of(seed);
    return seeds.mapToObj(s -> DynamicTest.dynamicTest("seed " + s, () -> compare(s)));
  }

  /** Two tables that are cut into many spans, so that threads really share the work. */
  @TestFactory
  Stream<DynamicTest> largeTablesGiveTheSameBitsOnEveryNumberOfThreads() {
    return Stream.of(2, 4)
        .map(labels -> DynamicTest.dynamicTest(labels + " labels", () -> compareLarge(labels)));
  }

  private static void compare(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int labels = 1 + random.nextInt(seed % 10 == 0 ? 40 : 6);
    int tasks = 1 + random.nextInt(200);
    int experts = 1 + random.nextInt(30);
    int answers = 1 + random.nextInt(2_000);
    try (AnswerTable table = table(random, answers, tasks, experts, labels, random.nextBoolean())) {
      Options options = Options.random(random);
      List<ConsensusMethod> oracles = options.methods("scalar", 1);
      List<ConsensusMethod> methods = options.methods(Backends.current().id(), 0);
      for (int i = 0; i < methods.size(); i++) {
        try (Consensus expected = oracles.get(i).fit(table);
            Consensus actual = methods.get(i).fit(table)) {
          Bits.assertSame(expected, actual, "seed " + seed + ", " + methods.get(i).id());
        }
      }
    }
  }

  private static void compareLarge(int labels) {
    SplittableRandom random = new SplittableRandom(labels);
    try (AnswerTable table = table(random, 120_000, 20_000, 300, labels, labels == 2)) {
      Options options = Options.random(random);
      List<ConsensusMethod> oracles = options.methods("scalar", 1);
      for (int i = 0; i < oracles.size(); i++) {
        try (Consensus expected = oracles.get(i).fit(table)) {
          for (int threads = 1; threads <= 3; threads++) {
            ConsensusMethod method = options.methods(Backends.current().id(), threads).get(i);
            try (Consensus actual = method.fit(table)) {
              Bits.assertSame(expected, actual, method.id() + " on " + threads + " threads");
            }
          }
        }
      }
    }
  }

  private static AnswerTable table(
      SplittableRandom random, int answers, int tasks, int experts, int labels, boolean weighted) {
    int[] truth = random.ints(tasks, 0, labels).toArray();
    int[] task = random.ints(answers, 0, tasks).toArray();
    int[] expert = random.ints(answers, 0, experts).toArray();
    int[] label = new int[answers];
    float[] weight = weighted ? new float[answers] : null;
    for (int i = 0; i < answers; i++) {
      boolean right = random.nextDouble() < 0.4 + 0.5 * expert[i] / experts;
      label[i] = right ? truth[task[i]] : random.nextInt(labels);
      if (weighted) {
        weight[i] = (float) random.nextDouble(2.0);
      }
    }
    return AnswerTable.ofIndices(task, expert, label, weight, tasks, experts, labels);
  }

  /** Options that every method of one comparison shares. */
  private record Options(Repeats repeats, double smoothing, boolean positional) {
    static Options random(SplittableRandom random) {
      return new Options(
          random.nextBoolean() ? Repeats.LAST_WINS : Repeats.COUNT_ALL,
          random.nextBoolean() ? 0 : random.nextDouble(),
          random.nextBoolean());
    }

    List<ConsensusMethod> methods(String backend, int threads) {
      return List.of(
          MajorityVote.builder().repeats(repeats).backend(backend).threads(threads).build(),
          WeightedVote.builder()
              .positional(positional)
              .repeats(repeats)
              .backend(backend)
              .threads(threads)
              .build(),
          DawidSkene.builder()
              .maxIterations(12)
              .smoothing(smoothing)
              .repeats(repeats)
              .backend(backend)
              .threads(threads)
              .build(),
          OneCoinDawidSkene.builder()
              .maxIterations(12)
              .smoothing(smoothing)
              .repeats(repeats)
              .backend(backend)
              .threads(threads)
              .build(),
          Wawa.builder().repeats(repeats).backend(backend).threads(threads).build(),
          ZeroBasedSkill.builder()
              .learningRate(1 - smoothing)
              .repeats(repeats)
              .backend(backend)
              .threads(threads)
              .build(),
          Catd.builder().repeats(repeats).backend(backend).threads(threads).build(),
          Pm.builder().repeats(repeats).backend(backend).threads(threads).build(),
          Mmsr.builder()
              .maxIterations(50)
              .repeats(repeats)
              .backend(backend)
              .threads(threads)
              .build());
    }
  }
}
