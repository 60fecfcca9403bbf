package dev.coterie.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.Backends;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.consensus.agreement.Agreement;
import dev.coterie.consensus.agreement.Calibration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The agreement of the LLM judges, and the published calibration of their majority vote. */
@ExtendWith(BackendDemand.class)
class RealAgreementTest {
  private static final String SET = "llm_judges";

  @Test
  void judgesAgreeLittleBeyondChance() {
    try (AnswerTable table = Data.table(SET)) {
      Agreement agreement = Agreement.of(table);
      assertEquals(0.2293, agreement.alpha().value(), 0.00005);
      assertEquals(0.2292, agreement.fleissKappa().value(), 0.00005);
      assertEquals(0.6149, agreement.observedAgreement().value(), 0.00005);
    }
  }

  @Test
  void majorityVoteHasItsCalibration() {
    try (AnswerTable table = Data.table(SET);
        Consensus vote = new MajorityVote().fit(table)) {
      Calibration calibration = Calibration.of(vote, Data.truth(SET), 10, Backends.current().id());
      assertEquals(0.101, calibration.expectedError(), 0.0005);
      assertEquals(0.475, calibration.brierScore(), 0.0005);
      assertEquals(0.6181, calibration.accuracy(), 0.00005);
    }
  }
}
