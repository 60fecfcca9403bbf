package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coterie.consensus.FitControl;
import dev.coterie.text.Embedder;
import dev.coterie.text.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Embedding in batches, and its end when the work is cancelled. */
class WatchedEmbedderTest {
  private final FitControl control = new FitControl();

  private Embedder watched(Embedder embedder) {
    return new WatchedEmbedder(embedder, new Progress(null, control));
  }

  @Test
  void vectorsInTheOrderOfTheTexts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 2 * WatchedEmbedder.BATCH + 3; i++) {
      texts.add("x".repeat(i));
    }
    float[][] vectors =
        watched(Embedder.of(2, text -> new float[] {1, text.length()})).embedAll(texts);
    assertEquals(texts.size(), vectors.length);
    for (int i = 0; i < vectors.length; i++) {
      assertArrayEquals(new float[] {1, i}, vectors[i]);
    }
  }

  @Test
  void cancelledBetweenBatches() {
    int[] calls = {0};
    Embedder embedder =
        watched(
            Embedder.of(
                1,
                text -> {
                  calls[0]++;
                  control.cancel();
                  return new float[] {1};
                }));
    TextTable.Builder table = TextTable.builder();
    for (int i = 0; i < 2 * WatchedEmbedder.BATCH; i++) {
      table.add("expert " + i, "text");
    }
    TextTable built = table.build();
    assertThrows(CancellationException.class, () -> built.embedded(embedder));
    assertEquals(WatchedEmbedder.BATCH, calls[0]);
  }
}
