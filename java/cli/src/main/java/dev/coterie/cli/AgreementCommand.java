package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelOrder;
import dev.coterie.consensus.Repeats;
import dev.coterie.consensus.agreement.AlphaOptions;
import dev.coterie.consensus.agreement.Scale;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code coterie agreement}. */
@Command(
    name = "agreement",
    description =
        "Measures how far experts agree beyond chance, and how uncertain their answers are.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nMeasures:%n",
    footer = {
      "  Krippendorff's alpha: 1 is full agreement, 0 is chance; any number of answers, four levels.",
      "  Fleiss' kappa, and the free-marginal kappa, whose chance is equal for all labels.",
      "  Cohen's kappa of each pair of experts, weighted by distance beyond the nominal level; the"
          + " mean.",
      "  Observed agreement: the part of the pairs of answers that agree.",
      "  Uncertainty: the entropy of the answers to a task, or of an expert, in nats.",
      "  Consistency: the posterior of the majority's answer when experts are right with their"
          + " skills.",
      "  All but alpha and Cohen's kappa take labels as equal or not. Weights count for the"
          + " uncertainty."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the work failed: no backend, no memory, an internal error",
      "2:wrong input or usage; one line says where and what cures it",
      "130:interrupted",
      "141:whoever read standard output stopped reading"
    })
final class AgreementCommand implements Callable<Integer> {
  private static final String[] LEVELS = {"nominal", "ordinal", "interval", "ratio"};
  private static final int MOST_REPLICATES = 1_000_000;

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "The answers; - for standard input.")
  private String file;

  @Option(
      names = {"-l", "--level"},
      paramLabel = "LEVEL",
      defaultValue = "nominal",
      description =
          "What the distance of labels means: nominal (equal or not), ordinal (their order),"
              + " interval (numbers: their difference) or ratio (numbers from 0: their difference"
              + " by their sum). Default: ${DEFAULT-VALUE}.")
  private String level;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Gives alpha a confidence interval from so many draws of the tasks; 1000 is usual."
              + " Default: ${DEFAULT-VALUE}, no interval.")
  private int bootstrap;

  @Option(
      names = "--confidence",
      paramLabel = "X",
      defaultValue = "0.95",
      description = "The confidence of the interval. Default: ${DEFAULT-VALUE}.")
  private double confidence;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Decides the draws. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--repeats",
      paramLabel = "RULE",
      defaultValue = "count-all",
      description =
          "What happens to several answers of one expert to one task: count-all or last-wins."
              + " Cohen's kappa takes the last. Default: ${DEFAULT-VALUE}.")
  private String repeats;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table or json. Default: ${DEFAULT-VALUE}.")
  private String format;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many experts and tasks the table shows. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--backend",
      paramLabel = "ID",
      defaultValue = "auto",
      description = "ffm, jna, vectorapi, scalar or auto. Default: ${DEFAULT-VALUE}.")
  private String backend;

  @Mixin private LabelOptions labels;

  @Mixin private InputOptions input;

  AgreementCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    check();
    LabelOrder order = labels.order();
    Scale scale = Scale.valueOf(level.toUpperCase(Locale.ROOT));
    AlphaOptions alpha = AlphaOptions.of(scale).bootstrap(bootstrap, seed).confidence(confidence);
    Session session = new Session(terminal, file, input, null);
    String id = backend.equals("auto") ? null : backend;
    Repeats rule = repeats.equals("last-wins") ? Repeats.LAST_WINS : Repeats.COUNT_ALL;
    new AgreementRun(session, id, scale, alpha, order, rule).run(format.equals("json"), top);
    return ExitCode.OK;
  }

  private void check() {
    Choice.of("--level", level, LEVELS);
    Choice.of("--repeats", repeats, "count-all", "last-wins");
    Choice.of("--format", format, "table", "json");
    Choice.of("--backend", backend, "auto", "ffm", "jna", "vectorapi", "scalar");
    input.delimiter();
    if (labels.isGiven() && !level.equals("ordinal")) {
      throw new InputException(
          "--order means nothing to --level " + level + "; leave it out, or use --level ordinal");
    }
    if (bootstrap < 0 || bootstrap > MOST_REPLICATES) {
      throw new InputException(
          "--bootstrap " + bootstrap + " is not between 0 and " + MOST_REPLICATES + "; correct it");
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new InputException(
          "--confidence " + confidence + " is not between 0 and 1; give one such as 0.95");
    }
    if (top < 0) {
      throw new InputException("--top " + top + " is negative; give 0 or more");
    }
  }
}
