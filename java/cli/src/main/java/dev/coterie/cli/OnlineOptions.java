package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelOrder;
import dev.coterie.consensus.online.OnlineBuilder;
import dev.coterie.consensus.online.OnlineConsensus;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a live model, which its file keeps. */
final class OnlineOptions {
  private static final String[] NAMES = {
    "--order",
    "--sweeps",
    "--settled",
    "--neighbours",
    "--smoothing",
    "--trust",
    "--tolerance",
    "--max-iterations"
  };

  /** The library's default. */
  private static final int MOST_NEIGHBOUR_TASKS = 256;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--order",
      paramLabel = "LABEL,...",
      arity = "1",
      description =
          "With --create: all labels that there may ever be, the first one first, with commas"
              + " between them; others are refused then. Given more than once, each holds one"
              + " label. Default: labels appear with their first answers.")
  private List<String> order;

  @Option(
      names = "--sweeps",
      paramLabel = "N",
      description =
          "With --create: the most sweeps over the tasks that new answers touch. Default: 2.")
  private Integer sweeps;

  @Option(
      names = "--settled",
      paramLabel = "X",
      description =
          "With --create: the change of a posterior below which sweeps end. Default: 1e-4.")
  private Double settled;

  @Option(
      names = "--neighbours",
      paramLabel = "N",
      description =
          "With --create: of how many experts that changed most the other tasks are visited too."
              + " Default: 0.")
  private Integer neighbours;

  @Option(
      names = "--smoothing",
      paramLabel = "X",
      description =
          "With --create: what is added to every count of an expert's answers. Default: 0.01.")
  private Double smoothing;

  @Option(
      names = "--trust",
      paramLabel = "X",
      description =
          "With --create: what is added to the counts of right answers besides. Default: 1.")
  private Double trust;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description = "With --create: the change at which a refit is at rest. Default: 1e-9.")
  private Double tolerance;

  @Option(
      names = "--max-iterations",
      paramLabel = "N",
      description = "With --create: the most iterations of a refit. Default: 5000.")
  private Integer maxIterations;

  /** Refuses these options for a model that exists. */
  void refuse() {
    for (String name : NAMES) {
      if (command.findOption(name).getValue() != null) {
        throw new InputException(
            name + " is fixed when a model is made; leave it out, or use it with --create");
      }
    }
  }

  /** Makes the builder of a new model. */
  OnlineBuilder builder(int threads, String backend) {
    OnlineBuilder builder = OnlineConsensus.builder().threads(threads).backend(backend);
    try {
      if (order != null) {
        List<String> labels = LabelOptions.split(order);
        LabelOrder.of(labels);
        builder.labels(labels);
      }
      if (sweeps != null) {
        builder.sweeps(sweeps);
      }
      if (settled != null) {
        builder.settled(settled);
      }
      if (neighbours != null) {
        builder.neighbours(neighbours, MOST_NEIGHBOUR_TASKS);
      }
      if (smoothing != null) {
        builder.smoothing(smoothing);
      }
      if (trust != null) {
        builder.trust(trust);
      }
      if (tolerance != null) {
        builder.tolerance(tolerance);
      }
      if (maxIterations != null) {
        builder.maxIterations(maxIterations);
      }
      return builder;
    } catch (IllegalArgumentException e) {
      throw new InputException("online: " + e.getMessage());
    }
  }
}
