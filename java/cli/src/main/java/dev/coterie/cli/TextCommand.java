package dev.coterie.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code coterie text}. */
@Command(
    name = "text",
    description =
        "Chooses, of the texts that experts wrote for each task, the one that says most of what the"
            + " others say, and tells who supports it and who dissents.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nFiles:%n",
    footer = {
      "  CSV (RFC 4180) or TSV in UTF-8 with a header, possibly gzipped: columns task, expert (or"
          + " worker),",
      "  text (or label) and, if wanted, confidence (0 to 1; empty for 1). A quoted text may have"
          + " line",
      "  breaks. JSON Lines: {\"task\": \"1\", \"expert\": \"Ann\", \"text\": \"Paris\","
          + " \"confidence\": 0.9,",
      "  \"embedding\": [0.1, 0.2]}, all but expert and text optional; other members are ignored.",
      "  CSV columns: task, text, expert (who wrote it), confidence, support (the supporters' share"
          + " of the",
      "  votes), supporters (experts), clusters; of the experts: expert, texts, skill (only where"
          + " somebody",
      "  answers two tasks). JSON has the clusters with all texts, weights and centralities, and the"
          + " themes.",
      "  An output file appears whole or not at all.",
      "  --truth measures word error rates (corpus: edits of all tasks divided by all true words)"
          + " after",
      "  lower-casing both and taking all but a-z, 0-9 and ' as spaces. See docs/text.md."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the work failed: no backend, no memory, a full disk, an internal error",
      "2:wrong input or usage; one line says where and what cures it",
      "130:interrupted",
      "141:whoever read standard output stopped reading"
    })
final class TextCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "The texts; - for standard input.")
  private String file;

  @Mixin private TextOptions options;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description =
          "The true texts (columns task and text) of some or all tasks, to measure word error"
              + " rates.")
  private String truth;

  @Mixin private OutputOptions output;

  @Mixin private TextInputOptions input;

  TextCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    input.check(file, truth);
    output.check(null, file, truth);
    Session.checkStandardInput("FILE and --truth", file, truth);
    new TextRun(new Session(terminal, file, null, output), options, input, truth).run();
    return ExitCode.OK;
  }
}
