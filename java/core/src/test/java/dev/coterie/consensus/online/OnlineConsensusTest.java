package dev.coterie.consensus.online;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.FitControl;
import dev.coterie.consensus.PriorCounts;
import dev.coterie.testing.SplitMix64;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineConsensusTest {
  private static OnlineBuilder builder() {
    return OnlineConsensus.builder().backend("scalar");
  }

  private static List<Answer> answers(long seed, int count, String... labels) {
    SplitMix64 random = new SplitMix64(seed);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int task = random.below(30);
      int expert = random.below(6);
      boolean right = random.unit() < 0.5 + 0.08 * expert;
      String label = labels[right ? task % labels.length : random.below(labels.length)];
      answers.add(new Answer("task " + task, "expert " + expert, label));
    }
    return answers;
  }

  @Test
  void answersComeAndGoByName() {
    try (OnlineConsensus online = builder().build()) {
      assertEquals(0, online.tasks());
      assertEquals(List.of(), online.labelNames());
      online.add("t", "Ann", "yes");
      assertEquals("yes", online.answer("t"));
      assertNull(online.runnerUp("t"));
      online.addAll(List.of(new Answer("t", "Bob", "no"), new Answer("t", "Eve", "no", 2.0f)));
      assertEquals("no", online.answer("t"));
      assertEquals("yes", online.runnerUp("t"));
      assertEquals(List.of("yes", "no"), online.labelNames());
      assertEquals(online.posterior("t")[1], online.confidence("t"));
      assertTrue(online.skill("Eve") > online.skill("Ann"));
      assertEquals(3, online.answersTo(0));
      // Another answer replaces the one before.
      online.add("t", "Ann", "no");
      assertEquals(3, online.answers());
      online.remove("t", "Bob");
      assertEquals(2, online.answers());
      assertEquals(0, online.answersBy(1));
      assertThrows(IllegalArgumentException.class, () -> online.remove("t", "Bob"));
      assertThrows(IllegalArgumentException.class, () -> online.answer("u"));
      online.declare(List.of("u"), List.of("Zoe"));
      assertNull(online.answer("u"));
      assertTrue(Double.isNaN(online.confidence("u")));
      assertArrayEquals(new double[] {0.5, 0.5}, online.posterior("u"));
      assertEquals(1.0, online.confusionMatrix("Zoe")[0][0] + online.confusionMatrix("Zoe")[0][1]);
    }
  }

  @Test
  void refusedUpdatesChangeNothing() {
    try (OnlineConsensus online = builder().labels("a", "b").build()) {
      online.addAll(answers(1, 40, "a", "b"));
      byte[] before = online.toBytes();
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  online.addAll(List.of(new Answer("new", "new", "a"), new Answer("x", "y", "c"))));
      assertTrue(e.getMessage().contains("answer 1: label \"c\""), e.getMessage());
      assertThrows(
          IllegalArgumentException.class,
          () -> online.add(new int[] {99}, new int[] {0}, new int[] {0}, null));
      assertThrows(
          IllegalArgumentException.class,
          () -> online.add(new int[] {0}, new int[] {0, 0}, new int[] {0}, null));
      assertThrows(IllegalArgumentException.class, () -> new Answer("t", "e", "l", Float.NaN));
      FitControl control = new FitControl();
      control.cancel();
      assertThrows(CancellationException.class, () -> online.refit(control));
      assertArrayEquals(before, online.toBytes());
      assertThrows(IllegalStateException.class, () -> online.grow(9, 9, 2));
    }
  }

  @Test
  void indicesNeedNoNames() {
    try (OnlineConsensus online = builder().indexed(2).build()) {
      online.add(new int[] {3, 3}, new int[] {0, 1}, new int[] {1, 2}, new float[] {1, 0.5f});
      assertEquals(4, online.tasks());
      assertEquals(3, online.labels());
      assertEquals(1, online.answer(3));
      assertEquals(-1, online.answer(0));
      assertEquals(List.of("0", "1"), online.expertNames());
      assertThrows(IllegalStateException.class, () -> online.add("t", "e", "l"));
      assertThrows(IllegalStateException.class, () -> online.answer("3"));
      online.remove(new int[] {3}, new int[] {1});
      online.grow(9, 2, 2);
      assertEquals(9, online.tasks());
      try (OnlineConsensus copy = OnlineConsensus.fromBytes(online.toBytes(), "scalar")) {
        assertArrayEquals(online.toBytes(), copy.toBytes());
      }
    }
  }

  /** A refit has the bits of a batch fit of the same answers, and so has its snapshot. */
  @Test
  void refitIsTheBatchFit() {
    try (OnlineConsensus online = builder().labels("a", "b", "c").build()) {
      answers(2, 150, "a", "b", "c").forEach(a -> online.addAll(List.of(a)));
      OnlineConsensus.Refit refit = online.refit();
      try (Consensus snapshot = online.snapshot()) {
        AnswerTable table = snapshot.table();
        assertEquals(online.answers(), table.answers());
        double[][] trust = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        Map<String, double[][]> trusts = new HashMap<>();
        table.expertNames().forEach(name -> trusts.put(name, trust));
        DawidSkene batch =
            DawidSkene.builder()
                .backend("scalar")
                .smoothing(0.01)
                .priorCounts(trusts, PriorCounts.EVERY_ITERATION)
                .build();
        try (Consensus expected = batch.fit(table)) {
          assertEquals(expected.iterations(), refit.iterations());
          assertEquals(expected.logLikelihood(), refit.logLikelihood());
          assertEquals(expected.logLikelihood(), snapshot.logLikelihood());
          for (int t = 0; t < table.tasks(); t++) {
            assertArrayEquals(expected.posterior(t), online.posterior(t));
            assertArrayEquals(expected.posterior(t), snapshot.posterior(t));
            assertEquals(expected.answer(t), online.answer(t));
          }
          for (int e = 0; e < table.experts(); e++) {
            assertEquals(expected.skill(e), online.skill(e));
            assertArrayEquals(expected.confusionMatrix(e), online.confusionMatrix(e));
            assertArrayEquals(expected.confusionMatrix(e), snapshot.confusionMatrix(e));
          }
        }
        // The snapshot stays as it was.
        double[] before = snapshot.posterior(0);
        online.add("task 0", "a newcomer", "c");
        assertArrayEquals(before, snapshot.posterior(0));
        assertEquals(-1, table.indexOfExpert("a newcomer"));
      }
      try (Consensus later = online.snapshot()) {
        assertTrue(Double.isNaN(later.logLikelihood()));
      }
    }
  }

  @Test
  void savedModelsGoOnAsBefore(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.coterie");
    Files.writeString(file, "what was there before");
    try (OnlineConsensus online = builder().neighbours(2, 5).build()) {
      online.addAll(answers(3, 60, "ja", "nein", "z\u00e4h \ud83d\ude00"));
      online.save(file);
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(List.of(file), files.toList());
      }
      try (OnlineConsensus copy = OnlineConsensus.load(file, "scalar")) {
        assertEquals(online.labelNames(), copy.labelNames());
        List<Answer> more = answers(4, 60, "ja", "nein", "vielleicht");
        online.addAll(more);
        copy.addAll(more);
        assertArrayEquals(online.toBytes(), copy.toBytes());
      }
      // A file that cannot be written leaves the old one.
      Path absent = folder.resolve("absent").resolve("model");
      assertThrows(IOException.class, () -> online.save(absent));
    }
  }

  @Test
  void damagedNamesAreRefused() {
    byte[] state;
    try (OnlineConsensus online = builder().labels("yes", "no").build()) {
      online.add("t\u00e4sk", "Ann", "yes");
      online.add("u", "Bob", "no");
      state = online.toBytes();
    }
    int start =
        state.length - 4 - (int) ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN).getLong(24);
    int refused = 0;
    for (int at = start; at < state.length - 4; at++) {
      for (int value : new int[] {0, 1, 0x7F, 0xFF, 'u'}) {
        byte[] lying = state.clone();
        lying[at] = (byte) value;
        CRC32 crc = new CRC32();
        crc.update(lying, 0, lying.length - 4);
        ByteBuffer.wrap(lying)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(lying.length - 4, (int) crc.getValue());
        try (OnlineConsensus online = OnlineConsensus.fromBytes(lying, "scalar")) {
          assertEquals(2, online.taskNames().size());
        } catch (IllegalArgumentException e) {
          assertTrue(e.getMessage().contains("byte "), e.getMessage());
          refused++;
        }
      }
    }
    assertTrue(refused > 50, refused + " were refused");
  }

  /** One writer and many readers: what a reader sees is of one moment. */
  @Test
  void readersSeeOneMoment() throws Exception {
    try (OnlineConsensus online = builder().labels("a", "b").build()) {
      online.addAll(answers(5, 30, "a", "b"));
      AtomicBoolean done = new AtomicBoolean();
      ExecutorService pool = Executors.newFixedThreadPool(4);
      try {
        List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          readers.add(
              pool.submit(
                  () -> {
                    int seen = 0;
                    while (!done.get()) {
                      assertEquals(1.0, Arrays.stream(online.posterior("task 1")).sum(), 1e-12);
                      try (Consensus all = online.snapshot();
                          OnlineConsensus copy =
                              OnlineConsensus.fromBytes(online.toBytes(), "scalar")) {
                        assertEquals(all.table().tasks(), all.table().taskNames().size());
                        assertTrue(copy.answers() >= all.table().answers());
                      }
                      seen++;
                    }
                    return seen;
                  }));
        }
        for (int i = 0; i < 40; i++) {
          online.addAll(answers(100 + i, 20, "a", "b"));
          online.add("task " + (30 + i), "expert 1", "a");
          if (i % 10 == 9) {
            online.refit();
          }
        }
        done.set(true);
        for (Future<Integer> reader : readers) {
          assertTrue(reader.get() > 0);
        }
      } finally {
        done.set(true);
        pool.shutdown();
      }
    }
  }

  @Test
  void closedModelsSaySo() {
    OnlineConsensus online = builder().build();
    online.add("t", "e", "l");
    online.close();
    online.close();
    assertThrows(IllegalStateException.class, () -> online.add("t", "e", "l"));
    assertThrows(IllegalStateException.class, () -> online.answer("t"));
    assertThrows(IllegalStateException.class, online::toBytes);
    assertThrows(IllegalStateException.class, online::refit);
    assertEquals("OnlineConsensus[closed]", online.toString());
  }

  @Test
  void optionsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> builder().sweeps(-1));
    assertThrows(IllegalArgumentException.class, () -> builder().smoothing(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> builder().trust(-1));
    assertThrows(IllegalArgumentException.class, () -> builder().labels("a", "a"));
    assertThrows(IllegalStateException.class, () -> builder().labels("a").indexed(2));
    try (OnlineConsensus empty = builder().build()) {
      assertThrows(IllegalStateException.class, empty::snapshot);
      assertThrows(IllegalArgumentException.class, empty::refit);
      assertFalse(empty.toString().isEmpty());
    }
  }
}
