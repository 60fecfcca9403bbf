package dev.coterie.msgpack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.msgpack.ResponsesForm.Response;
import dev.coterie.msgpack.TextResultForm.Cluster;
import dev.coterie.msgpack.TextResultForm.Task;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the forms as their users see them. */
final class WireFormTest {
  private static final int CASES = Integer.getInteger("coterie.test.wire.cases", 20_000);

  @Test
  void tableTravels() {
    try (AnswerTable table =
            AnswerTable.builder()
                .labels("dog", "cat", "cow")
                .add("photo 1", "Ann", "cat")
                .add("photo 1", "Bob", "dog", 0.5f)
                .add("photo 2", "Ann", "dog")
                .build();
        AnswerTable back = AnswersForm.read(AnswersForm.of(table).toBytes()).toTable()) {
      assertEquals(table.taskNames(), back.taskNames());
      assertEquals(table.expertNames(), back.expertNames());
      assertEquals(table.labelNames(), back.labelNames());
      assertEquals(table.answers(), back.answers());
      for (int i = 0; i < table.answers(); i++) {
        assertEquals(table.task(i), back.task(i));
        assertEquals(table.expert(i), back.expert(i));
        assertEquals(table.label(i), back.label(i));
        assertEquals(table.weight(i), back.weight(i));
      }
    }
  }

  @Test
  void consensusTravels() {
    try (AnswerTable table =
            AnswerTable.builder()
                .add("a", "Ann", "x")
                .add("a", "Bob", "x")
                .add("b", "Ann", "y")
                .add("b", "Cleo", "x")
                .build();
        Consensus fit = new DawidSkene().fit(table);
        Consensus vote = new MajorityVote().fit(table)) {
      CategoricalResultForm form = CategoricalResultForm.of(fit, "dawid-skene");
      CategoricalResultForm back = CategoricalResultForm.read(form.toBytes());
      assertEquals("dawid-skene", back.method());
      assertArrayEquals(form.posterior(), back.posterior());
      assertEquals(fit.posterior(1, 0), back.posterior()[2]);
      assertEquals(fit.skill("Cleo"), back.skill()[2]);
      assertEquals(fit.logLikelihood(), back.objective());
      assertEquals(fit.answer(0), back.answer()[0]);
      assertEquals(fit.iterations(), back.iterations());
      assertNull(CategoricalResultForm.of(vote, null).objective());
    }
  }

  @Test
  void anotherKindIsRefused() {
    byte[] message = new ResponsesForm(List.of(Response.of("Ann", "Paris"))).toBytes();
    WireException e = assertThrows(WireException.class, () -> AnswersForm.read(message));
    assertEquals("byte 10 (kind): another kind of message is expected here", e.getMessage());
    assertThrows(NullPointerException.class, () -> WireForm.read(null));
  }

  @Test
  void valuesThatCannotBeReadAreNotWritten() {
    refuses(responses(new Response("q", "e", "t", 1.5, null)), "rows.confidence", "OUT_OF_RANGE");
    refuses(
        responses(new Response(null, "e", "t", null, new float[] {Float.NaN})),
        "rows.embedding",
        "NOT_FINITE");
    refuses(responses(Response.of("e", "half a pair \uD83D")), "message", "INVALID_UTF8");
    refuses(responses(Response.of("\uDE42\uD83D", "t")), "message", "INVALID_UTF8");
    Task task = new Task(null, 0, 1, new int[] {0, 1}, List.of(), List.of());
    refuses(new TextResultForm(1, List.of(task)), "tasks.support", "OUT_OF_RANGE");
    refuses(new TextResultForm(-1, List.of()), "responses", "OUT_OF_RANGE");
    Cluster cluster = new Cluster(-1, new int[0]);
    Task dissent = new Task(null, null, 1, new int[0], List.of(cluster), List.of());
    refuses(new TextResultForm(1, List.of(dissent)), "tasks.dissent.medoid", "OUT_OF_RANGE");
  }

  private static ResponsesForm responses(Response response) {
    return new ResponsesForm(List.of(response));
  }

  private static void refuses(WireForm form, String field, String reason) {
    WireException e = assertThrows(WireException.class, form::toBytes);
    assertEquals(field, e.field());
    assertEquals(WireReason.valueOf(reason), e.reason());
  }

  /** Lengths at which the heads of texts, bins and arrays grow. */
  @Test
  void longMessagesTravel() {
    for (int length : new int[] {31, 32, 255, 256, 65_535, 65_536, 300_000}) {
      String text = "é".repeat(length / 2) + "x".repeat(length % 2);
      float[] embedding = new float[length];
      Arrays.fill(embedding, 0.25f);
      ResponsesForm form = responses(new Response("q", text, text, 0.1, embedding));
      ResponsesForm back = ResponsesForm.read(form.toBytes());
      assertEquals(text, back.rows().get(0).text());
      assertArrayEquals(embedding, back.rows().get(0).embedding());
      int[] rows = new int[length];
      Arrays.setAll(rows, i -> i * 7);
      Task task = new Task("q", 0, 0.5, rows, List.of(), List.of());
      byte[] message = new TextResultForm(Integer.MAX_VALUE, List.of(task)).toBytes();
      assertArrayEquals(rows, TextResultForm.read(message).tasks().get(0).support());
    }
  }

  /** What almost is a message is refused in words or is one, and nothing else. */
  @Test
  void mutatedMessages() {
    List<GoldenMessage> golden =
        GoldenMessage.all().stream()
            .filter(each -> each.accepted() && each.message().length < 2000)
            .toList();
    int accepted = 0;
    for (int seed = 0; seed < CASES; seed++) {
      byte[] message = golden.get(seed % golden.size()).message();
      byte[] mutated = new MessageMutation(seed).apply(message);
      try {
        byte[] canonical = WireForm.read(mutated).toBytes();
        assertArrayEquals(canonical, WireForm.read(canonical).toBytes(), "seed " + seed);
        accepted++;
      } catch (WireException e) {
        assertTrue(e.position() >= 0 && e.position() <= mutated.length, "seed " + seed);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " " + HexFormat.of().formatHex(mutated), e);
      }
    }
    assertTrue(accepted > CASES / 50 && accepted < CASES / 2, accepted + " of " + CASES);
  }
}
