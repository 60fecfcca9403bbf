package dev.coterie.jna;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.contract.CType;
import dev.coterie.contract.HeaderFile;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares the native methods with the header. */
final class JnaSignatureTest {
  private final HeaderFile header = HeaderFile.read();

  @Test
  void functionsAreThoseOfTheHeader() throws ClassNotFoundException {
    assertEquals(header.functions().keySet(), nativeMethods().keySet());
  }

  @Test
  void typesAreThoseOfTheHeader() throws ClassNotFoundException {
    for (Map.Entry<String, Method> each : nativeMethods().entrySet()) {
      HeaderFile.Function function = header.functions().get(each.getKey());
      Class<?>[] parameters = each.getValue().getParameterTypes();
      assertEquals(function.parameters().size(), parameters.length, each.getKey());
      for (int i = 0; i < parameters.length; i++) {
        CType type = function.parameters().get(i);
        assertTrue(type.isCarriedBy(parameters[i]), each.getKey() + ", parameter " + i);
        // An array in a function that is not critical would be a copy of unbounded size.
        assertTrue(!parameters[i].isArray() || function.critical(), each.getKey());
      }
      assertTrue(function.result().isCarriedBy(each.getValue().getReturnType()), each.getKey());
    }
  }

  /**
   * Returns the native methods by name, without initialising their classes, which would bind them.
   */
  private static Map<String, Method> nativeMethods() throws ClassNotFoundException {
    Map<String, Method> result = new TreeMap<>();
    for (String name : new String[] {"Symbols", "VersionSymbol"}) {
      ClassLoader loader = JnaSignatureTest.class.getClassLoader();
      Class<?> type = Class.forName("dev.coterie.jna." + name, false, loader);
      for (Method method : type.getDeclaredMethods()) {
        if (Modifier.isNative(method.getModifiers())) {
          assertEquals(null, result.put(method.getName(), method), method.getName());
        }
      }
    }
    return result;
  }
}
