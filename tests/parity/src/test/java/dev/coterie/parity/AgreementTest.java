package dev.coterie.parity;

import dev.coterie.Backends;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.ConsensusMethod;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.consensus.OneCoinDawidSkene;
import dev.coterie.consensus.Repeats;
import dev.coterie.consensus.WeightedVote;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random tables: the demanded backend gives the bits of the plain Java one, on any number of threads. A failure names
 * its seed; {@code -Dcoterie.test.seed} repeats one.
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
      for (ConsensusMethod method : methods(random, Backends.current().id())) {
        ConsensusMethod oracle = onBackend(method, "scalar", 1);
        try (Consensus expected = oracle.fit(table);
            Consensus actual = method.fit(table)) {
          Bits.assertSame(expected, actual, "seed " + seed + ", " + method.id());
        }
      }
    }
  }

  private static void compareLarge(int labels) {
    SplittableRandom random = new SplittableRandom(labels);
    try (AnswerTable table = table(random, 120_000, 20_000, 300, labels, labels == 2)) {
      for (ConsensusMethod method : methods(random, Backends.current().id())) {
        try (Consensus expected = onBackend(method, "scalar", 1).fit(table)) {
          for (int threads = 1; threads <= 3; threads++) {
            try (Consensus actual =
                onBackend(method, Backends.current().id(), threads).fit(table)) {
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

  private static List<ConsensusMethod> methods(SplittableRandom random, String backend) {
    Repeats repeats = random.nextBoolean() ? Repeats.LAST_WINS : Repeats.COUNT_ALL;
    double smoothing = random.nextBoolean() ? 0 : random.nextDouble();
    return List.of(
        MajorityVote.builder().repeats(repeats).backend(backend).build(),
        WeightedVote.builder()
            .positional(random.nextBoolean())
            .repeats(repeats)
            .backend(backend)
            .build(),
        DawidSkene.builder()
            .maxIterations(12)
            .smoothing(smoothing)
            .repeats(repeats)
            .backend(backend)
            .build(),
        OneCoinDawidSkene.builder()
            .maxIterations(12)
            .smoothing(smoothing)
            .repeats(repeats)
            .backend(backend)
            .build());
  }

  private static ConsensusMethod onBackend(ConsensusMethod method, String backend, int threads) {
    if (method instanceof MajorityVote vote) {
      return vote.toBuilder().backend(backend).threads(threads).build();
    }
    if (method instanceof WeightedVote vote) {
      return vote.toBuilder().backend(backend).threads(threads).build();
    }
    if (method instanceof DawidSkene model) {
      return model.toBuilder().backend(backend).threads(threads).build();
    }
    return ((OneCoinDawidSkene) method).toBuilder().backend(backend).threads(threads).build();
  }
}
