package dev.coterie.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.OnlineEngine;
import dev.coterie.spi.OnlineModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Replays the golden scenarios of live models and compares golden plans. */
public final class GoldenOnline {
  private static final byte[] NO_NAMES = {};

  private GoldenOnline() {}

  private static Path folder() {
    return GoldenData.folder().resolve("golden").resolve("online");
  }

  /** Returns the files of the plans, or those of the scenarios. */
  public static List<Path> files(boolean plans) {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .filter(file -> file.getFileName().toString().startsWith("plan-") == plans)
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] words(String line) {
    int blank = line.indexOf(' ');
    String rest = blank < 0 ? "" : line.substring(blank + 1).strip();
    return rest.isEmpty() ? new String[0] : rest.split(" ");
  }

  private static int[] ints(String[] words) {
    return Arrays.stream(words).mapToInt(Integer::parseInt).toArray();
  }

  private static double[] doubles(String[] words) {
    return Arrays.stream(words).mapToDouble(GoldenData::parseDouble).toArray();
  }

  /** Replays one scenario; the model is saved and restored wherever a state is compared. */
  public static void scenario(OnlineEngine engine, Path file) {
    try (Replay replay = new Replay(engine)) {
      GoldenData.lines(file).forEach(line -> replay.step(line.split(" ", 2)[0], words(line)));
    }
  }

  /** A model on its way through a scenario. */
  private static final class Replay implements AutoCloseable {
    private final OnlineEngine engine;
    private final Map<String, String[]> known = new HashMap<>();
    private OnlineModel model;

    Replay(OnlineEngine engine) {
      this.engine = engine;
    }

    private int number(String key) {
      return Integer.parseInt(known.get(key)[0]);
    }

    private double amount(String key) {
      return GoldenData.parseDouble(known.get(key)[0]);
    }

    void step(String key, String[] words) {
      known.put(key, words);
      switch (key) {
        case "tolerance" ->
            model =
                engine.create(
                    number("labels"),
                    new OnlineModel.Options(
                        number("sweeps"),
                        number("neighbours"),
                        number("neighbour_tasks"),
                        number("max_iterations"),
                        amount("smoothing"),
                        amount("trust"),
                        amount("settled"),
                        amount("tolerance")));
        case "weight" -> add(words);
        case "remove" -> remove(ints(words));
        case "refit" -> {
          OnlineModel.Summary done = model.refit(0, new FitControl());
          assertEquals(words[0], Integer.toString(done.iterations()));
          assertEquals(words[1], done.converged() ? "1" : "0");
          assertBits(new String[] {words[2]}, new double[] {done.objective()}, "objective");
        }
        case "state" -> compareState(words);
        default -> {
          if (key.startsWith("expect_")) {
            expect(key.substring(7), words);
          }
        }
      }
    }

