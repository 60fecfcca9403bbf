package dev.coterie.cli;

import picocli.CommandLine.Option;

/** The options that say what is written of a result that has labels. */
final class LabelOutputOptions extends OutputOptions {
  @Option(
      names = "--posteriors",
      description = "Adds the posterior of every label to each task in CSV and JSON.")
  private boolean posteriors;

  @Override
  boolean posteriors() {
    return posteriors;
  }
}
