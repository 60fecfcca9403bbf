package dev.coterie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code coterie consensus}. */
@Command(
    name = "consensus",
    description =
        "Infers the answer to each task, and how far each expert can be trusted, from the answers"
            + " of many experts.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nFiles:%n",
    footer = {
      "  Input is CSV (RFC 4180) or TSV in UTF-8 with a header, possibly gzipped. It has the"
          + " columns",
      "  task, expert (or worker), label and, if wanted, weight; other columns are ignored.",
      "  A result holds neither time nor backend: the same input and options give the same bytes"
          + " on",
      "  every backend and machine. Numbers are the shortest decimals that read back the same.",
      "  CSV columns: task, answer, posterior, runner_up, runner_up_posterior; for the experts:",
      "  expert, answers, skill. JSON has both and the confusion matrices [true label][answer].",
      "  An output file appears whole or not at all."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the work failed: no backend, no memory, a full disk, an internal error",
      "2:wrong input or usage; one line says where and what cures it",
      "130:interrupted",
      "141:whoever read standard output stopped reading"
    })
final class ConsensusCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "The answers; - for standard input.")
  private String file;

  @Mixin private MethodOptions method;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description =
          "The true labels (columns task and label) of some or all tasks, to measure the accuracy.")
  private String truth;

  @Mixin private OutputOptions output;

  @Mixin private InputOptions input;

  ConsensusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (method.list()) {
      terminal.print(MethodList.text());
      return ExitCode.OK;
    }
    method.check();
    input.delimiter();
    input.sorted();
    output.check(method.compares() ? method.text() : null, file, truth, method.gold());
    Session.checkStandardInput("FILE, --truth and --gold", file, truth, method.gold());
    Session session = new Session(terminal, file, input, output);
    new CategoricalRun(session, truth, method).run();
    return ExitCode.OK;
  }
}
