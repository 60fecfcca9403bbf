package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelOrder;
import dev.coterie.cli.method.Catalogue;
import dev.coterie.cli.method.Kind;
import dev.coterie.cli.method.Method;
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
      "  Input is CSV (RFC 4180) or TSV in UTF-8 with a header, possibly gzipped. Columns that are"
          + " not",
      "  named here are ignored.",
      "  Columns of labels: task, expert (or worker), label and, if wanted, weight.",
      "  Columns of numbers: the same, where label may be called value.",
      "  Columns of comparisons: left, right and label (or winner), the winner's name or tie; if"
          + " wanted",
      "  expert and weight.",
      "  Sets of labels (--kind multi-label): a line for each label that an expert gives to a task; an",
      "  empty label says that none holds. The truth has its lines in the same way.",
      "  A result holds neither time nor backend: the same input and options give the same bytes"
          + " on",
      "  every backend and machine. Numbers are the shortest decimals that read back the same.",
      "  CSV columns: task, answer, posterior, runner_up, runner_up_posterior and, where the method"
          + " has",
      "  it, difficulty; for the experts: expert, answers, skill and perhaps weight. Of numbers:"
          + " task,",
      "  estimate, standard_error, spread; expert, answers, weight, bias, deviation. Of"
          + " comparisons: item,",
      "  rank, score, standard_error; expert, skill, bias, where the method has them. Of sets of"
          + " labels:",
      "  task, label, posterior, a line for each label that holds, an empty one where none does;"
          + " expert,",
      "  answers and a skill for each label. JSON has both and the confusion matrices [true"
          + " label][answer].",
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
          "The true labels or numbers (columns task and label) of some or all tasks, or scores of"
              + " items (item and score), to measure how good the result is.")
  private String truth;

  @Option(
      names = "--heldout",
      paramLabel = "FILE",
      description = "For pairwise methods: comparisons that they do not see, to be foretold.")
  private String heldOut;

  @Mixin private LabelOutputOptions output;

  @Mixin private LabelOptions labels;

  @Mixin private PairInputOptions input;

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
    LabelOrder order = labels.order();
    boolean ordered = method.kind() == Kind.CATEGORICAL || method.kind() == Kind.MULTI_LABEL;
    if (labels.isGiven() && !ordered) {
      throw new InputException(
          "--order means nothing to "
              + method.kind().word()
              + " methods; leave it out, or take a categorical one");
    }
    if (heldOut != null && method.kind() != Kind.PAIRWISE) {
      throw new InputException(
          "--heldout means nothing to "
              + method.text()
              + "; leave it out, or use it with "
              + String.join(", ", Catalogue.of(Kind.PAIRWISE).stream().map(Method::id).toList()));
    }
    String compared = method.compares() ? method.text() : null;
    output.check(compared, file, truth, heldOut, method.gold());
    String inputs = heldOut == null ? "FILE, --truth and --gold" : "FILE, --truth and --heldout";
    Session.checkStandardInput(inputs, file, truth, heldOut, method.gold());
    Session session = new Session(terminal, file, input, output);
    switch (method.kind()) {
      case CATEGORICAL -> new CategoricalRun(session, truth, method, order).run();
      case MULTI_LABEL -> new MultiLabelRun(session, truth, method, order).run();
      case NUMERIC -> new NumericRun(session, truth, method).run();
      case PAIRWISE -> new PairwiseRun(session, truth, heldOut, method).run();
    }
    return ExitCode.OK;
  }
}
