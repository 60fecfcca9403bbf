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

  /** {@code coterie_online_options_t}. */
  public static final class OnlineOptions {
    public static final int SIZE = 56;
    public static final int STRUCT_SIZE = 0;
    public static final int LABELS = 4;
    public static final int SWEEPS = 8;
    public static final int NEIGHBOURS = 12;
    public static final int NEIGHBOUR_TASKS = 16;
    public static final int MAX_ITERATIONS = 20;
    public static final int SMOOTHING = 24;
    public static final int TRUST = 32;
    public static final int SETTLED = 40;
    public static final int TOLERANCE = 48;

    private OnlineOptions() {}
  }

  /** {@code coterie_online_answers_t}. */
  public static final class OnlineAnswers {
    public static final int SIZE = 56;
    public static final int STRUCT_SIZE = 0;
    public static final int TASKS = 4;
    public static final int EXPERTS = 8;
    public static final int LABELS = 12;
    public static final int TASK = 16;
    public static final int EXPERT = 24;
    public static final int LABEL = 32;
    public static final int WEIGHT = 40;
    public static final int ANSWERS = 48;

    private OnlineAnswers() {}
  }

  /** {@code coterie_online_view_t}. */
  public static final class OnlineView {
    public static final int SIZE = 120;
    public static final int STRUCT_SIZE = 0;
    public static final int LABELS = 4;
    public static final int FIRST_TASK = 8;
    public static final int TASKS = 12;
    public static final int FIRST_EXPERT = 16;
    public static final int EXPERTS = 20;
    public static final int POSTERIOR = 24;
    public static final int ANSWER = 32;
    public static final int RUNNER_UP = 40;
    public static final int TASK_ANSWERS = 48;
    public static final int GIVEN_EXPERT = 56;
    public static final int GIVEN_LABEL = 64;
    public static final int GIVEN_WEIGHT = 72;
    public static final int GIVEN = 80;
    public static final int CONFUSION = 88;
    public static final int SKILL = 96;
    public static final int EXPERT_ANSWERS = 104;
    public static final int PRIOR = 112;

    private OnlineView() {}
  }

  /** {@code coterie_online_statistics_t}. */
  public static final class OnlineStatistics {
    public static final int SIZE = 80;
    public static final int TASKS = 0;
    public static final int EXPERTS = 4;
    public static final int LABELS = 8;
    public static final int SWEEPS = 12;
    public static final int NEIGHBOURS = 16;
    public static final int NEIGHBOUR_TASKS = 20;
    public static final int MAX_ITERATIONS = 24;
    public static final int RESERVED = 28;
    public static final int SMOOTHING = 32;
    public static final int TRUST = 40;
    public static final int SETTLED = 48;
    public static final int TOLERANCE = 56;
    public static final int ANSWERS = 64;
    public static final int RECOUNTS = 72;

    private OnlineStatistics() {}
  }

  /** {@code coterie_online_summary_t}. */
  public static final class OnlineSummary {
    public static final int SIZE = 16;
    public static final int ITERATIONS = 0;
    public static final int CONVERGED = 4;
    public static final int OBJECTIVE = 8;

    private OnlineSummary() {}
  }

  /** {@code coterie_acquisition_question_t}. */
  public static final class AcquisitionQuestion {
    public static final int SIZE = 96;
    public static final int STRUCT_SIZE = 0;
    public static final int TASKS = 4;
    public static final int EXPERTS = 8;
    public static final int LABELS = 12;
    public static final int POSTERIOR = 16;
    public static final int CONFUSION = 24;
    public static final int COST = 32;
    public static final int TASK = 40;
    public static final int EXPERT = 48;
    public static final int CANDIDATES = 56;
    public static final int TARGET = 64;
    public static final int LOSS = 72;
    public static final int BUDGET = 80;
    public static final int MOST = 88;
    public static final int RESERVED = 92;

    private AcquisitionQuestion() {}
  }

  /** {@code coterie_acquisition_plan_t}. */
  public static final class AcquisitionPlan {
    public static final int SIZE = 56;
    public static final int STRUCT_SIZE = 0;
    public static final int PICKS = 4;
    public static final int SPENT = 8;
    public static final int GAIN = 16;
    public static final int EXPECTED = 24;
    public static final int RATE = 32;
    public static final int PICKED = 40;
    public static final int STATE = 48;

    private AcquisitionPlan() {}
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

  /** {@code coterie_numeric_problem_t}. */
  public static final class NumericProblem {
    public static final int SIZE = 112;
    public static final int STRUCT_SIZE = 0;
    public static final int METHOD = 4;
    public static final int TASK = 8;
    public static final int EXPERT = 16;
    public static final int VALUE = 24;
    public static final int WEIGHT = 32;
    public static final int ANSWERS = 40;
    public static final int TASKS = 48;
    public static final int EXPERTS = 52;
    public static final int KNOWN = 56;
    public static final int EXPERT_WEIGHTS = 64;
    public static final int PARAMETERS = 72;
    public static final int PARAMETERS_LENGTH = 80;
    public static final int REPEATS = 88;
    public static final int MAX_ITERATIONS = 92;
    public static final int THREADS = 96;
    public static final int RESERVED = 100;
    public static final int TOLERANCE = 104;

    private NumericProblem() {}
  }

  /** {@code coterie_numeric_outcome_t}. */
  public static final class NumericOutcome {
    public static final int SIZE = 72;
    public static final int STRUCT_SIZE = 0;
    public static final int ITERATIONS = 4;
    public static final int CONVERGED = 8;
    public static final int RESERVED = 12;
    public static final int OBJECTIVE = 16;
    public static final int ESTIMATE = 24;
    public static final int ERROR = 32;
    public static final int SPREAD = 40;
    public static final int WEIGHT = 48;
    public static final int BIAS = 56;
    public static final int DEVIATION = 64;

    private NumericOutcome() {}
  }

  /** {@code coterie_pairwise_problem_t}. */
  public static final class PairwiseProblem {
    public static final int SIZE = 96;
    public static final int STRUCT_SIZE = 0;
    public static final int METHOD = 4;
    public static final int EXPERT = 8;
    public static final int LEFT = 16;
    public static final int RIGHT = 24;
    public static final int OUTCOME = 32;
    public static final int WEIGHT = 40;
    public static final int COMPARISONS = 48;
    public static final int ITEMS = 56;
    public static final int EXPERTS = 60;
    public static final int PARAMETERS = 64;
    public static final int PARAMETERS_LENGTH = 72;
    public static final int TOLERANCE = 80;
    public static final int MAX_ITERATIONS = 88;
    public static final int RESERVED = 92;

    private PairwiseProblem() {}
  }

  /** {@code coterie_pairwise_outcome_t}. */
  public static final class PairwiseOutcome {
    public static final int SIZE = 96;
    public static final int STRUCT_SIZE = 0;
    public static final int ITERATIONS = 4;
    public static final int CONVERGED = 8;
    public static final int RESERVED = 12;
    public static final int OBJECTIVE = 16;
    public static final int SCORE = 24;
    public static final int STANDARD_ERROR = 32;
    public static final int RANK = 40;
    public static final int COMPONENT = 48;
    public static final int STRONG_COMPONENT = 56;
    public static final int SKILL = 64;
    public static final int BIAS = 72;
    public static final int REPORT = 80;
    public static final int REPORT_LENGTH = 88;

    private PairwiseOutcome() {}
  }

  /** {@code coterie_text_problem_t}. */
  public static final class TextProblem {
    public static final int SIZE = 152;
    public static final int STRUCT_SIZE = 0;
    public static final int SIMILARITY = 4;
    public static final int TASK = 8;
    public static final int EXPERT = 16;
    public static final int CONFIDENCE = 24;
    public static final int ROWS = 32;
    public static final int TOKEN_OFFSET = 40;
    public static final int TOKEN = 48;
    public static final int TOKENS = 56;
    public static final int VOCABULARY = 64;
    public static final int SYMBOL_OFFSET = 72;
    public static final int SYMBOL = 80;
    public static final int SYMBOLS = 88;
    public static final int EMBEDDING = 96;
    public static final int DIMENSION = 104;
    public static final int TASKS = 108;
    public static final int EXPERTS = 112;
    public static final int CHOICE = 116;
    public static final int CLUSTERING = 120;
    public static final int MIN_POINTS = 124;
    public static final int CONFIDENCE_RULE = 128;
    public static final int THEMES = 132;
    public static final int THREADS = 136;
    public static final int RESERVED = 140;
    public static final int THRESHOLD = 144;

    private TextProblem() {}
  }

  /** {@code coterie_text_theme_t}. */
  public static final class TextTheme {
    public static final int SIZE = 32;
    public static final int ROW = 0;
    public static final int PLACE = 4;
    public static final int LENGTH = 8;
    public static final int INSIDE = 12;
    public static final int OUTSIDE = 16;
    public static final int RESERVED = 20;
    public static final int SCORE = 24;

    private TextTheme() {}
  }

  /** {@code coterie_text_outcome_t}. */
  public static final class TextOutcome {
    public static final int SIZE = 96;
    public static final int STRUCT_SIZE = 0;
    public static final int RESERVED = 4;
    public static final int CHOSEN = 8;
    public static final int CONFIDENCE = 16;
    public static final int SUPPORT = 24;
    public static final int CLUSTERS = 32;
    public static final int CLUSTER = 40;
    public static final int MEDOID = 48;
    public static final int CENTRALITY = 56;
    public static final int WEIGHT = 64;
    public static final int SKILL = 72;
    public static final int THEME = 80;
    public static final int THEME_COUNT = 88;

    private TextOutcome() {}
  }

  /** {@code coterie_text_pairs_t}. */
  public static final class TextPairs {
    public static final int SIZE = 48;
    public static final int STRUCT_SIZE = 0;
    public static final int RESERVED = 4;
    public static final int FIRST = 8;
    public static final int SECOND = 16;
    public static final int SIMILARITY = 24;
    public static final int CAPACITY = 32;
    public static final int COUNT = 40;

    private TextPairs() {}
  }

  /** {@code coterie_text_rover_problem_t}. */
  public static final class TextRoverProblem {
    public static final int SIZE = 80;
    public static final int STRUCT_SIZE = 0;
    public static final int RELIABILITY = 4;
    public static final int TASK = 8;
    public static final int EXPERT = 16;
    public static final int LENGTH = 24;
    public static final int WORD = 32;
    public static final int CONFIDENCE = 40;
    public static final int ROWS = 48;
    public static final int WORD_COUNT = 56;
    public static final int TASKS = 64;
    public static final int EXPERTS = 68;
    public static final int WORDS = 72;
    public static final int RESERVED = 76;

    private TextRoverProblem() {}
  }

  /** {@code coterie_text_rover_outcome_t}. */
  public static final class TextRoverOutcome {
    public static final int SIZE = 56;
    public static final int STRUCT_SIZE = 0;
    public static final int ROUNDS = 4;
    public static final int LENGTH = 8;
    public static final int WORD = 16;
    public static final int SHARE = 24;
    public static final int BACKBONE = 32;
    public static final int WEIGHT = 40;
    public static final int SKILL = 48;

    private TextRoverOutcome() {}
  }

  /** {@code coterie_text_wire_options_t}. */
  public static final class TextWireOptions {
    public static final int SIZE = 40;
    public static final int STRUCT_SIZE = 0;
    public static final int SIMILARITY = 4;
    public static final int CHOICE = 8;
    public static final int CLUSTERING = 12;
    public static final int MIN_POINTS = 16;
    public static final int CONFIDENCE_RULE = 20;
    public static final int THEMES = 24;
    public static final int THREADS = 28;
    public static final int THRESHOLD = 32;

    private TextWireOptions() {}
  }

  /** {@code coterie_wire_report_t}. */
  public static final class WireReport {
    public static final int SIZE = 24;
    public static final int POSITION = 0;
    public static final int WRITTEN = 8;
    public static final int KIND = 16;
    public static final int REASON = 20;

    private WireReport() {}
  }
}
