package dev.coterie.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.BackendInfo;
import dev.coterie.BackendUnavailableException;
import dev.coterie.CoterieNativeException;
import dev.coterie.consensus.FitControl;
import dev.coterie.internal.abi.Layouts;
import dev.coterie.internal.abi.Status;
import dev.coterie.memory.MemoryBlock;
import dev.coterie.memory.OutOfNativeMemoryException;
import dev.coterie.testing.FakeNative;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What lies between the SPI and the C functions: version check, statuses, struct contents,
 * lifetimes. The functions are a stand-in that computes nothing; fits by the real library are
 * tested with the bindings and in the parity suite.
 */
class NativeBackendTest {
  private final FakeNative functions = new FakeNative();
  private final NativeLibrary library = NativeLibrary.of(Path.of("libcoterie.so"));

  private NativeBackend open() {
    return NativeBackend.open("ffm", functions, library);
  }

  @AfterEach
  void clear() {
    System.clearProperty(Isa.SETTING);
  }

  @Test
  void describesItself() {
    BackendInfo info = open().info();
    assertEquals("ffm", info.id());
    assertEquals("avx2", info.isa());
    assertEquals("1.0", info.abiVersion());
    assertEquals("coterie 9.8.7 abi 1.0 fake", info.buildInfo());
    assertEquals("ffm (avx2, library 9.8.7, ABI 1.0, libcoterie.so)", info.toString());
  }

  @Test
  void checksTheVersionBeforeAnythingElse() {
    for (int abi : new int[] {0, 2 << 16, 0xFFFF}) {
      functions.abi = abi;
      BackendUnavailableException e = assertThrows(BackendUnavailableException.class, this::open);
      assertTrue(e.getMessage().contains("coterie-natives"), e.getMessage());
      assertEquals(0, functions.otherCalls);
    }
    functions.abi = (1 << 16) + 7;
    assertEquals("1.7", open().info().abiVersion());
  }