    private void add(String[] weights) {
      float[] weight = new float[weights.length];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(weights[i], 16));
      }
      int[] sizes = ints(known.get("add"));
      model.add(
          sizes[0],
          sizes[1],
          sizes[2],
          ints(known.get("task")),
          ints(known.get("expert")),
          ints(known.get("label")),
          weight);
    }

    private void remove(int[] flat) {
      int[] task = new int[flat.length / 2];
      int[] expert = new int[flat.length / 2];
      for (int i = 0; i < task.length; i++) {
        task[i] = flat[2 * i];
        expert[i] = flat[2 * i + 1];
      }
      model.remove(task, expert);
    }

    private void compareState(String[] words) {
      byte[] state = model.save(NO_NAMES);
      int stored = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN).getInt(state.length - 4);
      assertEquals(words[0] + " " + words[1], state.length + " " + String.format("%08x", stored));
      model.close();
      model = engine.load(state);
    }

    private void expect(String what, String[] words) {
      OnlineModel.Statistics sizes = model.statistics();
      int k = sizes.labels();
      OnlineModel.View view = new OnlineModel.View();
      view.tasks = sizes.tasks();
      view.experts = sizes.experts();
      view.posterior = new double[sizes.tasks() * k];
      view.answer = new int[sizes.tasks()];
      view.runnerUp = new int[sizes.tasks()];
      view.prior = new double[k];
      view.confusion = new double[sizes.experts() * k * k];
      view.skill = new double[sizes.experts()];
      model.read(view);
      switch (what) {
        case "posterior" -> assertBits(words, view.posterior, what);
        case "prior" -> assertBits(words, view.prior, what);
        case "confusion" -> assertBits(words, view.confusion, what);
        case "skill" -> assertBits(words, view.skill, what);
        case "answer" -> assertArrayEquals(ints(words), view.answer);
        case "runner_up" -> assertArrayEquals(ints(words), view.runnerUp);
        case "recounts" -> assertEquals(words[0], Long.toString(sizes.recounts()));
        default -> throw new AssertionError(what);
      }
    }

    @Override
    public void close() {
      if (model != null) {
        model.close();
      }
    }
  }

  /** Compares one plan. */
  public static void plan(OnlineEngine engine, Path file) {
    Map<String, String[]> fields =
        GoldenData.lines(file)
            .collect(Collectors.toMap(line -> line.split(" ", 2)[0], GoldenOnline::words));
    OnlineEngine.Plan plan =
        engine.plan(
            new OnlineEngine.Question(
                ints(fields.get("tasks"))[0],
                ints(fields.get("experts"))[0],
                ints(fields.get("labels"))[0],
                doubles(fields.get("posterior")),
                doubles(fields.get("confusion")),
                doubles(fields.get("cost")),
                ints(fields.get("task")),
                ints(fields.get("expert")),
                doubles(fields.get("target"))[0],
                doubles(fields.get("loss"))[0],
                doubles(fields.get("budget"))[0],
                ints(fields.get("most"))[0]));
    assertBits(fields.get("expect_gain"), plan.gain(), "gain");
    assertBits(fields.get("expect_expected"), plan.expected(), "expected");
    assertBits(fields.get("expect_rate"), plan.rate(), "rate");
    assertArrayEquals(ints(fields.get("expect_picked")), plan.picked());
    assertArrayEquals(ints(fields.get("expect_state")), plan.state());
    assertBits(fields.get("expect_spent"), new double[] {plan.spent()}, "spent");
  }

  private static void assertBits(String[] expected, double[] actual, String what) {
    assertArrayEquals(
        Arrays.stream(expected).mapToLong(word -> Long.parseUnsignedLong(word, 16)).toArray(),
        Arrays.stream(actual).mapToLong(Double::doubleToRawLongBits).toArray(),
        what);
  }

  private static byte[] golden() {
    try {
      return Files.readAllBytes(folder().resolve("growing-labels.state"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the golden file and writes it again. */
  public static void stateFile(OnlineEngine engine) {
    byte[] file = golden();
    try (OnlineModel model = engine.load(file)) {
      assertArrayEquals(file, model.save("names of a writer".getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Cuts a file at every place and changes every byte of it, each in two ways. */
  public static void damage(OnlineEngine engine) {
    byte[] file;
    try (OnlineModel model = engine.create(2, new OnlineModel.Options(1, 1, 9, 9, 0.1, 1, 0, 0))) {
      model.add(3, 2, 2, new int[] {0, 0, 2}, new int[] {0, 1, 1}, new int[] {1, 1, 0}, null);
      file = model.save("names".getBytes(StandardCharsets.UTF_8));
    }
    for (int length = 0; length < file.length; length++) {
      assertRefused(engine, Arrays.copyOf(file, length));
    }
    for (int at = 0; at < file.length; at++) {
      for (int flip : new int[] {1, 0xFF}) {
        byte[] damaged = file.clone();
        damaged[at] ^= (byte) flip;
        assertRefused(engine, damaged);
      }
    }
    assertRefused(engine, Arrays.copyOf(file, file.length + 1));
    lie(engine, file);
  }

  private static void assertRefused(OnlineEngine engine, byte[] state) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> engine.load(state));
    assertTrue(e.getMessage().contains("byte "), e.getMessage());
  }

  /** Changes every byte of the header and makes the checksum right again. */
  private static void lie(OnlineEngine engine, byte[] file) {
    for (int at = 8; at < file.length - 4; at++) {
      for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF}) {
        byte[] lying = file.clone();
        lying[at] = (byte) value;
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(lying, 0, lying.length - 4);
        ByteBuffer.wrap(lying)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(lying.length - 4, (int) crc.getValue());
        try (OnlineModel model = engine.load(lying)) {
          // What is accepted is a model like any other.
          model.add(4, 3, 2, new int[] {3}, new int[] {2}, new int[] {1}, null);
          model.save(NO_NAMES);
        } catch (IllegalArgumentException e) {
          assertTrue(e.getMessage().contains("byte "), e.getMessage());
        }
      }
    }
  }
}
