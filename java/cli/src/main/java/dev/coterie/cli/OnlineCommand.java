package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code coterie online}. */
@Command(
    name = "online",
    description =
        "Keeps a Dawid-Skene consensus in a file, adds answers to it without fitting all of them"
            + " again, and shows its result.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nUse:%n",
    footer = {
      "  coterie online jobs.state monday.csv --create   makes the model and fits all answers",
      "  coterie online jobs.state tuesday.csv           adds answers, visits the tasks they touch",
      "  coterie online jobs.state --refit               fits all answers again",
      "  coterie online jobs.state -o result.csv         writes the result, changes nothing",
      "  An expert has one answer to a task: a later one replaces it. The state is replaced whole,"
          + " and only",
      "  after everything went well; it is written before any result. The same answers in the same"
          + " steps",
      "  give the same bytes on every backend and machine. Answers and results look as for coterie",
      "  consensus; docs/methods/online.md has the model and the layout of the file."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the work failed: no backend, no memory, a full disk, an internal error",
      "2:wrong input or usage; one line says where and what cures it",
      "130:interrupted",
      "141:whoever read standard output stopped reading"
    })
final class OnlineCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "STATE", description = "The file of the model.")
  private String state;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "Answers to add; - for standard input.")
  private String file;

  @Option(names = "--create", description = "Makes the model, from the answers of FILE.")
  private boolean create;

  @Option(
      names = "--refit",
      description =
          "Fits all answers to convergence, after adding those of FILE; --create always does.")
  private boolean refit;

  @Mixin private OnlineOptions options;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description =
          "The true labels (columns task and label) of some or all tasks, to measure how good the"
              + " result is.")
  private String truth;

  @Mixin private LabelOutputOptions output;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "The number of threads of the fit of --create, 0 for one per core. Changes no bit.")
  private int threads;

  @Option(
      names = "--backend",
      paramLabel = "ID",
      defaultValue = "auto",
      description =
          "ffm, jna, vectorapi, scalar or auto. Changes no bit of the result. Default:"
              + " ${DEFAULT-VALUE}.")
  private String backend;

  @Mixin private InputOptions input;

  OnlineCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    GivenOptions.requireNotNegative("--threads", threads);
    Choice.of("--backend", backend, "auto", "ffm", "jna", "vectorapi", "scalar");
    input.delimiter();
    if (create && file == null) {
      throw new InputException("--create needs answers; name their file after STATE");
    }
    output.check(null, state, file, truth);
    Session.checkStandardInput("FILE and --truth", file, truth);
    StateFile stateFile = StateFile.at(state);
    String id = backend.equals("auto") ? null : backend;
    Session session = new Session(terminal, file == null ? state : file, input, output);
    OnlineRun run = new OnlineRun(session, state, stateFile, file != null, truth, id);
    if (create) {
      stateFile.checkNew();
      run.create(options.builder(threads, id));
    } else {
      options.refuse();
      if (file != null || refit) {
        stateFile.checkWritable();
      }
      run.go(refit);
    }
    return ExitCode.OK;
  }
}
