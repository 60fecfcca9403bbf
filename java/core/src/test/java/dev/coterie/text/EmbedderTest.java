package dev.coterie.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbedderTest {
  private static final float[] ONE = {1, 2};

  @Test
  void aFunctionIsAnEmbedder() {
    try (Embedder embedder = Embedder.of(2, text -> new float[] {text.length(), -1})) {
      assertEquals(2, embedder.dimension());
      assertArrayEquals(new float[] {3, -1}, embedder.embed("cat"));
      float[][] all = embedder.embedAll(List.of("", "cat", "cat"));
      assertArrayEquals(new float[][] {{0, -1}, {3, -1}, {3, -1}}, all);
      assertEquals(0, embedder.embedAll(List.of()).length);
    }
  }

  @Test
  void theVectorIsTheCallers() {
    Embedder embedder = Embedder.of(2, text -> ONE);
    assertNotSame(ONE, embedder.embed("a"));
    assertNotSame(embedder.embed("a"), embedder.embed("a"));
  }

  @Test
  void whatAFunctionReturnsIsChecked() {
    assertFails("returned null", Embedder.of(2, text -> null));
    assertFails("3 numbers, but the embedder was made for 2", Embedder.of(2, t -> new float[3]));
    float[] broken = {0, Float.NaN};
    assertFails("number 1 of what", Embedder.of(2, text -> broken));
    float[] infinite = {Float.NEGATIVE_INFINITY, 0};
    assertFails("number 0 of what", Embedder.of(2, text -> infinite));
  }

  private static void assertFails(String message, Embedder embedder) {
    EmbedderException e = assertThrows(EmbedderException.class, () -> embedder.embed("a"));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void wrongUseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Embedder.of(0, text -> ONE));
    assertThrows(NullPointerException.class, () -> Embedder.of(2, null));
    Embedder embedder = Embedder.of(2, text -> ONE);
    assertThrows(NullPointerException.class, () -> embedder.embed(null));
    assertThrows(NullPointerException.class, () -> embedder.embedAll(null));
    assertThrows(
        NullPointerException.class, () -> embedder.embedAll(Arrays.asList("a", null, "b")));
  }

  @Test
  void anUnknownIdSaysWhichArtifactHasIt() {
    EmbedderException missing =
        assertThrows(EmbedderException.class, () -> EmbedderProvider.find("minilm"));
    assertTrue(missing.getMessage().contains("dev.coterie:coterie-embeddings"));
    EmbedderException unknown =
        assertThrows(EmbedderException.class, () -> EmbedderProvider.find("word2vec"));
    assertEquals("there is no embedder word2vec", unknown.getMessage());
  }
}
