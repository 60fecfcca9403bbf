package dev.coterie.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code coterie}, which only has subcommands. */
@Command(
    name = "coterie",
    description = "Turns many answers into one.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the work failed: no backend, no memory, a full disk, an internal error",
      "2:wrong input or usage; one line says where and what cures it",
      "130:interrupted",
      "141:whoever read standard output stopped reading"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  coterie consensus answers.csv --truth truth.csv --method all",
      "  coterie consensus answers.csv --output result.csv",
      "  coterie online jobs.state answers.csv --create",
      "  coterie ask --state jobs.state --confidence 0.99",
      "  coterie text answers.jsonl",
      "  coterie doctor"
    })
final class CoterieCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: consensus, online, ask, text, agreement, accuracy, doctor,"
            + " completion or help");
  }
}
