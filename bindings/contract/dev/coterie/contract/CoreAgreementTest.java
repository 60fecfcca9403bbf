package dev.coterie.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.internal.abi.Layouts;
import dev.coterie.internal.abi.Status;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.MethodKind;
import dev.coterie.spi.Isa;
import dev.coterie.spi.KernelProbe;
import dev.coterie.spi.MeasureProblem;
import dev.coterie.spi.NativeBackend;
import dev.coterie.spi.NativeFunctions;
import dev.coterie.spi.PairwiseProblem;
import dev.coterie.spi.NumericKind;
import dev.coterie.spi.OnlineEngine;
import dev.coterie.spi.TextProblem;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the header with coterie-core, which all bindings share. */
final class CoreAgreementTest {
  private final HeaderFile header = HeaderFile.read();

  @Test
  void headerIsUnderstood() {
    assertEquals(31, header.functions().size());
    assertEquals(26, header.structs().size());
    assertEquals(512, header.structs().get("coterie_error_t").size());
    String text = TestSetting.text("bindings/coterie.h");
    assertEquals(count(text, "#define COTERIE_") - 1, header.constants().size(), "but the guard");
    assertEquals(count(text, "\ntypedef struct"), header.structs().size());
    assertEquals(count(text, ");\n"), header.functions().size());
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void everyConstantIsThatOfCore() throws IllegalAccessException {
    Map<String, Integer> expected = new TreeMap<>();
    expected.put("COTERIE_ABI_MAJOR", NativeBackend.ABI_MAJOR);
    expected.put("COTERIE_ABI_MINOR", NativeBackend.ABI_MINOR);
    expected.put("COTERIE_KERNEL_LIMIT", KernelProbe.MAXIMUM_LENGTH);
    for (MethodKind method : MethodKind.values()) {
      expected.put("COTERIE_METHOD_" + method.name(), method.number());
    }
    for (NumericKind method : NumericKind.values()) {
      expected.put("COTERIE_NUMERIC_" + method.name(), method.number());
    }
    expected.put("COTERIE_PRIOR_COUNTS_NONE", 0);
    expected.put("COTERIE_PRIOR_COUNTS_FIRST_ITERATION", FitProblem.FIRST_ITERATION);
    expected.put("COTERIE_PRIOR_COUNTS_EVERY_ITERATION", FitProblem.EVERY_ITERATION);
    expected.put("COTERIE_PAIRWISE_BRADLEY_TERRY", PairwiseProblem.BRADLEY_TERRY);
    expected.put("COTERIE_PAIRWISE_NOISY_BRADLEY_TERRY", PairwiseProblem.NOISY_BRADLEY_TERRY);
    expected.put("COTERIE_PAIRWISE_ELO", PairwiseProblem.ELO);
    expected.put("COTERIE_PAIRWISE_WIN_RATE", PairwiseProblem.WIN_RATE);
    expected.put("COTERIE_PAIRWISE_NEWMAN", PairwiseProblem.NEWMAN);
    expected.put("COTERIE_PAIRWISE_EIGENVECTOR", PairwiseProblem.EIGENVECTOR);
    expected.put("COTERIE_PAIRWISE_PAGE_RANK", PairwiseProblem.PAGE_RANK);
    expected.put("COTERIE_PAIRWISE_BORDA", PairwiseProblem.BORDA);
    expected.put("COTERIE_PAIRWISE_COPELAND", PairwiseProblem.COPELAND);
    expected.put("COTERIE_PAIRWISE_KEMENY", PairwiseProblem.KEMENY);
    // FitProblem has a boolean for these two.
    expected.put("COTERIE_REPEATS_COUNT_ALL", 0);
    expected.put("COTERIE_REPEATS_LAST_WINS", 1);
    expected.put("COTERIE_TASK_NO_CANDIDATE", OnlineEngine.NO_CANDIDATE);
    expected.put("COTERIE_TASK_REACHED", OnlineEngine.REACHED);
    expected.put("COTERIE_TASK_ASK", OnlineEngine.ASK);
    expected.put("COTERIE_TASK_NOT_WORTH", OnlineEngine.NOT_WORTH);
    expected.put("COTERIE_TASK_OVER_BUDGET", OnlineEngine.OVER_BUDGET);
    expected.put("COTERIE_TASK_WAITING", OnlineEngine.WAITING);
    expected.put("COTERIE_TEXT_SET_COSINE", TextProblem.SET_COSINE);
    expected.put("COTERIE_TEXT_TFIDF_COSINE", TextProblem.TFIDF_COSINE);
    expected.put("COTERIE_TEXT_JACCARD", TextProblem.JACCARD);
    expected.put("COTERIE_TEXT_MIN_HASH", TextProblem.MIN_HASH);
    expected.put("COTERIE_TEXT_WORD_LEVENSHTEIN", TextProblem.WORD_LEVENSHTEIN);
    expected.put("COTERIE_TEXT_LEVENSHTEIN", TextProblem.LEVENSHTEIN);
    expected.put("COTERIE_TEXT_EMBEDDING_COSINE", TextProblem.EMBEDDING_COSINE);
    expected.put("COTERIE_TEXT_TRIGRAM_DICE", TextProblem.TRIGRAM_DICE);
    expected.put("COTERIE_TEXT_WORD_ALIGNMENT", TextProblem.WORD_ALIGNMENT);
    expected.put("COTERIE_TEXT_COMPONENTS", TextProblem.COMPONENTS);
    expected.put("COTERIE_TEXT_COMPLETE_LINK", TextProblem.COMPLETE_LINK);
    expected.put("COTERIE_TEXT_DENSITY", TextProblem.DENSITY);
    expected.put("COTERIE_TEXT_LEADER", TextProblem.LEADER);
    expected.put("COTERIE_TEXT_CONFIDENCE_ALONE", TextProblem.ALONE);
    expected.put("COTERIE_TEXT_CONFIDENCE_POOLED", TextProblem.POOLED);
    for (MeasureProblem.Kind kind : MeasureProblem.Kind.values()) {
      expected.put("COTERIE_MEASURE_" + kind.name(), kind.number);
    }
    for (String isa : Isa.NAMES) {
      expected.put("COTERIE_ISA_" + isa.toUpperCase(Locale.ROOT), Isa.NAMES.indexOf(isa));
    }
    constants(Status.class).forEach((name, value) -> expected.put("COTERIE_" + name, value));
    assertEquals(expected, new TreeMap<>(header.constants()));
  }

  @Test
  void everyStructIsThatOfCore() throws IllegalAccessException {
    Set<String> seen = new TreeSet<>();
    for (Class<?> type : Layouts.class.getDeclaredClasses()) {
      String name = "coterie_" + snake(type.getSimpleName()) + "_t";
      HeaderFile.Struct struct = header.structs().get(name);
      assertNotNull(struct, name);
      seen.add(name);
      Map<String, Integer> expected = new TreeMap<>();
      expected.put("SIZE", struct.size());
      struct
          .fields()
          .forEach((field, place) -> expected.put(field.toUpperCase(Locale.ROOT), place.offset()));
      assertEquals(expected, constants(type), name);
    }
    assertEquals(new TreeSet<>(header.structs().keySet()), seen);
  }

  /** The library's own account of its structs, written by a test of the Rust side. */
  @Test
  void layoutsFileIsThatOfTheHeader() {
    String json = TestSetting.text("bindings/layouts.json");
    assertEquals(header.structs().size(), count(json, "\"coterie_"));
    header
        .structs()
        .forEach(
            (name, struct) -> {
              int start = json.indexOf('"' + name + '"');
              assertTrue(start >= 0, name);
              int end = json.indexOf("\"coterie_", start + 1);
              String section = json.substring(start, end < 0 ? json.length() : end);
              assertEquals(struct.size(), number(section, "size"), name);
              assertEquals(struct.alignment(), number(section, "align(?:ment)?"), name);
              struct
                  .fields()
                  .forEach(
                      (field, place) ->
                          assertEquals(place.offset(), number(section, field), name + "." + field));
            });
  }

  /** Finds {@code "key": 8} or {@code "key": {"offset": 8}}. */
  private static int number(String json, String key) {
    Matcher match =
        Pattern.compile('"' + key + "\"\\s*:\\s*(?:\\{[^{}]*?\"offset\"\\s*:\\s*)?(\\d+)")
            .matcher(json);
    assertTrue(match.find(), key);
    return Integer.parseInt(match.group(1));
  }

  @Test
  void nativeFunctionsAreThoseOfTheHeader() {
    Map<String, Method> methods = new TreeMap<>();
    for (Method method : NativeFunctions.class.getDeclaredMethods()) {
      methods.put("coterie_" + snake(method.getName()), method);
    }
    // These two have no counterpart in C.
    assertNotNull(methods.remove("coterie_address"));
    assertNotNull(methods.remove("coterie_view"));
    assertEquals(new TreeSet<>(header.functions().keySet()), methods.keySet());
    methods.forEach(
        (name, method) -> {
          HeaderFile.Function function = header.functions().get(name);
          Class<?>[] parameters = method.getParameterTypes();
          assertEquals(function.parameters().size(), parameters.length, name);
          for (int i = 0; i < parameters.length; i++) {
            CType type = function.parameters().get(i);
            assertTrue(type.isCarriedBy(parameters[i]), name + ", parameter " + i);
            assertEquals(
                function.critical() && type.pointsTo("double"), parameters[i].isArray(), name);
          }
          boolean text =
              function.result().pointsTo("char") && method.getReturnType() == String.class;
          assertTrue(text || function.result().isCarriedBy(method.getReturnType()), name);
        });
  }

  /** Returns the public constants of a class. */
  private static Map<String, Integer> constants(Class<?> type) throws IllegalAccessException {
    Map<String, Integer> result = new TreeMap<>();
    for (Field field : type.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
        result.put(field.getName(), field.getInt(null));
      }
    }
    return result;
  }

  /**
   * Returns {@code exp_f64} for {@code expF64}, and {@code memory_stats} for {@code MemoryStats}.
   */
  private static String snake(String camel) {
    return String.join(
            "_",
            Arrays.stream(camel.split("(?=[A-Z])"))
                .map(part -> part.toLowerCase(Locale.ROOT))
                .toList())
        .replaceFirst("^_", "");
  }
}
