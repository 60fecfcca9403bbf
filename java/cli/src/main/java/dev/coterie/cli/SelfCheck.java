package dev.coterie.cli;

import dev.coterie.cli.method.Catalogue;
import dev.coterie.cli.method.MethodOption;
import dev.coterie.cli.method.Settings;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.ConsensusMethod;
import java.util.List;
import java.util.Map;

/** Fits small tables on a backend and compares every bit with the scalar backend. */
final class SelfCheck {
  private static final int TASKS = 97;
  private static final int EXPERTS = 11;
  private static final int ANSWERS_PER_TASK = 5;
  private static final int[] LABELS = {2, 4, 5};

  /** Enough to reach every operation, and not more: a check is waited for. */
  private static final Map<MethodOption, Object> SHORT =
      Map.of(MethodOption.MAX_ITERATIONS, 12, MethodOption.RESTARTS, 2, MethodOption.GROUPS, 2);

  private SelfCheck() {}

  /** Throws an {@link IllegalStateException} that says what differs. */
  static void againstScalar(String backend) {
    for (int labels : LABELS) {
      try (AnswerTable table = table(labels, backend)) {
        List<ConsensusMethod> expected = methods("scalar");
        List<ConsensusMethod> actual = methods(backend);
        for (int i = 0; i < expected.size(); i++) {
          String what = actual.get(i).id() + " with " + labels + " labels";
          try (Consensus scalar = fit(expected.get(i), table);
              Consensus other = fit(actual.get(i), table)) {
            require((scalar == null) == (other == null), what, "refusals");
            if (scalar != null) {
              compare(what, scalar, other);
            }
          }
        }
      }
    }
  }

  /** Returns the result, or null when the method refuses the table. */
  private static Consensus fit(ConsensusMethod method, AnswerTable table) {
    try {
      return method.fit(table);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static List<ConsensusMethod> methods(String backend) {
    Settings settings = new Settings(SHORT, 0, backend);
    return Catalogue.categorical().stream().map(method -> method.build(settings)).toList();
  }

  /** Makes a table of experts who are right more often than not. */
  private static AnswerTable table(int labels, String backend) {
    int size = TASKS * ANSWERS_PER_TASK;
    int[] task = new int[size];
    int[] expert = new int[size];
    int[] label = new int[size];
    float[] weight = new float[size];
    long state = labels;
    for (int i = 0; i < size; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      int random = (int) (state >>> 33);
      task[i] = i / ANSWERS_PER_TASK;
      expert[i] = random % EXPERTS;
      label[i] = (random >>> 8) % 10 < 7 ? task[i] % labels : (random >>> 16) % labels;
      weight[i] = (1 + (random >>> 12) % 8) / 8.0f;
    }
    return AnswerTable.ofIndices(task, expert, label, weight, TASKS, EXPERTS, labels, backend);
  }

  private static void compare(String what, Consensus expected, Consensus actual) {
    require(expected.iterations() == actual.iterations(), what, "iterations");
    same(expected.logLikelihood(), actual.logLikelihood(), what, "log-likelihood");
    int labels = expected.table().labels();
    for (int task = 0; task < TASKS; task++) {
      require(expected.answer(task) == actual.answer(task), what, "answers");
      require(expected.runnerUp(task) == actual.runnerUp(task), what, "runners-up");
      if (expected.hasDifficulty()) {
        same(expected.difficulty(task), actual.difficulty(task), what, "difficulties");
      }
      for (int label = 0; label < labels; label++) {
        same(expected.posterior(task, label), actual.posterior(task, label), what, "posteriors");
      }
    }
    for (int expert = 0; expert < EXPERTS; expert++) {
      same(expected.skill(expert), actual.skill(expert), what, "skills");
      if (expected.hasWeight()) {
        same(expected.weight(expert), actual.weight(expert), what, "weights");
      }
    }
  }

  private static void same(double expected, double actual, String what, String part) {
    require(Double.doubleToLongBits(expected) == Double.doubleToLongBits(actual), what, part);
  }

  private static void require(boolean equal, String what, String part) {
    if (!equal) {
      throw new IllegalStateException(
          "the " + part + " of " + what + " differ from those of the scalar backend");
    }
  }
}
