package dev.coterie.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.abi.FramePool;
import dev.coterie.internal.abi.NativeMemory;
import dev.coterie.internal.abi.NativeText;
import dev.coterie.internal.text.TextNames;
import dev.coterie.internal.text.TextOrder;
import dev.coterie.msgpack.ResponsesForm;
import dev.coterie.msgpack.ResponsesForm.Response;
import dev.coterie.msgpack.TextResultForm;
import dev.coterie.spi.NativeFunctions;
import dev.coterie.spi.TextOutcome;
import dev.coterie.spi.TextProblem;
import dev.coterie.text.Tokeniser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A message of responses, answered by the native library, says what its text engine says. */
@NeedsLibrary
public abstract class TextWireContract {
  private static final int ROOM = 1 << 16;
  private static final String[] WORDS = {
    "The", "capital", "is", "Canberra", "Sydney,", "n\u00f6t", "\u00c9t\u00e9", "5", "-5", "don\u2019t", "\u6771\u4eac"
  };

  private final HeaderFile header = HeaderFile.read();
  private final NativeFunctions functions = functions();
  private final Struct error = new Struct(functions, header, "coterie_error_t");
  private final Struct options = new Struct(functions, header, "coterie_text_wire_options_t");
  private final ByteBuffer message = ByteBuffer.allocateDirect(ROOM);
  private final ByteBuffer out = ByteBuffer.allocateDirect(ROOM);
  private final ByteBuffer written =
      ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());

  /** Returns the binding's functions. */
  protected abstract NativeFunctions functions();

  private int call(TextProblem problem, byte[] bytes, long capacity) {
    options.put("struct_size", header.structs().get("coterie_text_wire_options_t").size());
    options.put("similarity", problem.similarity());
    options.put("choice", problem.choice());
    options.put("clustering", problem.clustering());
    options.put("min_points", problem.minPoints());
    options.put("confidence_rule", problem.confidence());
    options.put("themes", problem.themes());
    options.put("threads", problem.threads());
    options.put("threshold", problem.threshold());
    message.put(0, bytes);
    return functions.textWire(
        options.address(),
        functions.address(message),
        bytes.length,
        functions.address(out),
        capacity,
        functions.address(written),
        0,
        error.address());
  }

  private static ResponsesForm responses(SplittableRandom random) {
    List<Response> rows = new ArrayList<>();
    int tasks = 1 + random.nextInt(4);
    int count = 1 + random.nextInt(40);
    boolean named = tasks > 1 || random.nextBoolean();
    for (int row = 0; row < count; row++) {
      StringBuilder text = new StringBuilder();
      for (int word = random.nextInt(8); word > 0; word--) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      Double confidence = random.nextBoolean() ? (Double) random.nextDouble() : null;
      float[] embedding = {random.nextInt(5), random.nextInt(5), (float) random.nextDouble()};
      String task = named ? "\u00fc" + random.nextInt(tasks) : null;
      String expert = "e" + random.nextInt(12);
      rows.add(new Response(task, expert, text.toString(), confidence, embedding));
    }
    return new ResponsesForm(rows);
  }

  /** Responses as rows of a table. */
  private static final class Rows implements TextOrder.Rows {
    private final List<Response> rows;
    private final TextNames tasks;
    private final TextNames experts;

    Rows(ResponsesForm form) {
      rows = form.rows();
      tasks = new TextNames(rows.stream().map(Rows::task));
      experts = new TextNames(rows.stream().map(Response::expert));
    }

    private static String task(Response response) {
      return response.task() == null ? "" : response.task();
    }

    @Override
    public int count() {
      return rows.size();
    }

    @Override
    public int tasks() {
      return tasks.all().size();
    }

    @Override
    public int experts() {
      return experts.all().size();
    }

    @Override
    public int task(int row) {
      return tasks.indexOf("task", task(rows.get(row)));
    }

    @Override
    public int expert(int row) {
      return experts.indexOf("expert", rows.get(row).expert());
    }

    @Override
    public byte[] text(int row) {
      return TextOrder.bytes(rows.get(row).text());
    }

    @Override
    public double confidence(int row) {
      Double confidence = rows.get(row).confidence();
      return confidence == null ? 1.0 : confidence;
    }

    @Override
    public int dimension() {
      return rows.get(0).embedding().length;
    }

    @Override
    public float[] embedding(int row) {
      return rows.get(row).embedding();
    }
  }

  private static TextProblem problem(TextOrder order, SplittableRandom random) {
    return new TextProblem(
        order.columns(),
        random.nextInt(TextProblem.SIMILARITIES),
        random.nextInt(TextProblem.SIMILARITIES),
        random.nextInt(4),
        random.nextInt(10) / 10.0,
        1 + random.nextInt(3),
        random.nextInt(6),
        random.nextInt(2),
        1 + random.nextInt(2));
  }

  @Test
  void messagesAreAnsweredAsTheEngineAnswers() {
    FramePool frames = new FramePool(functions);
    NativeText engine = new NativeText(functions, frames, new NativeMemory(functions, frames));
    int dissent = 0;
    int themes = 0;
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ResponsesForm given = responses(random);
      Rows rows = new Rows(given);
      TextOrder order = new TextOrder(rows, true);
      TextProblem problem = problem(order, random);
      TextOutcome outcome = new TextOutcome(problem);
      engine.consensus(problem, outcome, new FitControl());

      String name = "seed " + seed;
      assertEquals(header.constants().get("COTERIE_OK"), call(problem, given.toBytes(), ROOM), name);
      byte[] bytes = new byte[(int) written.getLong(0)];
      out.get(0, bytes);
      TextResultForm result = TextResultForm.read(bytes);
      assertEquals(given.rows().size(), result.responses(), name);
      assertEquals(rows.tasks(), result.tasks().size(), name);
      for (int task = 0; task < rows.tasks(); task++) {
        TextResultForm.Task found = result.tasks().get(task);
        String expected = given.rows().get(0).task() == null ? null : rows.tasks.all().get(task);
        assertEquals(expected, found.task(), name);
        compare(task, found, order, outcome, name);
        compareThemes(task, found, order, problem, outcome, given, name);
        dissent += found.dissent().size();
        themes += found.themes().size();
      }
    }
    assertTrue(dissent > 100 && themes > 100, dissent + " clusters, " + themes + " themes");
  }

  private static void compare(
      int task, TextResultForm.Task found, TextOrder order, TextOutcome outcome, String name) {
    int[] of = order.order();
    int[] column = order.columns().task();
    assertEquals(of[outcome.chosen[task]], found.chosen(), name);
    assertEquals(outcome.confidence[task], found.confidence(), 0.0, name);
    assertEquals(outcome.clusters[task], found.dissent().size() + 1, name);
    for (int c = 0; c < outcome.clusters[task]; c++) {
      int cluster = c;
      int[] rows =
          IntStream.range(0, of.length)
              .filter(row -> column[row] == task && outcome.cluster[row] == cluster)
              .toArray();
      int[] members = IntStream.of(rows).map(row -> of[row]).sorted().toArray();
      if (c == 0) {
        assertArrayEquals(members, found.support(), name);
      } else {
        assertArrayEquals(members, found.dissent().get(c - 1).members(), name);
        assertEquals(of[outcome.medoid[rows[0]]], found.dissent().get(c - 1).medoid(), name);
      }
    }
  }

  private static void compareThemes(
      int task,
      TextResultForm.Task found,
      TextOrder order,
      TextProblem problem,
      TextOutcome outcome,
      ResponsesForm given,
      String name) {
    List<TextResultForm.Theme> expected = new ArrayList<>();
    for (int k = 0; k < outcome.themeCount[task]; k++) {
      int number = task * problem.themes() + k;
      int at = number * TextOutcome.THEME;
      String text = given.rows().get(order.order()[outcome.theme[at]]).text();
      int place = outcome.theme[at + 1];
      List<String> tokens = Tokeniser.tokens(text).subList(place, place + outcome.theme[at + 2]);
      expected.add(new TextResultForm.Theme(String.join(" ", tokens), outcome.score[number]));
    }
    assertEquals(expected, found.themes(), name);
  }

  @Test
  void tooLittleRoomAndRefusals() {
    SplittableRandom random = new SplittableRandom(1);
    ResponsesForm given = responses(random);
    TextProblem problem = problem(new TextOrder(new Rows(given), true), random);
    byte[] bytes = given.toBytes();
    out.put(0, (byte) 77);
    assertEquals(header.constants().get("COTERIE_OK"), call(problem, bytes, 10));
    assertTrue(written.getLong(0) > 10, written.getLong(0) + " bytes");
    assertEquals(77, out.get(0));
    bytes[1] = (byte) 0xc1;
    assertEquals(header.constants().get("COTERIE_INVALID_ARGUMENT"), call(problem, bytes, ROOM));
    assertEquals("byte 1 (message): 0xc1 begins no value", error.message());
    assertEquals(77, out.get(0));
  }
}
