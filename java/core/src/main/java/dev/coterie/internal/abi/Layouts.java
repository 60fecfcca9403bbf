package dev.coterie.internal.abi;

/**
 * The sizes and offsets of the structs of {@code bindings/coterie.h} on 64-bit platforms, one
 * nested class a struct. A test compares them with {@code bindings/layouts.json}.
 */
public final class Layouts {
  private Layouts() {}

  /** {@code coterie_error_t}. */
  @SuppressWarnings("JavaLangClash")
  public static final class Error {
    public static final int SIZE = 512;
    public static final int CODE = 0;
    public static final int LENGTH = 4;
    public static final int MESSAGE = 8;

    private Error() {}
  }

  /** {@code coterie_memory_t}. */
  public static final class Memory {
    public static final int SIZE = 24;
    public static final int HANDLE = 0;
    public static final int ADDRESS = 8;
    public static final int BYTES = 16;

    private Memory() {}
  }

  /** {@code coterie_memory_stats_t}. */
  public static final class MemoryStats {
    public static final int SIZE = 16;
    public static final int BLOCKS = 0;
    public static final int BYTES = 8;

    private MemoryStats() {}
  }

  /** {@code coterie_control_t}. */
  public static final class Control {
    public static final int SIZE = 16;
    public static final int CANCEL = 0;
    public static final int RESERVED = 4;
    public static final int ITERATIONS = 8;

    private Control() {}
  }

  /** {@code coterie_fit_problem_t}. */
  public static final class FitProblem {
    public static final int SIZE = 144;
    public static final int STRUCT_SIZE = 0;
    public static final int METHOD = 4;
    public static final int TASK = 8;
    public static final int EXPERT = 16;
    public static final int LABEL = 24;
    public static final int WEIGHT = 32;
    public static final int ANSWERS = 40;
    public static final int TASKS = 48;
    public static final int EXPERTS = 52;
    public static final int LABELS = 56;
    public static final int REPEATS = 60;
    public static final int CLASS_PRIORS = 64;
    public static final int GOLD = 72;
    public static final int PRIOR_COUNTS = 80;
    public static final int PRIOR_COUNTS_MODE = 88;
    public static final int POSITIONAL = 92;
    public static final int MAX_ITERATIONS = 96;
    public static final int THREADS = 100;
    public static final int TOLERANCE = 104;
    public static final int SMOOTHING = 112;
    public static final int PARAMETERS = 120;
    public static final int PARAMETERS_LENGTH = 128;
    public static final int SEED = 136;

    private FitProblem() {}
  }

  /** {@code coterie_fit_outcome_t}. */
  public static final class FitOutcome {
    public static final int SIZE = 120;
    public static final int STRUCT_SIZE = 0;
    public static final int ITERATIONS = 4;
    public static final int CONVERGED = 8;
    public static final int RESERVED = 12;
    public static final int OBJECTIVE = 16;
    public static final int POSTERIOR = 24;
    public static final int ANSWER = 32;
    public static final int RUNNER_UP = 40;
    public static final int PRIOR = 48;
    public static final int CONFUSION = 56;
    public static final int SKILL = 64;
    public static final int POSTERIOR_LENGTH = 72;
    public static final int CONFUSION_LENGTH = 80;
    public static final int WEIGHT = 88;
    public static final int DIFFICULTY = 96;
    public static final int REPORT = 104;
    public static final int REPORT_LENGTH = 112;

    private FitOutcome() {}
  }

  /** {@code coterie_measure_problem_t}. */
  public static final class MeasureProblem {
    public static final int SIZE = 128;
    public static final int STRUCT_SIZE = 0;
    public static final int MEASURE = 4;
    public static final int TASK = 8;
    public static final int EXPERT = 16;
    public static final int LABEL = 24;
    public static final int WEIGHT = 32;
    public static final int ANSWERS = 40;
    public static final int TASKS = 48;
    public static final int EXPERTS = 52;
    public static final int LABELS = 56;
    public static final int REPEATS = 60;
    public static final int FIRST = 64;
    public static final int FIRST_LENGTH = 72;
    public static final int SECOND = 80;
    public static final int SECOND_LENGTH = 88;
    public static final int KNOWN = 96;
    public static final int OPTIONS = 104;
    public static final int OPTIONS_LENGTH = 112;
    public static final int SEED = 120;

    private MeasureProblem() {}
  }
}
