package dev.coterie.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;

/** Compares results bit for bit. */
final class Bits {
  private Bits() {}

  /** Fails unless both doubles have the same bits. */
  static void assertSame(double expected, double actual, String where) {
    if (Double.doubleToRawLongBits(expected) != Double.doubleToRawLongBits(actual)) {
      assertEquals(Double.toHexString(expected), Double.toHexString(actual), where);
      assertEquals(Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(actual), where);
    }
  }

  /** Fails unless both results are the same in every number that a caller can ask for. */
  static void assertSame(Consensus expected, Consensus actual, String where) {
    AnswerTable table = expected.table();
    assertEquals(expected.iterations(), actual.iterations(), where);
    assertEquals(expected.converged(), actual.converged(), where);
    assertSame(expected.logLikelihood(), actual.logLikelihood(), where + ": log-likelihood");
    int labels = table.labels();
    for (int label = 0; label < labels; label++) {
      assertSame(expected.classPrior(label), actual.classPrior(label), where + ": prior " + label);
    }
    for (int task = 0; task < table.tasks(); task++) {
      assertEquals(expected.answer(task), actual.answer(task), where);
      assertEquals(expected.runnerUp(task), actual.runnerUp(task), where);
      for (int label = 0; label < labels; label++) {
        assertSame(
            expected.posterior(task, label),
            actual.posterior(task, label),
            where + ": posterior of task " + task + ", label " + label);
      }
    }
    assertEquals(expected.hasConfusion(), actual.hasConfusion(), where);
    for (int expert = 0; expert < table.experts(); expert++) {
      assertSame(expected.skill(expert), actual.skill(expert), where + ": skill " + expert);
      for (int cell = 0; expected.hasConfusion() && cell < labels * labels; cell++) {
        assertSame(
            expected.confusion(expert, cell / labels, cell % labels),
            actual.confusion(expert, cell / labels, cell % labels),
            where + ": confusion of expert " + expert + ", cell " + cell);
      }
    }
  }
}
