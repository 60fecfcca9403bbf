package dev.coterie.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Catd;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.ConsensusMethod;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.Kos;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.consensus.Mmsr;
import dev.coterie.consensus.OneCoinDawidSkene;
import dev.coterie.consensus.Pm;
import dev.coterie.consensus.Wawa;
import dev.coterie.consensus.ZeroBasedSkill;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The published figures of the LLM-judge set: 48 judges, 419 tasks, 20,057 verdicts. */
@ExtendWith(BackendDemand.class)
class RealDataTest {
  private static final String SET = "llm_judges";

  @Test
  void theTableIsTheWholeSet() {
    try (AnswerTable table = Data.table(SET)) {
      assertEquals(20_057, table.answers());
      assertEquals(419, table.tasks());
      assertEquals(48, table.experts());
      assertEquals(2, table.labels());
    }
  }

  @Test
  void majorityVoteReachesItsAccuracy() {
    check(new MajorityVote(), 0.6181, Double.NaN, 0);
  }

  @Test
  void dawidSkeneReachesTheExactMaximum() {
    check(new DawidSkene(), 0.5370, -10333.195, 32);
  }

  @Test
  void smoothedDawidSkeneReachesItsAccuracy() {
    check(DawidSkene.builder().smoothing(0.01).build(), 0.5370, Double.NaN, -1);
  }

  @Test
  void oneCoinReachesTheExactMaximum() {
    check(new OneCoinDawidSkene(), 0.8282, -12043.219, 19);
  }

  @Test
  void weightedVotesReachTheirAccuracies() {
    check(new Wawa(), 0.6181, Double.NaN, 1);
    check(new ZeroBasedSkill(), 0.6181, Double.NaN, 3);
    check(new Catd(), 0.6158, Double.NaN, 4);
    check(new Pm(), 0.8305, Double.NaN, 9);
    check(new Mmsr(), 0.5561, Double.NaN, 56);
    check(new Kos(), 0.6348, Double.NaN, 43);
  }

  private static void check(
      ConsensusMethod method, double accuracy, double logLikelihood, int iterations) {
    try (AnswerTable table = Data.table(SET);
        Consensus consensus = method.fit(table)) {
      Map<String, String> truth = Data.truth(SET);
      long right =
          truth.entrySet().stream()
              .filter(entry -> entry.getValue().equals(consensus.answer(entry.getKey())))
              .count();
      assertEquals(accuracy, (double) right / truth.size(), 0.00005);
      assertTrue(consensus.converged());
      if (!Double.isNaN(logLikelihood)) {
        assertEquals(logLikelihood, consensus.logLikelihood(), 0.0005);
      }
      if (iterations >= 0) {
        assertEquals(iterations, consensus.iterations());
      }
    }
  }
}
