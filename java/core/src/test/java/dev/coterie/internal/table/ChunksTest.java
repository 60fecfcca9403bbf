package dev.coterie.internal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ChunksTest {
  @Test
  void drainsWhatWasAddedAcrossChunks() {
    for (int weightedAt : new int[] {0, 63, 64, 100, Chunks.SIZE - 1, Chunks.SIZE + 3}) {
      drains(2 * Chunks.SIZE + 5, weightedAt);
      drains(weightedAt + 1, weightedAt);
    }
  }

  private static void drains(int size, int weightedAt) {
    Chunks chunks = new Chunks();
    for (int i = 0; i < size; i++) {
      chunks.add(i, i + 1, i + 2, i == weightedAt ? 0.5f : 1.0f);
    }
    assertTrue(chunks.weighted());
    long[] seen = {0};
    chunks.drain(
        (at, task, expert, label, weight, count) -> {
          assertEquals(seen[0], at);
          for (int i = 0; i < count; i++) {
            assertEquals(at + i, task[i]);
            assertEquals(at + i + 1, expert[i]);
            assertEquals(at + i + 2, label[i]);
            assertEquals(at + i == weightedAt ? 0.5f : 1.0f, weight[i]);
          }
          seen[0] += count;
        });
    assertEquals(size, seen[0]);
  }

  @Test
  void keepsNoWeightsWhenAllAreOne() {
    Chunks chunks = new Chunks();
    chunks.add(0, 0, 0, 1.0f);
    assertFalse(chunks.weighted());
    chunks.drain((at, task, expert, label, weight, count) -> assertNull(weight));
  }
}
