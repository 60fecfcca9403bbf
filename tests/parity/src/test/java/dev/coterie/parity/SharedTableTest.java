package dev.coterie.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Auto;
import dev.coterie.consensus.BayesianClassifierCombination;
import dev.coterie.consensus.Catd;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.ConsensusMethod;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.EnhancedBayesianClassifierCombination;
import dev.coterie.consensus.Glad;
import dev.coterie.consensus.Kos;
import dev.coterie.consensus.Mace;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.consensus.Mmsr;
import dev.coterie.consensus.OneCoinDawidSkene;
import dev.coterie.consensus.OrdinalDawidSkene;
import dev.coterie.consensus.Pm;
import dev.coterie.consensus.Wawa;
import dev.coterie.consensus.WeightedVote;
import dev.coterie.consensus.ZenCrowd;
import dev.coterie.consensus.ZeroBasedSkill;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fits of one table at once do not see each other: each gives the bits of a fit that is alone. */
@ExtendWith(BackendDemand.class)
class SharedTableTest {
  private static final int FITS = 3;

  static List<ConsensusMethod> methods() {
    return List.of(
        new MajorityVote(),
        new WeightedVote(),
        new DawidSkene(),
        new OneCoinDawidSkene(),
        new Wawa(),
        new ZeroBasedSkill(),
        new Catd(),
        new Pm(),
        new Mmsr(),
        new Kos(),
        new ZenCrowd(),
        new Mace(),
        new Glad(),
        new BayesianClassifierCombination(),
        new EnhancedBayesianClassifierCombination(),
        new OrdinalDawidSkene(),
        new Auto());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void fitsAtOnceAreFitsAlone(ConsensusMethod method) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(FITS);
    try (AnswerTable table = Data.table("llm_judges")) {
      Fitted alone = Fitted.of(method, table);
      CyclicBarrier start = new CyclicBarrier(FITS);
      List<Future<Fitted>> fits = new ArrayList<>();
      for (int i = 0; i < FITS; i++) {
        fits.add(
            threads.submit(
                () -> {
                  start.await();
                  return Fitted.of(method, table);
                }));
      }
      for (Future<Fitted> fit : fits) {
        alone.assertSame(fit.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  /** The bits of a fit. */
  private record Fitted(int iterations, long logLikelihood, long[] posteriors, long[] skills) {
    static Fitted of(ConsensusMethod method, AnswerTable table) {
      try (Consensus fit = method.fit(table)) {
        double[] posteriors = new double[table.tasks() * table.labels()];
        fit.posteriors(0, table.tasks(), posteriors, 0);
        double[] skills = new double[table.experts()];
        for (int expert = 0; expert < skills.length; expert++) {
          skills[expert] = fit.skill(expert);
        }
        return new Fitted(
            fit.iterations(),
            Double.doubleToRawLongBits(fit.logLikelihood()),
            bits(posteriors),
            bits(skills));
      }
    }

    void assertSame(Fitted other) {
      assertEquals(iterations, other.iterations);
      assertEquals(logLikelihood, other.logLikelihood);
      assertArrayEquals(posteriors, other.posteriors);
      assertArrayEquals(skills, other.skills);
    }

    private static long[] bits(double[] values) {
      long[] bits = new long[values.length];
      for (int i = 0; i < values.length; i++) {
        bits[i] = Double.doubleToRawLongBits(values[i]);
      }
      return bits;
    }
  }
}
