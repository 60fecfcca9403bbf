package dev.coterie.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.contract.CType;
import dev.coterie.contract.HeaderFile;
import dev.coterie.contract.NeedsLibrary;
import dev.coterie.contract.TestSetting;
import dev.coterie.ffm.generated.CoterieH;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares the descriptors of jextract's functions, which are bound to the library, with the
 * header.
 */
@NeedsLibrary
final class FfmDescriptorTest {
  private static final String DESCRIPTOR = "$descriptor";

  private final HeaderFile header = HeaderFile.read();

  @BeforeAll
  static void load() {
    FfmFunctions.load(TestSetting.library());
  }

  @Test
  void functionsAreThoseOfTheHeader() {
    Set<String> names = new TreeSet<>();
    for (Method method : CoterieH.class.getDeclaredMethods()) {
      if (method.getName().endsWith(DESCRIPTOR)) {
        names.add(method.getName().substring(0, method.getName().indexOf('$')));
      }
    }
    assertEquals(new TreeSet<>(header.functions().keySet()), names);
  }

  @Test
  void typesAreThoseOfTheHeader() throws ReflectiveOperationException {
    for (String name : header.functions().keySet()) {
      HeaderFile.Function function = header.functions().get(name);
      FunctionDescriptor descriptor =
          (FunctionDescriptor) CoterieH.class.getMethod(name + DESCRIPTOR).invoke(null);
      assertEquals(function.parameters().size(), descriptor.argumentLayouts().size(), name);
      for (int i = 0; i < function.parameters().size(); i++) {
        assertTrue(
            fits(function.parameters().get(i), descriptor.argumentLayouts().get(i)),
            name + ", parameter " + i);
      }
      assertTrue(fits(function.result(), descriptor.returnLayout().orElseThrow()), name);
    }
  }

  @Test
  void constantsAreThoseOfTheHeader() throws ReflectiveOperationException {
    for (String name : header.constants().keySet()) {
      assertEquals(header.constants().get(name), CoterieH.class.getMethod(name).invoke(null), name);
    }
  }

  @Test
  void everySymbolIsInTheLibrary() throws ReflectiveOperationException {
    for (String name : header.functions().keySet()) {
      MemorySegment address =
          (MemorySegment) CoterieH.class.getMethod(name + "$address").invoke(null);
      assertTrue(address.address() != 0, name);
    }
  }

  /** What is bound as critical is what takes arrays, and the header allows it. */
  @Test
  void criticalFunctionsAreThoseOfTheHeader() {
    Set<String> bound = new TreeSet<>();
    for (Field field : FfmFunctions.Critical.class.getDeclaredFields()) {
      bound.add("coterie_" + field.getName().toLowerCase(Locale.ROOT));
    }
    Set<String> expected = new TreeSet<>();
    header
        .functions()
        .forEach(
            (name, function) -> {
              boolean arrays = function.parameters().stream().anyMatch(p -> p.pointsTo("double"));
              if (function.critical() && arrays) {
                expected.add(name);
              }
            });
    assertEquals(expected, bound);
  }

  private static boolean fits(CType type, MemoryLayout layout) {
    if (layout.byteSize() != type.bytes() || layout.byteAlignment() != type.bytes()) {
      return false;
    }
    return switch (type.kind()) {
      case POINTER -> layout instanceof AddressLayout;
      case FLOATING ->
          layout instanceof ValueLayout.OfDouble || layout instanceof ValueLayout.OfFloat;
      case INTEGER -> layout instanceof ValueLayout.OfInt || layout instanceof ValueLayout.OfLong;
    };
  }
}
