package dev.coterie.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.FitControl;
import dev.coterie.consensus.Repeats;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TextConsensusTest {
  private static final TextConsensus SCALAR = TextConsensus.builder().backend("scalar").build();

  private static TextTable circle() {
    return TextTable.builder()
        .add("ann", "The capital of Australia is Canberra, not Sydney.")
        .add("bob", "Sydney is the largest city, but Canberra is the capital of Australia.")
        .add("cid", "Canberra is the capital city of Australia.")
        .add("dan", "Melbourne was the seat of government until 1927.")
        .build();
  }

  @Test
  void theAnswerIsOneOfTheTexts() {
    TextAnswer answer = SCALAR.fit(circle()).answer();
    assertEquals("cid", answer.chosen().expert());
    assertEquals("Canberra is the capital city of Australia.", answer.text());
    assertEquals(3, answer.supporters().size());
    assertEquals(0.75, answer.support());
    assertTrue(answer.confidence() > 0.5 && answer.confidence() < 0.9);
    assertEquals(1, answer.dissent().size());
    assertEquals("dan", answer.dissent().get(0).medoid().expert());
    assertEquals(0.25, answer.dissent().get(0).support());
    assertTrue(answer.themes().stream().anyMatch(theme -> theme.text().contains("canberra")));
  }

  @Test
  void noOrderOfTheTextsShows() {
    List<Response> responses = new ArrayList<>(circle().responses());
    TextAnswer expected = SCALAR.fit(circle()).answer();
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(responses, random);
      TextTable.Builder builder = TextTable.builder();
      responses.forEach(r -> builder.add(r.task(), r.expert(), r.text(), r.confidence()));
      TextAnswer answer = SCALAR.fit(builder.build()).answer();
      assertEquals(expected.text(), answer.text());
      assertEquals(expected.confidence(), answer.confidence());
      assertEquals(expected.themes(), answer.themes());
      assertEquals(
          expected.supporters().members().stream().map(Response::expert).toList(),
          answer.supporters().members().stream().map(Response::expert).toList());
    }
  }

  @Test
  void oneTextIsAnAnswerThatNobodyConfirms() {
    TextAnswer answer = SCALAR.fit(TextTable.builder().add("ann", "").build()).answer();
    assertEquals("", answer.text());
    assertEquals(1.0, answer.support());
    assertEquals(2.0 / 3.0, answer.confidence());
    assertTrue(answer.dissent().isEmpty());
    assertTrue(answer.themes().isEmpty());
  }

  @Test
  void repeatsShareAVoteOrTheLastOneWins() {
    TextTable.Builder builder =
        TextTable.builder()
            .add("spam", "buy this now")
            .add("spam", "buy this now")
            .add("spam", "buy this now")
            .add("ann", "it rains today")
            .add("bob", "today it rains");
    assertEquals("ann", SCALAR.fit(builder.build()).answer().chosen().expert());
    TextTable last = builder.repeats(Repeats.LAST_WINS).build();
    assertEquals(3, last.responses().size());
    assertEquals(2, last.responses().get(0).row());
    TextResult result = SCALAR.fit(last);
    assertEquals(1.0, result.weight(last.responses().get(0)));
    assertTrue(result.centrality(last.responses().get(1)) > 1.0);
  }

  @Test
  void expertsOfSeveralTasksHaveSkills() {
    TextTable.Builder builder = TextTable.builder();
    for (int task = 0; task < 6; task++) {
      builder.add("t" + task, "good", "the answer number " + task + " is right", 1.0);
      builder.add("t" + task, "fair", "answer number " + task + " is right", 1.0);
      builder.add("t" + task, "odd", "something else " + "abcdef".charAt(task), 1.0);
    }
    TextResult result = SCALAR.fit(builder.build());
    assertTrue(result.skill("good") > 2 * result.skill("odd"));
    assertEquals(6, result.answers().size());
    assertEquals("t3", result.answer("t3").task());
    assertThrows(NoSuchElementException.class, () -> result.answer("t9"));
    assertThrows(IllegalStateException.class, result::answer);
    assertTrue(Double.isNaN(SCALAR.fit(circle()).skill("ann")));
  }

  @Test
  void embeddingsComeFromTheCallerOrAnEmbedder() {
    TextTable table = circle();
    TextConsensus cosine =
        TextConsensus.builder().similarity(Similarity.EMBEDDING_COSINE).backend("scalar").build();
    assertThrows(IllegalArgumentException.class, () -> cosine.fit(table));
    Embedder byLength = Embedder.of(2, text -> new float[] {1.0f, text.length() > 50 ? 1.0f : 0});
    TextAnswer answer = cosine.fit(table.embedded(byLength)).answer();
    assertEquals(4, answer.supporters().size());
    float[] nan = {Float.NaN, 0.0f};
    assertThrows(
        IllegalArgumentException.class, () -> TextTable.builder().add("", "ann", "x", 1.0, nan));
    TextTable.Builder mixed = TextTable.builder().add("ann", "x");
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> mixed.add("", "bob", "y", 1.0, new float[] {1.0f}));
    assertTrue(refused.getMessage().contains("text 1"), refused.getMessage());
  }

  @Test
  void badOptionsAndRowsAreRefused() {
    TextConsensus.Builder builder = TextConsensus.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.threshold(1.5));
    assertThrows(IllegalArgumentException.class, () -> builder.threshold(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> builder.minPoints(0));
    assertThrows(IllegalArgumentException.class, () -> builder.themes(1001));
    assertThrows(IllegalArgumentException.class, () -> builder.threads(-1));
    assertThrows(IllegalArgumentException.class, () -> builder.backend("none"));
    assertThrows(IllegalArgumentException.class, () -> TextTable.builder().build());
    TextTable.Builder table = TextTable.builder();
    for (double confidence : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> table.add("t", "e", "text", confidence));
    }
  }

  @Test
  void aCancelledControlStopsTheWork() {
    FitControl control = new FitControl();
    control.cancel();
    assertThrows(CancellationException.class, () -> SCALAR.fit(circle(), control));
  }

  @Test
  void similaritiesAreInTheOrderOfTheResponses() {
    TextTable table = circle();
    TextSimilarities similarities = TextSimilarities.of(table, Similarity.TRIGRAM_DICE, "scalar");
    double[][] matrix = similarities.matrix();
    List<TextSimilarities.SimilarPair> pairs = similarities.pairs(0.3);
    assertFalse(pairs.isEmpty());
    int expected = 0;
    for (int i = 0; i < matrix.length; i++) {
      assertEquals(1.0, matrix[i][i]);
      for (int j = i + 1; j < matrix.length; j++) {
        assertEquals(matrix[i][j], matrix[j][i]);
        expected += matrix[i][j] >= 0.3 ? 1 : 0;
      }
    }
    assertEquals(expected, pairs.size());
    for (TextSimilarities.SimilarPair pair : pairs) {
      assertEquals(matrix[pair.first().row()][pair.second().row()], pair.similarity());
      assertSame(table.responses().get(pair.first().row()), pair.first());
    }
  }

  @Test
  void everySimilarityWorksWithEveryClustering() {
    TextTable table = circle().embedded(Embedder.of(1, text -> new float[] {1.0f}));
    for (Similarity similarity : Similarity.values()) {
      for (Clustering clustering : Clustering.values()) {
        TextAnswer answer =
            TextConsensus.builder()
                .similarity(similarity)
                .clustering(clustering)
                .confidence(ConfidenceRule.POOLED)
                .backend("scalar")
                .build()
                .fit(table)
                .answer();
        int texts = answer.dissent().stream().mapToInt(TextCluster::size).sum();
        assertEquals(4, answer.supporters().size() + texts);
        assertTrue(answer.confidence() >= 0.0 && answer.confidence() <= 1.0);
      }
    }
  }
}
