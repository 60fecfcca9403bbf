package dev.coterie.consensus;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.testing.ForkedJvm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A table that no heap holds: the caller gets an OutOfMemoryError, and the process works on. */
class SmallHeapTest {
  private static final long ANSWERS = 1L << 31;

  @Test
  void tooManyAnswersForTheHeapLeaveAWorkingProcess() throws Exception {
    String output = ForkedJvm.run(List.of("-Xmx64m"), Map.of(), Flood.class);
    assertTrue(output.contains("refused by the heap, then fitted right"), output);
  }

  /** Adds 2^31 answers on a heap of 64 MiB, and fits a small table after that has failed. */
  static final class Flood {
    private Flood() {}

    public static void main(String[] arguments) {
      if (!overflows()) {
        throw new AssertionError("2^31 answers fitted into the heap");
      }
      try (AnswerTable table =
              AnswerTable.ofIndices(new int[3], new int[] {0, 1, 2}, new int[] {1, 0, 1}, 1, 3, 2);
          Consensus fit = new DawidSkene().fit(table)) {
        if (fit.answer(0) != 1) {
          throw new AssertionError("the small table was fitted wrong");
        }
      }
      System.out.println("refused by the heap, then fitted right");
    }

    private static boolean overflows() {
      AnswerTable.Builder builder = AnswerTable.builder();
      try {
        for (long i = 0; i < ANSWERS; i++) {
          builder.add("task", "expert", "label");
        }
        return false;
      } catch (OutOfMemoryError expected) {
        return true;
      }
    }
  }
}
