package dev.coterie.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.MethodKind;
import dev.coterie.testing.SplitMix64;
import java.util.Collections;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class JavaEngineTest {
  private static final double NEVER = -1.0;

  private final JavaEngine engine = new JavaEngine(new ScalarKernels());

  private static Columns.Heap table(int answers, int tasks, int experts, int labels) {
    SplitMix64 random = new SplitMix64(7);
    int[] task = new int[answers];
    int[] expert = new int[answers];
    int[] label = new int[answers];
    for (int i = 0; i < answers; i++) {
      task[i] = random.below(tasks);
      expert[i] = random.below(experts);
      label[i] = random.below(3) == 0 ? random.below(labels) : task[i] % labels;
    }
    return new Columns.Heap(answers, tasks, experts, labels, task, expert, label, null);
  }

  private static FitProblem problem(
      MethodKind method, Columns table, int iterations, double tolerance, int threads) {
    return new FitProblem(
        method,
        table,
        iterations,
        tolerance,
        0.0,
        null,
        null,
        null,
        0,
        false,
        false,
        threads,
        switch (method) {
          case ZERO_BASED_SKILL -> new double[] {1, 20, 0.5};
          case CATD -> new double[] {0.05};
          case KOS -> new double[] {1};
          case ZEN_CROWD -> new double[] {0.8};
          case MACE -> new double[] {1, 10, 0.5, 0.5, 10};
          case GLAD -> new double[] {1, 1};
          case IBCC -> new double[] {4, 1, 1};
          case EBCC -> new double[] {10, 10, 0.1, 4, 1};
          case ORDINAL -> new double[] {0};
          default -> new double[0];
        },
        0);
  }

  private static FitOutcome.Heap outcome(Columns table) {
    int k = table.labels();
    return new FitOutcome.Heap(
        new double[table.tasks() * k],
        new int[table.tasks()],
        new int[table.tasks()],
        new double[k],
        new double[table.experts() * k * k],
        new double[table.experts()],
        new double[table.experts()],
        new double[table.tasks()],
        null);
  }

  @ParameterizedTest
  @EnumSource(
      value = MethodKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"GOLD_MAJORITY_VOTE", "KOS"})
  void emptyTables(MethodKind method) {
    Columns.Heap table = new Columns.Heap(0, 2, 1, 3, new int[0], new int[0], new int[0], null);
    FitOutcome.Heap unanswered = outcome(table);
    engine.fit(problem(method, table, 10, 1e-9, 1), unanswered, new FitControl());
    assertArrayEquals(new int[] {-1, -1}, unanswered.answer);
    assertArrayEquals(new int[] {-1, -1}, unanswered.runnerUp);
    Columns.Heap nothing = new Columns.Heap(0, 0, 0, 2, new int[0], new int[0], new int[0], null);
    FitOutcome.Heap outcome = outcome(nothing);
    engine.fit(problem(method, nothing, 10, 1e-9, 2), outcome, new FitControl());
    assertArrayEquals(new double[] {0.5, 0.5}, outcome.prior);
  }

  @Test
  void aCancelledControlStopsAFitAtOnce() {
    Columns.Heap table = table(100, 10, 5, 2);
    FitControl control = new FitControl();
    control.cancel();
    assertThrows(
        CancellationException.class,
        () -> engine.fit(problem(MethodKind.DAWID_SKENE, table, 9, 0, 1), outcome(table), control));
  }

  @ParameterizedTest
  @EnumSource(
      value = MethodKind.class,
      names = {
        "DAWID_SKENE",
        "ONE_COIN_DAWID_SKENE",
        "ZERO_BASED_SKILL",
        "CATD",
        "PM",
        "MMSR",
        "ZEN_CROWD",
        "MACE",
        "GLAD",
        "IBCC",
        "EBCC",
        "AUTO"
      })
  void aFitReportsProgressAndIsCancelledInFlight(MethodKind method) throws InterruptedException {
    Columns.Heap table = table(40_000, 4_000, 20, 3);
    FitControl control = new FitControl();
    Thread canceller =
        new Thread(
            () -> {
              while (control.iterations() < 3) {
                Thread.onSpinWait();
              }
              control.cancel();
            });
    canceller.start();
    assertThrows(
        CancellationException.class,
        () ->
            engine.fit(
                problem(method, table, Integer.MAX_VALUE, NEVER, 2), outcome(table), control));
    canceller.join();
    assertTrue(control.iterations() >= 3);
  }

  @Test
  void aBusyPoolDoesNotBlockAFit() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    int workers = ForkJoinPool.commonPool().getParallelism();
    CountDownLatch busy = new CountDownLatch(workers);
    for (int i = 0; i < workers; i++) {
      ForkJoinPool.commonPool()
          .execute(
              () -> {
                busy.countDown();
                awaitQuietly(release);
              });
    }
    busy.await();
    try {
      Columns.Heap table = table(20_000, 2_000, 20, 3);
      FitOutcome.Heap outcome = outcome(table);
      engine.fit(problem(MethodKind.DAWID_SKENE, table, 5, NEVER, 4), outcome, new FitControl());
      assertEquals(5, outcome.iterations);
      assertFalse(outcome.converged);
    } finally {
      release.countDown();
    }
  }

  @Test
  void fitsInsideThePoolHelpEachOther() {
    Columns.Heap table = table(20_000, 2_000, 20, 3);
    AtomicInteger done = new AtomicInteger();
    ForkJoinPool.commonPool()
        .invokeAll(
            Collections.nCopies(
                6,
                () -> {
                  engine.fit(
                      problem(MethodKind.DAWID_SKENE, table, 5, NEVER, 3),
                      outcome(table),
                      new FitControl());
                  return done.incrementAndGet();
                }));
    assertEquals(6, done.get());
  }

  @Test
  void everyPartIsDoneOnceInAWorkspaceOfItsOwn() {
    Team team = new Team(3, 2, new FitControl());
    for (int round = 0; round < 200; round++) {
      AtomicIntegerArray times = new AtomicIntegerArray(17);
      team.run(
          17,
          (part, workspace) -> {
            double before = workspace.norms[0];
            times.incrementAndGet(part);
            Thread.onSpinWait();
            assertEquals(before, workspace.norms[0]);
            workspace.norms[0] = before + 1;
          });
      for (int part = 0; part < 17; part++) {
        assertEquals(1, times.get(part));
      }
    }
  }

  @Test
  void aFailureOfAPartReachesTheCaller() {
    Team team = new Team(2, 2, new FitControl());
    IllegalStateException failure = new IllegalStateException("on purpose");
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                team.run(
                    8,
                    (part, workspace) -> {
                      throw failure;
                    }));
    assertSame(failure, thrown);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
