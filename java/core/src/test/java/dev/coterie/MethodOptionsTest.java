package dev.coterie;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Auto;
import dev.coterie.consensus.BayesianClassifierCombination;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.ConsensusMethod;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.EmBuilder;
import dev.coterie.consensus.EnhancedBayesianClassifierCombination;
import dev.coterie.consensus.Glad;
import dev.coterie.consensus.Mace;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.consensus.MethodBuilder;
import dev.coterie.consensus.OneCoinDawidSkene;
import dev.coterie.consensus.WeightedVote;
import dev.coterie.consensus.ZenCrowd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Options set by code that does not know the method, from outside of its package. */
class MethodOptionsTest {
  private static <B extends MethodBuilder<B>> B common(B builder) {
    return builder.backend("scalar").threads(1).gold(Map.of("t", "y"));
  }

  private static <B extends EmBuilder<B>> ConsensusMethod iterated(B builder) {
    return common(builder.maxIterations(1)).build();
  }

  @Test
  void helpersSetTheOptionsOfAnyMethod() {
    List<ConsensusMethod> methods =
        List.of(
            common(MajorityVote.builder()).build(),
            common(Auto.builder()).seed(1).build(),
            common(WeightedVote.builder()).positional(true).build(),
            iterated(DawidSkene.builder()),
            iterated(OneCoinDawidSkene.builder()),
            iterated(ZenCrowd.builder()),
            iterated(Mace.builder()),
            common(Glad.builder().maxIterations(1)).build(),
            iterated(BayesianClassifierCombination.builder()),
            iterated(EnhancedBayesianClassifierCombination.builder()));
    try (AnswerTable table =
        AnswerTable.builder().backend("scalar").add("t", "e", "x").add("u", "e", "y").build()) {
      for (ConsensusMethod method : methods) {
        try (Consensus consensus = method.fit(table)) {
          assertEquals("y", consensus.answer("t"), method.id());
          assertEquals("scalar", consensus.backend().id());
        }
      }
    }
  }

  @Test
  void noBackendAndAutoMeanTheDefaultOne() {
    try (AnswerTable table = AnswerTable.builder().backend("auto").add("t", "e", "x").build()) {
      for (String backend : new String[] {null, "auto"}) {
        try (Consensus consensus =
            MajorityVote.builder().backend("scalar").backend(backend).build().fit(table)) {
          assertEquals(Backends.current(), consensus.backend());
        }
      }
    }
  }
}
