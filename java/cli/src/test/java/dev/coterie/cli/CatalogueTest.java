package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.cli.method.Catalogue;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.MethodOption;
import dev.coterie.cli.method.Settings;
import dev.coterie.consensus.ConsensusMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The catalogue of methods agrees with the library, the help and itself. */
class CatalogueTest {
  @Test
  void idsAreThoseOfTheLibrary() {
    Settings settings = new Settings(Map.of(), 0, null);
    for (Method<ConsensusMethod> method : Catalogue.categorical()) {
      assertEquals(method.id(), method.build(settings).id());
    }
  }

  @Test
  void everyOptionMeansSomethingToSomeMethod() {
    for (MethodOption option : MethodOption.values()) {
      assertFalse(Catalogue.takers(option).isEmpty(), option.option());
    }
  }

  @Test
  void listNamesEveryMethodAndOption() {
    String list = Runs.succeed("consensus", "--list-methods");
    for (Method<?> method : Catalogue.all()) {
      assertTrue(list.contains("  " + method.id() + ": " + method.description()), method.id());
      method.options().keySet().forEach(option -> assertTrue(list.contains(option.option())));
    }
    assertTrue(list.lines().allMatch(line -> line.length() <= 100), list);
  }

  @Test
  void helpHasEveryOptionWithItsDefaults() {
    String help = Runs.succeed("consensus", "--help").replaceAll("\\s+", " ");
    for (MethodOption option : MethodOption.values()) {
      assertTrue(help.contains(option.option()), option.option());
      assertTrue(help.contains(Catalogue.defaults(option)), option.option());
    }
  }

  @Test
  void completionKnowsMethodsAndOptions() {
    String script = Runs.succeed("completion", "bash");
    Catalogue.ids().forEach(id -> assertTrue(script.contains(id), id));
    for (MethodOption option : MethodOption.values()) {
      assertTrue(script.contains(option.option()), option.option());
    }
  }

  @Test
  void defaultsAsText() {
    assertEquals(
        List.of("1e-9", "0.5", "0", "10", "none", "off", "count-all"),
        List.of(
            Catalogue.word(1e-9),
            Catalogue.word(0.5),
            Catalogue.word(0.0),
            Catalogue.word(10),
            Catalogue.word(null),
            Catalogue.word(false),
            Catalogue.word("count-all")));
  }
}
