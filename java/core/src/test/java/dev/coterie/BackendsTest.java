package dev.coterie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.testing.ForkedJvm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The choice of a whole process; nothing but this artifact is on the class path. */
class BackendsTest {
  /** Prints the default backend, or what is thrown instead. */
  static final class Current {
    public static void main(String[] arguments) {
      for (int i = 0; i < 2; i++) {
        try {
          System.out.println("current: " + Backends.current().id());
        } catch (RuntimeException e) {
          System.out.println(e);
        }
      }
    }
  }

  /** Fits with one backend in a process whose default backend cannot be used. */
  static final class Explicit {
    public static void main(String[] arguments) {
      int[] one = {0};
      MajorityVote method = MajorityVote.builder().backend("scalar").build();
      try (AnswerTable table = AnswerTable.ofIndices(one, one, one, null, 1, 1, 1, "scalar");
          Consensus consensus = method.fit(table)) {
        System.out.println("fitted: " + consensus.backend().id());
      }
    }
  }

  @Test
  void anExplicitBackendDoesNotNeedTheDefaultOne() throws Exception {
    List<String> options = List.of("-Dcoterie.backend=jna");
    String output = ForkedJvm.run(options, Map.of(), Explicit.class);
    assertTrue(output.contains("fitted: scalar"), output);
  }

  @Test
  void scalarIsAlwaysThere() {
    assertEquals(List.of("ffm", "jna", "vectorapi", "scalar"), Backends.ids());
    assertTrue(Backends.isAvailable("scalar"));
    assertEquals("scalar", Backends.ensureAvailable("scalar").id());
    assertTrue(Backends.unavailabilityCause("scalar").isEmpty());
    assertTrue(Backends.available().stream().anyMatch(info -> info.id().equals("scalar")));
    assertTrue(Backends.selfTest("scalar").contains("Java"));
    assertThrows(IllegalArgumentException.class, () -> Backends.isAvailable("cuda"));
    assertThrows(IllegalArgumentException.class, () -> Backends.selfTest("cuda"));
  }

  @Test
  void theChoiceIsLoggedOnce() throws Exception {
    String output = ForkedJvm.run(List.of(), Map.of(), Current.class);
    assertEquals(2, output.split("current: scalar", -1).length - 1, output);
    assertEquals(1, output.split("Using backend scalar", -1).length - 1, output);
    assertTrue(output.contains("not available: ffm, jna, vectorapi"), output);
  }

  @Test
  void propertyGoesBeforeEnvironment() throws Exception {
    Map<String, String> environment = Map.of("COTERIE_BACKEND", "jna");
    String output = ForkedJvm.run(List.of(), environment, Current.class);
    assertTrue(output.contains("coterie.backend demands jna"), output);
    assertTrue(output.contains("dev.coterie:coterie-jna"), output);
    output = ForkedJvm.run(List.of("-Dcoterie.backend=scalar"), environment, Current.class);
    assertTrue(output.contains("current: scalar"), output);
    output = ForkedJvm.run(List.of("-Dcoterie.backend=gpu"), Map.of(), Current.class);
    assertTrue(output.contains("valid are auto, ffm, jna, vectorapi, scalar"), output);
  }
}
