package dev.coterie.embeddings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.text.Embedder;
import dev.coterie.text.EmbedderProvider;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The real model. */
class MiniLmTest {
  private static final MiniLm MODEL = new MiniLm();

  private static final List<String> TEXTS =
      List.of(
          "A man is eating food.",
          "A man is eating a piece of bread.",
          "The girl is carrying a baby.",
          "",
          "\ud83d\ude00\ud83d\udc4d",
          "A much longer text, " + "which says the same thing again and again, ".repeat(100),
          "A man is eating food.");

  @AfterAll
  static void close() {
    MODEL.close();
  }

  private static double dot(float[] left, float[] right) {
    double dot = 0;
    for (int d = 0; d < left.length; d++) {
      dot += (double) left[d] * right[d];
    }
    return dot;
  }

  private static double similarity(String left, String right) {
    return dot(MODEL.embed(left), MODEL.embed(right));
  }

  @Test
  void vectorsAreThoseOfTheReference() throws IOException {
    for (Reference reference : Reference.all()) {
      float[] vector = MODEL.embed(reference.text());
      double cosine = 0;
      for (int d = 0; d < vector.length; d++) {
        cosine += vector[d] * reference.vector()[d];
      }
      assertTrue(cosine > 0.98, () -> "cosine with the reference of: " + reference.text());
    }
  }

  @Test
  void paraphrasesAreNearerThanOthers() {
    String[][] triples = {
      {"A man is eating food.", "A man is having a meal.", "The stock market fell today."},
      {"How do I reset my password?", "I forgot my login credentials.", "Best pasta recipes"},
      {"Paris is the capital of France.", "France's capital is Paris.", "Dogs bark at night."},
      {"The movie was wonderful.", "I loved the film.", "The train leaves at noon."},
    };
    for (String[] triple : triples) {
      double near = similarity(triple[0], triple[1]);
      double far = similarity(triple[0], triple[2]);
      assertTrue(near > far + 0.2, () -> triple[0] + ": " + near + " and " + far);
      assertTrue(near > 0.5, () -> triple[0] + ": " + near);
    }
  }

  @Test
  void vectorsHaveTheLengthOne() {
    for (float[] vector : MODEL.embedAll(TEXTS)) {
      assertEquals(MODEL.dimension(), vector.length);
      assertEquals(1, dot(vector, vector), 1e-6);
    }
  }

  @Test
  void theSameTextHasTheSameBits() {
    float[][] batch = MODEL.embedAll(TEXTS);
    try (MiniLm other = new MiniLm(1)) {
      assertArrayEquals(batch, other.embedAll(TEXTS));
    }
    for (int i = 0; i < batch.length; i++) {
      assertArrayEquals(batch[i], MODEL.embed(TEXTS.get(i)));
    }
    int last = batch.length - 1;
    assertArrayEquals(batch[0], batch[last]);
    assertNotSame(batch[0], batch[last]);
  }

  @Test
  void manyThreadsGetTheSameBits() throws Exception {
    float[][] expected = MODEL.embedAll(TEXTS);
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try (MiniLm fresh = new MiniLm(3)) {
      List<Callable<float[][]>> calls = new ArrayList<>();
      for (int c = 0; c < 8; c++) {
        calls.add(
            c % 2 == 0
                ? () -> fresh.embedAll(TEXTS)
                : () -> TEXTS.stream().map(fresh::embed).toArray(float[][]::new));
      }
      for (Future<float[][]> call : executor.invokeAll(calls)) {
        assertArrayEquals(expected, call.get());
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void whatHasNoPieceIsTheEmptyText() {
    assertArrayEquals(MODEL.embed(""), MODEL.embed(" \n\u200b\ud800"));
  }

  @Test
  void ofALongTextNothingIsCutOff() {
    String opening = "The weather is mild and the sky is clear. ".repeat(60);
    float[] weather = MODEL.embed(opening);
    float[] same = MODEL.embed(opening + "The weather is mild. ".repeat(60));
    float[] football = MODEL.embed(opening + "Our football team lost the final match. ".repeat(60));
    assertTrue(dot(weather, same) > dot(weather, football) + 0.1);
    String subject = "Our football team lost the final match.";
    assertTrue(dot(football, MODEL.embed(subject)) > dot(weather, MODEL.embed(subject)) + 0.1);
  }

  @Test
  void aVeryLongTextIsEmbedded() {
    assertEquals(1, dot(MODEL.embed("x".repeat(1_000_000)), MODEL.embed("x".repeat(101))), 1e-6);
    float[] vector = MODEL.embed("once upon a time ".repeat(1000));
    assertEquals(1, dot(vector, vector), 1e-6);
  }

  @Test
  void wrongUseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new MiniLm(0));
    assertThrows(NullPointerException.class, () -> MODEL.embed(null));
    assertThrows(NullPointerException.class, () -> MODEL.embedAll(null));
    NullPointerException e =
        assertThrows(NullPointerException.class, () -> MODEL.embedAll(Arrays.asList("a", null)));
    assertEquals("text 1 is null", e.getMessage());
    assertEquals(0, MODEL.embedAll(List.of()).length);
  }

  @Test
  void aClosedEmbedderRefuses() {
    MiniLm unused = new MiniLm();
    unused.close();
    assertThrows(IllegalStateException.class, () -> unused.embed("a"));
    MiniLm used = new MiniLm();
    used.embed("a");
    used.close();
    used.close();
    assertThrows(IllegalStateException.class, () -> used.embed("a"));
    assertThrows(IllegalStateException.class, () -> used.embedAll(List.of("a", "b")));
    assertEquals(384, used.dimension());
  }

  @Test
  void closingWaitsForWhoIsInside() throws Exception {
    float[] expected = MODEL.embed(TEXTS.get(0));
    for (int round = 0; round < 3; round++) {
      MiniLm embedder = new MiniLm(2);
      CountDownLatch started = new CountDownLatch(3);
      Callable<Integer> work =
          () -> {
            int embedded = 0;
            try {
              while (true) {
                assertArrayEquals(expected, embedder.embed(TEXTS.get(0)));
                if (embedded++ == 0) {
                  started.countDown();
                }
              }
            } catch (IllegalStateException e) {
              return embedded;
            }
          };
      ExecutorService executor = Executors.newFixedThreadPool(3);
      try {
        List<Future<Integer>> calls = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
          calls.add(executor.submit(work));
        }
        assertTrue(started.await(60, TimeUnit.SECONDS), "a thread failed");
        embedder.close();
        for (Future<Integer> call : calls) {
          assertTrue(call.get() >= 1);
        }
      } finally {
        executor.shutdownNow();
      }
    }
  }

  @Test
  void anInterruptEndsLongWork() {
    List<String> many = Collections.nCopies(10_000_000, "a");
    assertInterrupted(() -> MODEL.embedAll(many));
    assertInterrupted(() -> MODEL.embed("once upon a time ".repeat(1000)));
  }

  private static void assertInterrupted(Runnable work) {
    Thread.currentThread().interrupt();
    try {
      assertThrows(CancellationException.class, work::run);
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void itIsFoundByItsId() {
    EmbedderProvider provider = EmbedderProvider.find("minilm");
    try (Embedder embedder = provider.open()) {
      assertInstanceOf(MiniLm.class, embedder);
      assertArrayEquals(MODEL.embed("found"), embedder.embed("found"));
    }
  }

  /** Another model under the same name would silently give other results. */
  @Test
  void theModelIsTheOneThatIsDocumented() throws Exception {
    byte[] model = Session.resource("all-minilm-l6-v2-q.onnx");
    assertEquals(
        "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model)));
  }
}
