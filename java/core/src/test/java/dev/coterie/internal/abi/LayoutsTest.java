package dev.coterie.internal.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
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
}