  @Test
  void capsTheInstructionSet() {
    System.setProperty(Isa.SETTING, "scalar");
    assertEquals("scalar", open().info().isa());
    System.setProperty(Isa.SETTING, "avx512");
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, this::open);
    assertTrue(e.getMessage().contains("avx512"), e.getMessage());
    assertTrue(e.getMessage().contains("not on this machine"), e.getMessage());
    System.setProperty(Isa.SETTING, "mmx");
    e = assertThrows(IllegalArgumentException.class, this::open);
    assertTrue(e.getMessage().contains("auto, scalar, avx2, avx512, neon"), e.getMessage());
    System.setProperty(Isa.SETTING, "auto");
    open();
  }

  @Test
  void everyStatusBecomesItsException() {
    NativeBackend backend = open();
    Map<Integer, Class<? extends RuntimeException>> expected =
        Map.of(
            Status.INVALID_ARGUMENT,
            IllegalArgumentException.class,
            Status.OUT_OF_MEMORY,
            OutOfNativeMemoryException.class,
            Status.STALE_HANDLE,
            IllegalStateException.class,
            Status.WRONG_HANDLE_TYPE,
            IllegalStateException.class,
            Status.CANCELLED,
            CancellationException.class,
            Status.UNSUPPORTED,
            UnsupportedOperationException.class,
            Status.PANIC,
            CoterieNativeException.class,
            99,
            CoterieNativeException.class);
    try (Table table = new Table(backend)) {
      expected.forEach(
          (status, type) -> {
            functions.nextStatus = status;
            functions.nextMessage = "réason " + status;
            RuntimeException e = assertThrows(type, () -> table.fit(new FitControl()));
            assertTrue(e.getMessage().endsWith("réason " + status), e.getMessage());
            functions.nextStatus = status;
            assertThrows(type, () -> backend.kernels().exp(new double[3], new double[3]));
          });
    }
    assertEquals(0, functions.liveBlocks());
  }

  @Test
  void aLengthBeyondTheErrorStructIsNotBelieved() {
    NativeBackend backend = open();
    try (Table table = new Table(backend)) {
      functions.fit =
          (problem, outcome, control, error) -> {
            functions.at(error, Layouts.Error.SIZE).putInt(Layouts.Error.LENGTH, 1 << 30);
            return Status.PANIC;
          };
      assertThrows(CoterieNativeException.class, () -> table.fit(new FitControl()));
    }
  }

  @Test
  void writesTheStructs() {
    NativeBackend backend = open();
    try (Table table = new Table(backend)) {
      functions.fit =
          (problem, outcome, control, error) -> {
            ByteBuffer p = functions.at(problem, Layouts.FitProblem.SIZE);
            assertEquals(Layouts.FitProblem.SIZE, p.getInt(Layouts.FitProblem.STRUCT_SIZE));
            assertEquals(MethodKind.DAWID_SKENE.number(), p.getInt(Layouts.FitProblem.METHOD));
            assertEquals(2, p.getLong(Layouts.FitProblem.ANSWERS));
            assertEquals(2, p.getInt(Layouts.FitProblem.TASKS));
            assertEquals(1, p.getInt(Layouts.FitProblem.EXPERTS));
            assertEquals(3, p.getInt(Layouts.FitProblem.LABELS));
            assertEquals(1, p.getInt(Layouts.FitProblem.REPEATS));
            assertEquals(2, p.getInt(Layouts.FitProblem.PRIOR_COUNTS_MODE));
            assertEquals(1, p.getInt(Layouts.FitProblem.POSITIONAL));
            assertEquals(17, p.getInt(Layouts.FitProblem.MAX_ITERATIONS));
            assertEquals(5, p.getInt(Layouts.FitProblem.THREADS));
            assertEquals(0.25, p.getDouble(Layouts.FitProblem.TOLERANCE));
            assertEquals(0.5, p.getDouble(Layouts.FitProblem.SMOOTHING));
            assertEquals(0, p.getLong(Layouts.FitProblem.WEIGHT));
            assertEquals(1, functions.at(p.getLong(Layouts.FitProblem.TASK), 8).getInt(4));
            assertEquals(2, functions.at(p.getLong(Layouts.FitProblem.LABEL), 8).getInt(0));
            assertEquals(
                0.3, functions.at(p.getLong(Layouts.FitProblem.CLASS_PRIORS), 24).getDouble(16));
            assertEquals(-1, functions.at(p.getLong(Layouts.FitProblem.GOLD), 8).getInt(4));
            assertEquals(
                8, functions.at(p.getLong(Layouts.FitProblem.PRIOR_COUNTS), 72).getDouble(64));
            assertEquals(2, p.getLong(Layouts.FitProblem.PARAMETERS_LENGTH));
            assertEquals(
                0.125, functions.at(p.getLong(Layouts.FitProblem.PARAMETERS), 16).getDouble(0));
            assertEquals(-9, p.getLong(Layouts.FitProblem.SEED));
            ByteBuffer o = functions.at(outcome, Layouts.FitOutcome.SIZE);
            assertEquals(Layouts.FitOutcome.SIZE, o.getInt(Layouts.FitOutcome.STRUCT_SIZE));
            assertEquals(6, o.getLong(Layouts.FitOutcome.POSTERIOR_LENGTH));
            assertEquals(9, o.getLong(Layouts.FitOutcome.CONFUSION_LENGTH));
            assertEquals(0, o.getLong(Layouts.FitOutcome.WEIGHT));
            assertEquals(0, o.getLong(Layouts.FitOutcome.DIFFICULTY));
            assertEquals(0, o.getLong(Layouts.FitOutcome.REPORT_LENGTH));
            functions.at(o.getLong(Layouts.FitOutcome.POSTERIOR), 48).putDouble(40, 0.75);
            functions.at(o.getLong(Layouts.FitOutcome.RUNNER_UP), 8).putInt(4, 1);
            functions.at(o.getLong(Layouts.FitOutcome.SKILL), 8).putDouble(0, 0.125);
            o.putInt(Layouts.FitOutcome.ITERATIONS, 12);
            o.putInt(Layouts.FitOutcome.CONVERGED, 1);
            o.putDouble(Layouts.FitOutcome.OBJECTIVE, -3.5);
            return Status.OK;
          };
      table.fit(new FitControl());
      assertEquals(0.75, table.outcome.posterior.getDouble(5));
      assertEquals(1, table.outcome.runnerUp.getInt(1));
      assertEquals(0.125, table.outcome.skill.getDouble(0));
      assertEquals(12, table.outcome.iterations);
      assertTrue(table.outcome.converged);
      assertEquals(-3.5, table.outcome.objective);
    }
    assertEquals(0, functions.liveBlocks());
  }

  @Test
  void memoryClosedDuringAFitStaysUntilItsEnd() {
    NativeBackend backend = open();
    Table table = new Table(backend);
    int live = functions.liveBlocks();
    functions.fit =
        (problem, outcome, control, error) -> {
          table.close();
          // The copies of the options come on top.
          assertEquals(live + 4, functions.liveBlocks());
          return Status.OK;
        };
    table.fit(new FitControl());
    assertEquals(0, functions.liveBlocks());
    assertThrows(IllegalStateException.class, () -> table.fit(new FitControl()));
    assertEquals(0, functions.liveBlocks());
  }

  @Test
  void aControlReachesTheFitAndBack() {
    NativeBackend backend = open();
    FitControl control = new FitControl();
    try (Table table = new Table(backend)) {
      functions.fit =
          (problem, outcome, block, error) -> {
            ByteBuffer shared = functions.at(block, Layouts.Control.SIZE);
            assertEquals(0, shared.getInt(Layouts.Control.CANCEL));
            shared.putLong(Layouts.Control.ITERATIONS, 7);
            assertEquals(7, control.iterations());
            control.cancel();
            assertEquals(1, shared.getInt(Layouts.Control.CANCEL));
            return functions.fail(Status.CANCELLED, "cancelled", error);
          };
      assertThrows(CancellationException.class, () -> table.fit(control));
      assertEquals(7, control.iterations());
      assertTrue(control.isCancelled());
      functions.fit =
          (problem, outcome, block, error) -> {
            assertEquals(
                1, functions.at(block, Layouts.Control.SIZE).getInt(Layouts.Control.CANCEL));
            return functions.fail(Status.CANCELLED, "cancelled", error);
          };
      assertThrows(CancellationException.class, () -> table.fit(control));
      FitControl fresh = new FitControl();
      functions.fit =
          (problem, outcome, block, error) -> {
            control.cancel();
            assertEquals(
                0, functions.at(block, Layouts.Control.SIZE).getInt(Layouts.Control.CANCEL));
            return Status.OK;
          };
      table.fit(fresh);
      assertFalse(fresh.isCancelled());
    }
  }

  @Test
  void storageOfWrongSizeOrKindNeverReachesTheLibrary() {
    NativeBackend backend = open();
    functions.fit = (problem, outcome, control, error) -> Status.PANIC;
    try (Table table = new Table(backend);
        MemoryBlock small = MemoryAccess.get().allocate(backend.memory(), 4)) {
      FitOutcome.OffHeap o = table.outcome;
      FitOutcome.OffHeap wrong =
          new FitOutcome.OffHeap(
              o.posterior, small, o.runnerUp, o.prior, o.confusion, o.skill, null, null, null);
      assertThrows(
          IllegalArgumentException.class,
          () -> backend.consensus().fit(table.problem, wrong, new FitControl()));
      FitOutcome.Heap heap =
          new FitOutcome.Heap(null, null, null, null, null, null, null, null, null);
      assertThrows(
          IllegalArgumentException.class,
          () -> backend.consensus().fit(table.problem, heap, new FitControl()));
    }
  }

  @Test
  void theSelfTestReturnsThePanicsMessage() {
    NativeBackend backend = open();
    assertEquals("panicked on purpose", backend.selfTest());
    functions.nextStatus = Status.UNSUPPORTED;
    assertThrows(CoterieNativeException.class, backend::selfTest);
  }

  @Test
  void probesCheckTheirArrays() {
    KernelProbe kernels = open().kernels();
    assertEquals(3, kernels.sum(new double[3]));
    assertThrows(IllegalArgumentException.class, () -> kernels.exp(new double[3], new double[2]));
    assertThrows(
        IllegalArgumentException.class,
        () -> kernels.sum(new double[KernelProbe.MAXIMUM_LENGTH + 1]));
  }

  /** Two answers of one expert, with every option. */
  private static final class Table implements AutoCloseable {
    private final NativeBackend backend;
    private final List<MemoryBlock> blocks;
    final FitProblem problem;
    final FitOutcome.OffHeap outcome;

    Table(NativeBackend backend) {
      this.backend = backend;
      MemoryBlock task = allocate(8);
      MemoryBlock expert = allocate(8);
      MemoryBlock label = allocate(8);
      task.putInt(1, 1);
      label.putInt(0, 2);
      outcome =
          new FitOutcome.OffHeap(
              allocate(48),
              allocate(8),
              allocate(8),
              allocate(24),
              allocate(72),
              allocate(8),
              null,
              null,
              null);
      blocks =
          List.of(
              task,
              expert,
              label,
              outcome.posterior,
              outcome.answer,
              outcome.runnerUp,
              outcome.prior,
              outcome.confusion,
              outcome.skill);
      problem =
          new FitProblem(
              MethodKind.DAWID_SKENE,
              new Columns.OffHeap(2, 2, 1, 3, task, expert, label, null),
              17,
              0.25,
              0.5,
              new double[] {0.4, 0.3, 0.3},
              new int[] {1, -1},
              new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8},
              FitProblem.EVERY_ITERATION,
              true,
              true,
              5,
              new double[] {0.125, 3},
              -9);
    }

    private MemoryBlock allocate(long bytes) {
      return MemoryAccess.get().allocate(backend.memory(), bytes);
    }

    void fit(FitControl control) {
      backend.consensus().fit(problem, outcome, control);
    }

    @Override
    public void close() {
      blocks.forEach(MemoryBlock::close);
    }
  }
}
