package dev.coterie.cli;

/** Where the command line begins. */
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    System.exit(CommandLines.run(Terminal.system(), args));
  }
}
