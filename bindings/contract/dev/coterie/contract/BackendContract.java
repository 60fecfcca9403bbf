package dev.coterie.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.BackendInfo;
import dev.coterie.Backends;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.FitControl;
import dev.coterie.consensus.agreement.Agreement;
import dev.coterie.memory.MemoryBlock;
import dev.coterie.testing.GoldenContract;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a user gets of every native backend. */
@NeedsLibrary
public abstract class BackendContract extends GoldenContract {
  private final String id;

  /** Tests the backend with this id. */
  protected BackendContract(String id) {
    super(id);
    this.id = id;
  }

  @Test
  void saysWhatItIs() {
    BackendInfo info = Backends.ensureAvailable(id);
    assertEquals(id, info.id());
    assertEquals("1.0", info.abiVersion());
    assertEquals(TestSetting.library().getFileName().toString(), fileName(info));
  }

  private static String fileName(BackendInfo info) {
    return Path.of(info.libraryPath()).getFileName().toString();
  }

  @Test
  void panicIsAnException() {
    assertTrue(Backends.selfTest(id).length() > 5);
  }

  /** Waits for the first iteration, so that the flag must reach a fit that is under way. */
  @Test
  @Timeout(60)
  void cancelledFitThrows() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(3);
    int answers = 300_000;
    int[] task = random.ints(answers, 0, 100_000).toArray();
    int[] expert = random.ints(answers, 0, 50).toArray();
    int[] label = random.ints(answers, 0, 5).toArray();
    FitControl control = new FitControl();
    DawidSkene endless =
        DawidSkene.builder().maxIterations(Integer.MAX_VALUE).tolerance(0).backend(id).build();
    try (AnswerTable table = AnswerTable.ofIndices(task, expert, label, null, 100_000, 50, 5)) {
      Thread canceller =
          new Thread(
              () -> {
                while (control.iterations() == 0) {
                  Thread.onSpinWait();
                }
                control.cancel();
              });
      canceller.setDaemon(true);
      canceller.start();
      assertThrows(CancellationException.class, () -> endless.fit(table, control));
      canceller.join();
      assertTrue(control.iterations() >= 1);
      // The table survives, and so does the backend.
      try (Consensus fit = DawidSkene.builder().maxIterations(1).backend(id).build().fit(table)) {
        assertEquals(1, fit.iterations());
      }
    }
  }

  @Test
  void measuresSayWhatIsWrong() {
    try (AnswerTable table =
        AnswerTable.builder().add("a", "x", "1").add("a", "y", "2").add("b", "x", "1").build()) {
      Agreement agreement = Agreement.of(table).backend(id);
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> agreement.uncertaintyByTask(0.5, Double.NaN));
      assertEquals("skill of expert 1: NaN is not between 0 and 1", e.getMessage());
      FitControl control = new FitControl();
      control.cancel();
      assertThrows(CancellationException.class, () -> agreement.control(control).alpha());
      assertEquals(0.0, agreement.alpha().value());
    }
  }

  /** As in application servers and notebooks. */
  @Test
  void secondClassLoaderLoadsTheSameFile() throws Exception {
    Backends.ensureAvailable(id);
    List<URL> urls = new ArrayList<>();
    for (String entry : TestSetting.classPath().split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> backends = loader.loadClass(Backends.class.getName());
      assertNotSame(Backends.class, backends);
      Object message = backends.getMethod("selfTest", String.class).invoke(null, id);
      assertTrue(message.toString().length() > 5);
    }
  }

  @Test
  void memoryIsUsableAndClosable() {
    MemoryBlock block = MemoryBlock.allocate(1000, id);
    block.putDouble(124, 2.5);
    assertEquals(2.5, block.getDouble(124));
    assertEquals(0.0, block.getDouble(0));
    assertThrows(IndexOutOfBoundsException.class, () -> block.getDouble(125));
    block.close();
    block.close();
    assertThrows(IllegalStateException.class, () -> block.getDouble(0));
  }
}
