package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.Quoted;
import dev.coterie.cli.method.Catalogue;
import dev.coterie.cli.method.Kind;
import dev.coterie.cli.method.Method;
import dev.coterie.consensus.online.Acquisition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code coterie ask}. */
@Command(
    name = "ask",
    description =
        "Says, from the answers so far, whom to ask next about which tasks, and which tasks are done.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nMeaning:%n",
    footer = {
      "  A task is asked about until its answer has the wanted confidence. The questions of a plan do"
          + " not",
      "  know of each other's answers: ask few, add the answers, plan again. States of tasks:"
          + " reached (has",
      "  the confidence), ask (is in the plan), waiting (would be asked next), no-candidate (everybody"
          + " has",
      "  answered), not-worth (no answer is worth its cost), over-budget.",
      "  Experts who share errors are believed too soon by online and by most methods: then the"
          + " confidence",
      "  is a rule for spending and no promise; -m auto allows for shared errors. See"
          + " docs/methods/acquisition.md.",
      "  CSV columns: task, expert, cost, gain (of the probability that the answer is right),"
          + " expected_answers",
      "  (of this kind until the confidence; empty when none helps), gain_per_cost; of --states: task,"
          + " state,",
      "  answer, posterior. JSON has both."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success, also when nothing is left to ask",
      "1:the work failed: no backend, no memory, a full disk, an internal error",
      "2:wrong input or usage; one line says where and what cures it",
      "130:interrupted",
      "141:whoever read standard output stopped reading"
    })
final class AskCommand implements Callable<Integer> {
  /** The model of {@code coterie online}. */
  static final String ONLINE = "online";

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The answers so far; - for standard input.")
  private String file;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "A model of coterie online, instead of answers; it is not changed.")
  private String state;

  @Option(
      names = {"-c", "--confidence"},
      paramLabel = "X",
      defaultValue = "0.95",
      description = "The wanted posterior of each task's answer. Default: ${DEFAULT-VALUE}.")
  private double confidence;

  @Option(
      names = "--cost",
      paramLabel = "X",
      defaultValue = "1",
      description = "What an answer costs. Default: ${DEFAULT-VALUE}.")
  private double cost;

  @Option(
      names = "--costs",
      paramLabel = "FILE",
      description =
          "What an answer of each expert costs (columns expert and cost); others cost --cost. An"
              + " expert here who has not answered yet may be asked too.")
  private String costs;

  @Option(
      names = "--tasks",
      paramLabel = "FILE",
      description = "More tasks that may be asked about, without answers yet (column task).")
  private String tasks;

  @Option(
      names = "--loss",
      paramLabel = "X",
      description =
          "What a wrong answer to a task costs: nothing is asked that is not worth its cost."
              + " Default: the confidence is reached at any price.")
  private Double loss;

  @Option(
      names = "--budget",
      paramLabel = "X",
      description = "What the plan may cost. Default: no limit.")
  private Double budget;

  @Option(
      names = {"-n", "--most"},
      paramLabel = "N",
      defaultValue = "10",
      description = "The most questions, at most one of each task. Default: ${DEFAULT-VALUE}.")
  private int most;

  @Option(
      names = {"-m", "--method"},
      paramLabel = "METHOD",
      defaultValue = ONLINE,
      completionCandidates = Words.class,
      description =
          "What judges the answers of FILE: online (Dawid-Skene with some trust in everybody), or a"
              + " method for labels that has confusion matrices, with its defaults, such as auto."
              + " Default: ${DEFAULT-VALUE}.")
  private String method;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Writes the questions to a file: .json as JSON with the tasks, .tsv with tabs, anything"
              + " else as CSV.")
  private String output;

  @Option(
      names = "--states",
      paramLabel = "FILE",
      description = "Writes how every task stands as CSV to this file.")
  private String states;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description =
          "table, csv or json: what standard output gets, or with --output what the file gets."
              + " Default: table on standard output, the ending's format in a file.")
  private String format;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many tasks that are done the table shows. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "The number of threads, 0 for one per core. Changes no bit of the result.")
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

  AskCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What {@code --method} takes, for completion. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      List<String> words = new ArrayList<>(List.of(ONLINE));
      Catalogue.categorical().forEach(each -> words.add(each.id()));
      return words.iterator();
    }
  }

  @Override
  public Integer call() throws Exception {
    check();
    Session session = new Session(terminal, file == null ? state : file, input, null);
    PlanFiles files = PlanFiles.check(output, states, format, file, state, costs, tasks);
    Session.checkStandardInput("FILE, --costs and --tasks", file, costs, tasks);
    String id = backend.equals("auto") ? null : backend;
    AskRun run = new AskRun(session, acquisition(id), confidence, threads, id);
    run.also(costs, tasks);
    if (state != null) {
      run.state(StateFile.at(state), files, top);
    } else if (method.equals(ONLINE)) {
      run.online(files, top);
    } else {
      run.method(Catalogue.find(Kind.CATEGORICAL, method), files, top);
    }
    return ExitCode.OK;
  }

  private void check() {
    if ((file == null) == (state == null)) {
      throw new InputException(
          (file == null ? "the answers are missing; name" : "there are answers and a state; name")
              + " either FILE or --state FILE");
    }
    GivenOptions.requireNotNegative("--threads", threads);
    GivenOptions.requireNotNegative("--top", top);
    Choice.of("--backend", backend, "auto", "ffm", "jna", "vectorapi", "scalar");
    input.delimiter();
    Method<?> known = Catalogue.find(Kind.CATEGORICAL, method);
    if (!method.equals(ONLINE) && known == null) {
      throw new InputException(
          "unknown method "
              + Quoted.text(method)
              + "; choose one of "
              + String.join(", ", new Words()));
    }
    if (state != null && !method.equals(ONLINE)) {
      throw new InputException(
          "--method means nothing to --state, which has its model; leave one of them out");
    }
    if (tasks != null && !method.equals(ONLINE)) {
      throw new InputException(
          "--tasks mean nothing to " + method + "; leave it out, or use it with online");
    }
  }

  private Acquisition.Builder acquisition(String id) {
    try {
      Acquisition.Builder builder = Acquisition.builder().backend(id);
      builder.confidence(confidence).cost(cost).most(most);
      if (loss != null) {
        builder.lossOfWrongAnswer(loss);
      }
      if (budget != null) {
        builder.budget(budget);
      }
      return builder;
    } catch (IllegalArgumentException e) {
      throw new InputException("--" + e.getMessage() + "; correct it");
    }
  }
}
