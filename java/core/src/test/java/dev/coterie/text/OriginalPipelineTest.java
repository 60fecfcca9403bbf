package dev.coterie.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures worked out by hand from the rules of the original. */
class OriginalPipelineTest {
  private static Response response(int row, String text, double confidence) {
    return new Response(row, "", "expert " + row, text, confidence);
  }

  @Test
  void theOriginalsOwnExampleHasItsFigures() {
    OriginalPipeline.Outcome outcome =
        OriginalPipeline.run(
            List.of(
                response(0, "This is a test response", 0.9),
                response(1, "This is another test response", 0.8)));
    // Four of five words are common: 4 / (sqrt 5 * sqrt 5) in single precision.
    assertEquals(4 / ((float) Math.sqrt(5) * (float) Math.sqrt(5)), outcome.similarity()[0][1]);
    assertEquals(List.of(List.of(0, 1)), outcome.clusters());
    assertEquals(0, outcome.chosen());
    assertEquals(1.0f, outcome.confidence());
    assertEquals(
        "This is a test response\n\n[Consensus based on 2 expert responses with key themes: "
            + String.join(", ", outcome.themes())
            + "]",
        outcome.text());
    assertEquals(List.of("response", "test", "test response"), outcome.themes().subList(0, 3));
  }

  @Test
  void clustersDependOnTheOrderAndTheLastLargestWins() {
    Response left = response(0, "a b c d e f g", 0.5);
    Response middle = response(1, "a b c d e x y", 0.5);
    Response right = response(2, "a b c v w x y", 0.5);
    assertEquals(
        List.of(List.of(0, 1), List.of(2)),
        OriginalPipeline.run(List.of(left, middle, right)).clusters());
    assertEquals(
        List.of(List.of(0, 1, 2)), OriginalPipeline.run(List.of(middle, left, middle)).clusters());
    OriginalPipeline.Outcome apart =
        OriginalPipeline.run(List.of(left, response(1, "quite another answer", 0.25)));
    assertEquals(1, apart.winner());
    assertEquals(0.35f, apart.confidence(), 1e-6f);
    assertEquals(List.of("Alternative view (1 experts): a b c d e f g"), apart.dissent());
  }
}
