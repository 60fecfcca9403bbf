package dev.coterie.internal.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LayoutsTest {
  /**
   * Returns the constants by {@code struct.field} and {@code struct.size}, as the header names
   * them.
   */
  private static Map<String, Integer> constants() throws IllegalAccessException {
    Map<String, Integer> result = new HashMap<>();
    for (Class<?> struct : Layouts.class.getDeclaredClasses()) {
      String name =
          struct.getSimpleName().replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
      for (Field field : struct.getDeclaredFields()) {
        result.put(
            "coterie_" + name + "_t." + field.getName().toLowerCase(Locale.ROOT),
            field.getInt(null));
      }
    }
    return result;
  }

  @Test
  void structsFollowEachOtherWithoutOverlap() throws IllegalAccessException {
    Map<String, Integer> constants = constants();
    assertEquals(512, constants.get("coterie_error_t.size"));
    constants.forEach(
        (name, offset) -> {
          int size = constants.get(name.substring(0, name.indexOf('.')) + ".size");
          assertTrue(offset <= size, name);
        });
  }

  /** The library's own account of its structs, written by a test of the Rust side. */
  @Test
  void structsAreThoseOfTheLibrary() throws IOException, IllegalAccessException {
    Path file = Path.of(System.getProperty("basedir", "."), "..", "..", "bindings", "layouts.json");
    String json = Files.readString(file);
    constants()
        .forEach(
            (name, expected) -> {
              int dot = name.indexOf('.');
              int struct = json.indexOf('"' + name.substring(0, dot) + '"');
              assertTrue(struct >= 0, name);
              // "field": 8 or "field": {..., "offset": 8 or "name": "field", "offset": 8
              Matcher value =
                  Pattern.compile(
                          '"'
                              + name.substring(dot + 1)
                              + "\"\\s*[:,]\\s*(?:\\{?[^{}]*?\"offset\"\\s*:\\s*)?([0-9]+)")
                      .matcher(json);
              assertTrue(value.find(struct), name);
              assertEquals(expected, Integer.parseInt(value.group(1)), name);
            });
  }
}
