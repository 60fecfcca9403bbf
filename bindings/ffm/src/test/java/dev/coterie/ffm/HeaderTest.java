package dev.coterie.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.coterie.contract.HeaderFile;
import dev.coterie.contract.TestSetting;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Compares the header with what was made from it: jextract's classes and the lists of names. */
final class HeaderTest {
  private final HeaderFile header = HeaderFile.read();

  @Test
  void generatedClassWasMadeFromThisHeader() {
    assertEquals(
        HeaderFile.sha256() + "  coterie.h\n",
        TestSetting.text("bindings/ffm/coterie.h.sha256"),
        "run bindings/generate.sh");
  }

  @Test
  void exportedSymbolsAreThoseOfTheHeader() {
    assertEquals(
        List.copyOf(new TreeSet<>(header.functions().keySet())),
        TestSetting.text("bindings/symbols.txt").lines().toList());
  }

  @Test
  void includesAreThoseOfTheHeader() {
    List<String> expected = new ArrayList<>();
    for (String name : new TreeSet<>(header.constants().keySet())) {
      expected.add("--include-constant " + name);
    }
    for (String name : new TreeSet<>(header.functions().keySet())) {
      expected.add("--include-function " + name);
    }
    for (String name : new TreeSet<>(header.structs().keySet())) {
      expected.add("--include-struct " + name);
    }
    assertEquals(expected, TestSetting.text("bindings/includes.txt").lines().toList());
  }

  @Test
  void structsOfJextractAreThoseOfTheHeader() throws ReflectiveOperationException {
    for (Map.Entry<String, HeaderFile.Struct> each : header.structs().entrySet()) {
      String name = each.getKey();
      HeaderFile.Struct struct = each.getValue();
      Class<?> type = Class.forName("dev.coterie.ffm.generated." + name);
      GroupLayout layout =
          assertInstanceOf(GroupLayout.class, type.getMethod("layout").invoke(null), name);
      assertEquals(struct.size(), layout.byteSize(), name);
      assertEquals(struct.alignment(), layout.byteAlignment(), name);
      for (Map.Entry<String, HeaderFile.Field> field : struct.fields().entrySet()) {
        PathElement path = PathElement.groupElement(field.getKey());
        String place = name + "." + field.getKey();
        assertEquals(field.getValue().offset(), layout.byteOffset(path), place);
        MemoryLayout selected = layout.select(path);
        assertEquals(
            (long) field.getValue().type().bytes() * field.getValue().count(),
            selected.byteSize(),
            place);
      }
      long named = layout.memberLayouts().stream().filter(m -> m.name().isPresent()).count();
      assertEquals(struct.fields().size(), named, name);
    }
  }
}
