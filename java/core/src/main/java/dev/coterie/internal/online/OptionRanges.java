package dev.coterie.internal.online;

import dev.coterie.spi.OnlineModel;

/** What the options of a model may be. */
final class OptionRanges {
  private OptionRanges() {}

  static void check(OnlineModel.Options options) {
    number("sweeps", options.sweeps(), 1000);
    number("neighbours", options.neighbours(), 1000);
    number("neighbour_tasks", options.neighbourTasks(), Integer.MAX_VALUE);
    number("max_iterations", options.maxIterations(), Integer.MAX_VALUE);
    amount("smoothing", options.smoothing());
    amount("trust", options.trust());
    amount("settled", options.settled());
    amount("tolerance", options.tolerance());
  }

  private static void number(String name, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(name + " is " + value + ", not in 0..=" + most);
    }
  }

  private static void amount(String name, double value) {
    if (!(value >= 0 && value <= 1e100)) {
      throw new IllegalArgumentException(name + " is " + value + ", not between 0 and 1e100");
    }
  }
}
