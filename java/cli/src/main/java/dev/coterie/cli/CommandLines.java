package dev.coterie.cli;

import dev.coterie.BackendUnavailableException;
import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.Quoted;
import dev.coterie.cli.method.MethodOption;
import dev.coterie.memory.OutOfNativeMemoryException;
import dev.coterie.text.EmbedderException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Puts the commands together, runs them, and turns what goes wrong into a line and a code. */
final class CommandLines {
  private CommandLines() {}

  /** Runs a command and returns its exit code. */
  static int run(Terminal terminal, String... args) {
    try {
      StandardErrorLoggers.check();
      return create(terminal).execute(args);
    } catch (InputException e) {
      return failed(terminal, e);
    } catch (OutOfMemoryError | LinkageError e) {
      return failed(terminal, e);
    }
  }

  /** Makes the command with all of its subcommands. */
  static CommandLine create(Terminal terminal) {
    CommandLine line =
        new CommandLine(new CoterieCommand())
            .addSubcommand(consensus(terminal))
            .addSubcommand(new OnlineCommand(terminal))
            .addSubcommand(new AskCommand(terminal))
            .addSubcommand(new TextCommand(terminal))
            .addSubcommand(new AgreementCommand(terminal))
            .addSubcommand(accuracy(terminal))
            .addSubcommand(new DoctorCommand(terminal))
            .addSubcommand(new CompletionCommand(terminal))
            .addSubcommand(new CommandLine.HelpCommand());
    line.setOut(new PrintWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8)));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setUsageHelpWidth(100);
    line.setUsageHelpAutoWidth(false);
    line.setAbbreviatedOptionsAllowed(false);
    line.setParameterExceptionHandler((e, args) -> wrongParameter(terminal, e));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(terminal, e));
    return line;
  }

  private static CommandLine consensus(Terminal terminal) {
    CommandLine line = new CommandLine(new ConsensusCommand(terminal));
    GivenOptions.addTo(line.getCommandSpec(), EnumSet.allOf(MethodOption.class));
    return line;
  }

  private static CommandLine accuracy(Terminal terminal) {
    CommandLine line = new CommandLine(new AccuracyCommand(terminal));
    GivenOptions.addTo(line.getCommandSpec(), AccuracyCommand.OPTIONS);
    return line;
  }

  private static int wrongParameter(Terminal terminal, ParameterException e) {
    CommandLine command = e.getCommandLine();
    if (e.getCause() instanceof InputException wrong) {
      terminal.complain(wrong.getMessage());
      return ExitCode.WRONG_INPUT;
    }
    boolean top = command.getParent() == null;
    terminal.complain(
        problem(e)
            + "; see "
            + (top ? "coterie --help" : "coterie help " + command.getCommandName()));
    return ExitCode.WRONG_INPUT;
  }

  /** Says what is wrong with the arguments, and what may have been meant. */
  private static String problem(ParameterException e) {
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String argument = unmatched.getUnmatched().get(0);
      boolean top = e.getCommandLine().getParent() == null;
      String kind = unmatched.isUnknownOption() ? "option" : top ? "command" : "argument";
      List<String> suggestions = unmatched.getSuggestions();
      // An argument too many resembles nothing.
      boolean known = !kind.equals("argument") && !suggestions.isEmpty();
      return (kind.equals("argument") ? "unexpected " : "unknown ")
          + kind
          + " "
          + Quoted.text(argument)
          + (known ? "; did you mean " + suggestions.get(0) + "?" : "");
    }
    if (e instanceof CommandLine.MissingParameterException missing
        && missing.getMissing().stream().anyMatch(spec -> spec.isPositional())) {
      return missing.getMissing().get(0).paramLabel() + " is missing";
    }
    String message = e.getMessage().strip();
    String begin = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    return begin.endsWith(".") ? begin.substring(0, begin.length() - 1) : begin;
  }

  /** Whoever read the output, such as {@code head}, has ended, which is nothing to complain of. */
  private static boolean isBrokenPipe(Throwable failure) {
    return failure instanceof IOException
        && !(failure instanceof FileSystemException)
        && "Broken pipe".equals(failure.getMessage());
  }

  /** Explains a failure and returns the exit code for it. */
  static int failed(Terminal terminal, Throwable failure) {
    if (failure instanceof InputException) {
      terminal.complain(failure.getMessage());
      return ExitCode.WRONG_INPUT;
    }
    if (failure instanceof CancellationException) {
      terminal.complain("interrupted; nothing was written");
      return ExitCode.INTERRUPTED;
    }
    if (isBrokenPipe(failure)) {
      return ExitCode.NOBODY_READS;
    }
    if (failure instanceof BackendUnavailableException) {
      terminal.complain(failure.getMessage() + "; see coterie doctor");
    } else if (failure instanceof OutOfMemoryError) {
      terminal.complain(
          "out of memory (" + failure.getMessage() + "); give Java more with -Xmx, such as -Xmx8g");
    } else if (failure instanceof FileSystemException file) {
      String reason = file.getReason() == null ? "it cannot be written" : file.getReason();
      terminal.complain(file.getFile() + ": " + reason);
    } else if (failure instanceof IOException) {
      terminal.complain("writing failed: " + failure.getMessage());
    } else if (failure instanceof UnsupportedOperationException
        || failure instanceof OutOfNativeMemoryException
        || failure instanceof EmbedderException) {
      terminal.complain(failure.getMessage());
    } else {
      terminal.complain("internal failure, please report it: " + failure);
      failure.printStackTrace(terminal.err());
    }
    return ExitCode.FAILURE;
  }
}
