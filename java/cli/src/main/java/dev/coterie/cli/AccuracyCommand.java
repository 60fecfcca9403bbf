package dev.coterie.cli;

import dev.coterie.cli.accuracy.Halves;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.MethodOption;
import dev.coterie.cli.method.Settings;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code coterie accuracy}. */
@Command(
    name = "accuracy",
    description = "Measures methods on data sets whose truth is known.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nData sets:%n",
    footer = {
      "  A data set is a folder with a file of answers and one with the truth. They may have any"
          + " names,",
      "  for their columns tell what they are: task, expert (or worker) and label are answers, task"
          + " and",
      "  label without an expert the truth; left, right and label are comparisons, item and score"
          + " their",
      "  truth, a second file of comparisons is held out. Other files are ignored. Labels that are",
      "  numbers on a scale make a numeric data set; what is skipped is said on standard error.",
      "",
      "  Accuracy is the part of the tasks with truth and answers that is right. The calibration"
          + " error",
      "  is the mean distance between the posterior of the answer and the part that is right, over"
          + " ten",
      "  bins of equal width. The Brier score is the sum over the labels of the squared distance"
          + " of",
      "  their posteriors from 1 for the true one and 0 for the others. Seconds are those of the"
          + " fit.",
      "  A cell is empty where a number is undefined or a method does not apply.",
      "  With --gold each data set of labels or numbers has so many tasks drawn, whose truth all"
          + " methods are",
      "  told that take it; all are measured on the other tasks. An option of the methods counts for"
          + " those",
      "  that take it; without one they run with their defaults."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the work failed: no backend, no memory, an internal error",
      "2:wrong input or usage, or a data set that could not be read; one line says where",
      "130:interrupted",
      "141:whoever read standard output stopped reading"
    })
final class AccuracyCommand implements Callable<Integer> {
  /**
   * What methods take and means the same to all data sets; known tasks and seeds are drawn here.
   */
  static final Set<MethodOption> OPTIONS =
      EnumSet.complementOf(
          EnumSet.of(MethodOption.GOLD, MethodOption.SEED, MethodOption.CLASS_PRIORS));

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description = "A data set, or a folder of data sets.")
  private List<String> folders;

  @Option(
      names = "--tsv",
      description =
          "Prints tab-separated lines and nothing else: a header, then one line for each data set"
              + " and method.")
  private boolean tsv;

  @Option(
      names = {"-m", "--methods"},
      paramLabel = "LIST",
      defaultValue = "all",
      completionCandidates = MethodOptions.Words.class,
      description =
          "The methods, with commas between them; each runs on the data sets of its kind. Default:"
              + " ${DEFAULT-VALUE}.")
  private String methods;

  @Option(
      names = "--halves",
      paramLabel = "WHAT",
      description = "Fits on a random half of the experts or answers: experts or answers.")
  private String halves;

  @Option(
      names = "--gold",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Tells methods the truth of so many tasks of each data set, drawn at random, and measures"
              + " them on the others. Default: ${DEFAULT-VALUE}.")
  private int gold;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Decides which half, and which tasks of --gold; the seed of methods is not changed by it."
              + " Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "The number of threads, 0 for one per core.")
  private int threads;

  @Option(
      names = "--backend",
      paramLabel = "ID",
      defaultValue = "auto",
      description = "ffm, jna, vectorapi, scalar or auto. Default: ${DEFAULT-VALUE}.")
  private String backend;

  AccuracyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    GivenOptions.requireNotNegative("--threads", threads);
    Choice.of("--backend", backend, "auto", "ffm", "jna", "vectorapi", "scalar");
    Halves chosen = Halves.NONE;
    if (halves != null) {
      Choice.of("--halves", halves, "experts", "answers");
      chosen = Halves.valueOf(halves.toUpperCase(Locale.ROOT));
    }
    String id = backend.equals("auto") ? null : backend;
    GivenOptions.requireNotNegative("--gold", gold);
    List<Method<?>> known = AccuracyRun.known(methods);
    Map<MethodOption, Object> given =
        GivenOptions.check(GivenOptions.of(spec, OPTIONS), methods, known);
    Settings settings = new Settings(given, threads, id);
    AccuracyRun run = new AccuracyRun(terminal, known, tsv, settings, id);
    return run.run(folders, chosen, gold, seed) ? ExitCode.OK : ExitCode.WRONG_INPUT;
  }
}
