package dev.coterie.consensus.online;

import dev.coterie.internal.BackendRegistry;
import dev.coterie.internal.table.NameTable;
import dev.coterie.spi.OnlineModel;
import java.util.Arrays;
import java.util.List;

/**
 * The options of an {@link OnlineConsensus}; docs/methods/online.md says more about each. Not safe
 * for use by several threads.
 */
public final class OnlineBuilder {
  private final NameTable labels = new NameTable("labels");
  private int indexed;
  private int sweeps = 2;
  private int neighbours;
  private int neighbourTasks = 256;
  private int maxIterations = 5000;
  private double smoothing = 0.01;
  private double trust = 1.0;
  private double settled = 1e-4;
  private double tolerance = 1e-9;
  private int threads;
  private String backend;

  OnlineBuilder() {}

  /**
   * Declares all labels and their order; others are refused then. Without it, labels appear with
   * their first answers, which costs a copy of all posteriors and counts each time.
   *
   * @param names the labels, each once, at least one
   * @return this
   * @throws IllegalArgumentException when a label appears twice, is null, or there are none
   * @throws IllegalStateException when labels were declared before, or the model is to be indexed
   */
  public OnlineBuilder labels(String... names) {
    return labels(Arrays.asList(names));
  }

  /**
   * Declares all labels and their order; others are refused then.
   *
   * @param names the labels, each once, at least one
   * @return this
   * @throws IllegalArgumentException when a label appears twice, is null, or there are none
   * @throws IllegalStateException when labels were declared before, or the model is to be indexed
   */
  public OnlineBuilder labels(List<String> names) {
    if (labels.size() > 0 || indexed > 0) {
      throw new IllegalStateException("declare the labels once, by names or by their number");
    }
    NameTable seen = new NameTable("labels");
    for (String name : names) {
      if (name == null) {
        throw new IllegalArgumentException("a declared label is null");
      }
      if (seen.indexOf(name) >= 0) {
        throw new IllegalArgumentException("label \"" + name + "\" is declared twice");
      }
      seen.intern(name);
    }
    if (seen.size() == 0) {
      throw new IllegalArgumentException("no labels are declared: name at least one");
    }
    names.forEach(labels::intern);
    return this;
  }

  /**
   * Makes a model of indices only: it keeps no names, and those that it shows are the indices in
   * decimal.
   *
   * @param count the number of labels to begin with, at least 1
   * @return this
   * @throws IllegalArgumentException when the number is not positive
   * @throws IllegalStateException when labels were declared before
   */
  public OnlineBuilder indexed(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " labels: there must be one at least");
    }
    if (labels.size() > 0 || indexed > 0) {
      throw new IllegalStateException("declare the labels once, by names or by their number");
    }
    indexed = count;
    return this;
  }

  /**
   * Sets the most sweeps over the tasks that an update touches; the default is 2.
   *
   * @param count from 0, where posteriors change by refits only, to 1000
   * @return this
   * @throws IllegalArgumentException when it is out of range
   */
  public OnlineBuilder sweeps(int count) {
    sweeps = checkCount("sweeps", count, 1000);
    return this;
  }

  /**
   * Also visits, after an update, the other tasks of the experts that changed most; the default is
   * none of them.
   *
   * @param experts of how many experts, from 0 to 1000
   * @param tasks the most tasks that are visited for one update, at least 0
   * @return this
   * @throws IllegalArgumentException when a number is out of range
   */
  public OnlineBuilder neighbours(int experts, int tasks) {
    neighbours = checkCount("neighbours", experts, 1000);
    neighbourTasks = checkCount("neighbour tasks", tasks, Integer.MAX_VALUE);
    return this;
  }

  /**
   * Sets the most iterations of a refit; the default is 5000.
   *
   * @param count at least 0
   * @return this
   * @throws IllegalArgumentException when it is negative
   */
  public OnlineBuilder maxIterations(int count) {
    maxIterations = checkCount("maxIterations", count, Integer.MAX_VALUE);
    return this;
  }

  /**
   * Sets what is added to every confusion count; the default is 0.01.
   *
   * @param amount between 0 and 1e100
   * @return this
   * @throws IllegalArgumentException when it is out of range
   */
  public OnlineBuilder smoothing(double amount) {
    smoothing = checkAmount("smoothing", amount);
    return this;
  }

  /**
   * Sets what is added to the counts of right answers besides: how far an expert is trusted of whom
   * nothing is known. The default is 1, as if each had been right once about every label.
   *
   * @param amount between 0 and 1e100
   * @return this
   * @throws IllegalArgumentException when it is out of range
   */
  public OnlineBuilder trust(double amount) {
    trust = checkAmount("trust", amount);
    return this;
  }

  /**
   * Sets the change of a posterior below which sweeps end; the default is 1e-4.
   *
   * @param change between 0 and 1e100
   * @return this
   * @throws IllegalArgumentException when it is out of range
   */
  public OnlineBuilder settled(double change) {
    settled = checkAmount("settled", change);
    return this;
  }

  /**
   * Sets the relative change of the log-likelihood that ends a refit; the default is 1e-9.
   *
   * @param change between 0 and 1e100
   * @return this
   * @throws IllegalArgumentException when it is out of range
   */
  public OnlineBuilder tolerance(double change) {
    tolerance = checkAmount("tolerance", change);
    return this;
  }

  /**
   * Sets the number of threads of a refit, which changes the time but no bit of the result; the
   * default is 0.
   *
   * @param count the number of threads, or 0 for one per core
   * @return this
   * @throws IllegalArgumentException when it is negative
   */
  public OnlineBuilder threads(int count) {
    threads = checkCount("threads", count, Integer.MAX_VALUE);
    return this;
  }

  /**
   * Chooses the backend; without it, the default one.
   *
   * @param id the id of a backend; null or {@code auto} for the default backend
   * @return this
   * @throws IllegalArgumentException when there is no backend of this id
   */
  public OnlineBuilder backend(String id) {
    backend = BackendRegistry.checkChoice(id);
    return this;
  }

  /**
   * Makes a model without answers.
   *
   * @return the model, to be closed by the caller
   * @throws dev.coterie.memory.OutOfNativeMemoryException when there is no memory for it
   * @throws dev.coterie.BackendUnavailableException when the backend that was chosen cannot be used
   */
  public OnlineConsensus build() {
    OnlineModel.Options options =
        new OnlineModel.Options(
            sweeps,
            neighbours,
            neighbourTasks,
            maxIterations,
            smoothing,
            trust,
            settled,
            tolerance);
    int count = indexed > 0 ? indexed : Math.max(labels.size(), 1);
    ModelNames names = indexed > 0 ? ModelNames.indices() : ModelNames.of(labels);
    var engine = BackendRegistry.global().openOrCurrent(backend);
    return new OnlineConsensus(
        engine.info(), engine.online().create(count, options), names, threads);
  }

  private static int checkCount(String name, int count, int most) {
    if (count < 0 || count > most) {
      throw new IllegalArgumentException(name + " is " + count + ", not in 0.." + most);
    }
    return count;
  }

  private static double checkAmount(String name, double amount) {
    if (!(amount >= 0 && amount <= 1e100)) {
      throw new IllegalArgumentException(name + " is " + amount + ", not between 0 and 1e100");
    }
    return amount;
  }
}
