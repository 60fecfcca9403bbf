package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.Quoted;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code coterie completion}. */
@Command(
    name = "completion",
    description = "Prints a script that lets a shell complete commands and options.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nUse:%n",
    footer = {
      "  bash: source <(coterie completion bash)",
      "  zsh:  source <(coterie completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private String shell;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw new InputException("unknown shell " + Quoted.text(shell) + "; choose bash or zsh");
    }
    // The script for bash makes zsh emulate bash's completion where it runs in zsh.
    terminal.print(AutoComplete.bash("coterie", spec.root().commandLine()));
    return ExitCode.OK;
  }
}
