package dev.coterie.memory;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.internal.memory.DirectMemory;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.testing.ForkedJvm;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeakAlarmTest {
  /** Loses a block, and closes another one. */
  static final class Loser {
    public static void main(String[] arguments) throws InterruptedException {
      lose();
      MemoryAccess.get().allocate(DirectMemory.SOURCE, 54321).close();
      for (int i = 0; i < 20; i++) {
        System.gc();
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }

    private static void lose() {
      MemoryAccess.get().allocate(DirectMemory.SOURCE, 12345);
    }
  }

  @Test
  void warnsAboutABlockThatNobodyClosed() throws Exception {
    String output = ForkedJvm.run(List.of(), Map.of(), Loser.class);
    assertTrue(output.contains("memory block of 12345 bytes was never closed"), output);
    assertTrue(output.contains("coterie.memory.leaks=trace"), output);
    assertFalse(output.contains("54321"), output);
    assertFalse(output.contains("lose("), output);
  }

  @Test
  void showsThePlaceOfAllocationWhenAsked() throws Exception {
    String output = ForkedJvm.run(List.of("-Dcoterie.memory.leaks=trace"), Map.of(), Loser.class);
    assertTrue(output.contains("LeakAlarmTest$Loser.lose("), output);
  }
}
