package dev.coterie.cli;

/** The exit codes, as documented in the help. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILURE = 1;
  static final int WRONG_INPUT = 2;
  static final int INTERRUPTED = 130;

  /** What a shell makes of SIGPIPE. */
  static final int NOBODY_READS = 141;

  private ExitCode() {}
}
