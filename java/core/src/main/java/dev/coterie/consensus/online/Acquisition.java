package dev.coterie.consensus.online;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.internal.BackendRegistry;
import dev.coterie.internal.table.HeapLimits;
import dev.coterie.spi.Columns;
import dev.coterie.spi.OnlineEngine;
import dev.coterie.spi.OnlineModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Says which answer to buy next and when to stop buying. Each answer that may be asked for is rated
 * by what it is expected to gain for its cost: the larger of what it gains by itself (the expected
 * rise of the probability that the task's answer is right) and of what it gains on the way to the
 * wanted confidence (A. Wald, <em>Sequential Analysis</em>, 1947: the rise up to there, over the
 * expected number of such answers). The second one is the cure for the known blindness of the
 * first, which sees no gain where no single answer can change the decision.
 * docs/methods/acquisition.md says what that is worth, and where it fails.
 *
 * <p>Asking stops for a task when it has the wanted confidence, when nobody is left who could be
 * asked, and, with a loss, when no answer is worth its cost. It stops for all when the budget is
 * spent.
 *
 * <p>A plan takes time for the number of candidates times labels squared, and gives the same bits
 * on every backend; among equals the first candidate wins. Immutable and safe for use by many
 * threads.
 */
public final class Acquisition {
  private final double confidence;
  private final double cost;
  private final Map<String, Double> costs;
  private final double loss;
  private final double budget;
  private final int most;
  private final String backend;

  private Acquisition(Builder builder) {
    confidence = builder.confidence;
    cost = builder.cost;
    costs = Map.copyOf(builder.costs);
    loss = builder.loss;
    budget = builder.budget;
    most = builder.most;
    backend = builder.backend;
  }

  /**
   * Starts with the defaults: a wanted confidence of 0.95 at any price, a cost of 1 an answer, no
   * budget, one question a plan.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Plans the next questions for a live model. Candidates are all pairs of a task below the wanted
   * confidence and an expert that has not answered it, in the order of tasks and then experts.
   *
   * @param online the model, read at one moment
   * @return what to ask; nothing for a model without tasks or experts
   * @throws IllegalArgumentException when a cost names an expert that the model does not have
   * @throws IllegalStateException when the model is closed
   * @throws UnsupportedOperationException when the candidates are more than an array holds: use
   *     {@link #plan(OnlineConsensus, int[], int[])}
   */
  public Plan plan(OnlineConsensus online) {
    Known known = known(online);
    return plan(known, candidates(known));
  }

  /**
   * Plans the next questions for a live model among given candidates.
   *
   * @param online the model, read at one moment
   * @param task the task of each answer that may be asked for
   * @param expert the expert of each answer that may be asked for
   * @return what to ask
   * @throws IllegalArgumentException naming the candidate that does not exist, or when a cost names
   *     an expert that the model does not have
   * @throws IllegalStateException when the model is closed
   */
  public Plan plan(OnlineConsensus online, int[] task, int[] expert) {
    return plan(known(online), new int[][] {task.clone(), expert.clone()});
  }

  /**
   * Plans the next questions for a result with confusion matrices. Candidates are all pairs of a
   * task below the wanted confidence and an expert that has not answered it.
   *
   * @param consensus the result; its table must be open
   * @return what to ask
   * @throws IllegalArgumentException when a cost names an expert that the table does not have
   * @throws UnsupportedOperationException when the method has no confusion matrices, or the
   *     candidates are more than an array holds
   * @throws IllegalStateException when the result or its table is closed
   */
  public Plan plan(Consensus consensus) {
    Known known = known(consensus, true);
    return plan(known, candidates(known));
  }

  /**
   * Plans the next questions for a result with confusion matrices among given candidates.
   *
   * @param consensus the result; its table may be closed
   * @param task the task of each answer that may be asked for
   * @param expert the expert of each answer that may be asked for
   * @return what to ask
   * @throws IllegalArgumentException naming the candidate that does not exist, or when a cost names
   *     an expert that the table does not have
   * @throws UnsupportedOperationException when the method has no confusion matrices
   * @throws IllegalStateException when the result is closed
   */
  public Plan plan(Consensus consensus, int[] task, int[] expert) {
    return plan(known(consensus, false), new int[][] {task.clone(), expert.clone()});
  }

  /** What a plan is made from. */
  private record Known(
      int tasks,
      int experts,
      int labels,
      OnlineModel.View numbers,
      Columns.Heap answers,
      IntFunction<String> taskName,
      IntFunction<String> expertName) {}

  private static Known known(OnlineConsensus online) {
    OnlineConsensus.Everything all = online.everything();
    OnlineModel.Statistics sizes = all.sizes();
    return new Known(
        sizes.tasks(),
        sizes.experts(),
        sizes.labels(),
        all.view(),
        all.columns(),
        online.names()::taskName,
        online.names()::expertName);
  }

  private static Known known(Consensus consensus, boolean answers) {
    AnswerTable table = consensus.table();
    int tasks = table.tasks();
    int experts = table.experts();
    int k = table.labels();
    OnlineModel.View view = new OnlineModel.View();
    view.posterior = new double[HeapLimits.check((long) tasks * k, "posteriors (tasks x labels)")];
    consensus.posteriors(0, tasks, view.posterior, 0);
    long cells = HeapLimits.times((long) experts * k, k);
    view.confusion = new double[HeapLimits.check(cells, "confusion matrices")];
    for (int e = 0, i = 0; e < experts; e++) {
      for (int label = 0; label < k; label++) {
        for (int truth = 0; truth < k; truth++, i++) {
          view.confusion[i] = consensus.confusion(e, label, truth);
        }
      }
    }
    Columns.Heap columns = null;
    if (answers) {
      int n = HeapLimits.check(table.answers(), "answers");
      columns = new Columns.Heap(n, tasks, experts, k, new int[n], new int[n], null, null);
      for (int i = 0; i < n; i++) {
        columns.task()[i] = table.task(i);
        columns.expert()[i] = table.expert(i);
      }
    }
    return new Known(tasks, experts, k, view, columns, table::taskName, table::expertName);
  }

  /** Returns the tasks and experts of all answers that may be asked for. */
  private int[][] candidates(Known known) {
    int k = known.labels();
    Columns.Heap answers = known.answers();
    int[] first = new int[known.tasks() + 1];
    for (int i = 0; i < answers.size(); i++) {
      first[answers.task()[i] + 1]++;
    }
    for (int t = 0; t < known.tasks(); t++) {
      first[t + 1] += first[t];
    }
    int[] next = first.clone();
    int[] asked = new int[answers.size()];
    for (int i = 0; i < answers.size(); i++) {
      asked[next[answers.task()[i]]++] = answers.expert()[i];
    }
    long count = 0;
    for (int t = 0; t < known.tasks(); t++) {
      count += isOpen(known, t, k) ? known.experts() : 0;
    }
    int[] task = new int[HeapLimits.check(count, "candidates (open tasks x experts)")];
    int[] expert = new int[task.length];
    int[] mark = new int[known.experts()];
    int size = 0;
    for (int t = 0; t < known.tasks(); t++) {
      for (int i = first[t]; i < first[t + 1]; i++) {
        mark[asked[i]] = t + 1;
      }
      for (int e = 0; e < known.experts() && isOpen(known, t, k); e++) {
        if (mark[e] != t + 1) {
          task[size] = t;
          expert[size++] = e;
        }
      }
    }
    return new int[][] {Arrays.copyOf(task, size), Arrays.copyOf(expert, size)};
  }

  private boolean isOpen(Known known, int task, int k) {
    for (int j = 0; j < k; j++) {
      if (known.numbers().posterior[task * k + j] >= confidence) {
        return false;
      }
    }
    return true;
  }

  private Plan plan(Known known, int[][] candidates) {
    if (candidates[0].length != candidates[1].length) {
      throw new IllegalArgumentException(
          "expert has " + candidates[1].length + " elements, but task has " + candidates[0].length);
    }
    if (known.tasks() == 0 || known.experts() == 0) {
      return new Plan(List.of(), new int[known.tasks()], 0.0);
    }
    double[] prices = prices(known);
    OnlineEngine.Plan found =
        BackendRegistry.global()
            .openOrCurrent(backend)
            .online()
            .plan(
                new OnlineEngine.Question(
                    known.tasks(),
                    known.experts(),
                    known.labels(),
                    known.numbers().posterior,
                    known.numbers().confusion,
                    prices,
                    candidates[0],
                    candidates[1],
                    confidence,
                    loss,
                    budget,
                    most));
    List<Ask> asks = new ArrayList<>(found.picked().length);
    for (int place : found.picked()) {
      int task = candidates[0][place];
      int expert = candidates[1][place];
      asks.add(
          new Ask(
              task,
              expert,
              known.taskName().apply(task),
              known.expertName().apply(expert),
              prices[expert],
              found.gain()[place],
              found.expected()[place],
              found.rate()[place]));
    }
    return new Plan(asks, found.state(), found.spent());
  }

  private double[] prices(Known known) {
    double[] prices = new double[known.experts()];
    Arrays.fill(prices, cost);
    if (!costs.isEmpty()) {
      Map<String, Double> rest = new HashMap<>(costs);
      for (int e = 0; e < prices.length; e++) {
        Double own = rest.remove(known.expertName().apply(e));
        prices[e] = own == null ? cost : own;
      }
      if (!rest.isEmpty()) {
        throw new IllegalArgumentException(
            "a cost names expert \"" + rest.keySet().iterator().next() + "\", who is unknown");
      }
    }
    return prices;
  }

  /** Why a task is asked for or not. */
  public enum TaskState {
    /** Nobody may be asked about it. */
    NO_CANDIDATE,
    /** It has the wanted confidence. */
    REACHED,
    /** It is asked for. */
    ASK,
    /** No answer to it is worth its cost, or none tells anything. */
    NOT_WORTH,
    /** Its best answer costs more than what is left of the budget. */
    OVER_BUDGET,
    /** It is worth asking for after the questions of this plan. */
    WAITING
  }

  /**
   * One answer to ask for.
   *
   * @param taskIndex the task's index
   * @param expertIndex the expert's index
   * @param task the task's name
   * @param expert the expert's name
   * @param cost what it costs
   * @param gain by how much it is expected to raise the probability that the task's answer is right
   * @param expectedAnswers how many answers of its kind the wanted confidence is expected to take,
   *     at least 1; infinite when they tell nothing
   * @param gainPerCost what it was chosen for
   */
  public record Ask(
      int taskIndex,
      int expertIndex,
      String task,
      String expert,
      double cost,
      double gain,
      double expectedAnswers,
      double gainPerCost) {}

  /** What to ask next, and why not more. Immutable. */
  public static final class Plan {
    private static final TaskState[] STATES = TaskState.values();

    private final List<Ask> asks;
    private final int[] states;
    private final double cost;

    private Plan(List<Ask> asks, int[] states, double cost) {
      this.asks = List.copyOf(asks);
      this.states = states;
      this.cost = cost;
    }

    /**
     * Returns the questions, best first, at most one of each task.
     *
     * @return an unmodifiable list; empty when there is nothing to ask any more
     */
    public List<Ask> asks() {
      return asks;
    }

    /**
     * Returns why a task is asked for or not.
     *
     * @param task the task's index
     * @return its state
     * @throws IndexOutOfBoundsException when there is no such task
     */
    public TaskState state(int task) {
      return STATES[states[Objects.checkIndex(task, states.length)]];
    }

    /**
     * Returns how many tasks are in a state.
     *
     * @param state the state
     * @return at least 0
     */
    public int count(TaskState state) {
      return (int) IntStream.of(states).filter(code -> STATES[code] == state).count();
    }

    /**
     * Returns what the questions cost together.
     *
     * @return at least 0
     */
    public double cost() {
      return cost;
    }

    /** Returns the questions. */
    @Override
    public String toString() {
      return "Plan" + asks;
    }
  }

  /** Options of an {@link Acquisition}. Not safe for use by several threads. */
  public static final class Builder {
    private double confidence = 0.95;
    private double cost = 1.0;
    private final Map<String, Double> costs = new HashMap<>();
    private double loss = Double.POSITIVE_INFINITY;
    private double budget = Double.POSITIVE_INFINITY;
    private int most = 1;
    private String backend;

    private Builder() {}

    /**
     * Sets the wanted posterior probability of each task's answer; the default is 0.95.
     *
     * @param probability from 0.501 to 1 - 1e-9
     * @return this
     * @throws IllegalArgumentException when it is out of range
     */
    public Builder confidence(double probability) {
      if (!(probability >= 0.501 && probability <= 1.0 - 1e-9)) {
        throw new IllegalArgumentException(
            "confidence " + probability + " is not from 0.501 to 1 - 1e-9");
      }
      confidence = probability;
      return this;
    }

    /**
     * Sets what an answer costs, for experts without a cost of their own; the default is 1.
     *
     * @param amount between 1e-100 and 1e100
     * @return this
     * @throws IllegalArgumentException when it is out of range
     */
    public Builder cost(double amount) {
      cost = checkCost(amount);
      return this;
    }

    /**
     * Sets what an answer of one expert costs.
     *
     * @param expert the expert's name
     * @param amount between 1e-100 and 1e100
     * @return this
     * @throws IllegalArgumentException when it is out of range
     * @throws NullPointerException when the name is null
     */
    public Builder cost(String expert, double amount) {
      costs.put(Objects.requireNonNull(expert, "expert"), checkCost(amount));
      return this;
    }

    private static double checkCost(double amount) {
      if (!(amount >= 1e-100 && amount <= 1e100)) {
        throw new IllegalArgumentException("cost " + amount + " is not between 1e-100 and 1e100");
      }
      return amount;
    }

    /**
     * Sets what a wrong answer to a task costs, in the unit of the answers' costs: an answer is
     * then asked for only where it is worth more than it costs. Without it the wanted confidence is
     * reached at any price.
     *
     * @param amount between 0 and 1e100
     * @return this
     * @throws IllegalArgumentException when it is out of range
     */
    public Builder lossOfWrongAnswer(double amount) {
      if (!(amount >= 0 && amount <= 1e100)) {
        throw new IllegalArgumentException("loss " + amount + " is not between 0 and 1e100");
      }
      loss = amount;
      return this;
    }

    /**
     * Sets what one plan may spend; the default is no limit. Who asks for several plans one after
     * the other gives each what is left.
     *
     * @param amount at least 0
     * @return this
     * @throws IllegalArgumentException when it is negative or NaN
     */
    public Builder budget(double amount) {
      if (!(amount >= 0)) {
        throw new IllegalArgumentException("budget " + amount + " is not at least 0");
      }
      budget = amount;
      return this;
    }

    /**
     * Sets the most questions of a plan; the default is 1. Questions of one plan do not know of
     * each other's answers, so that fewer are better and more are faster.
     *
     * @param count at least 1
     * @return this
     * @throws IllegalArgumentException when it is not positive
     */
    public Builder most(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("most " + count + " is not at least 1");
      }
      most = count;
      return this;
    }

    /**
     * Chooses the backend; without it, the default one.
     *
     * @param id the id of a backend; null or {@code auto} for the default backend
     * @return this
     * @throws IllegalArgumentException when there is no backend of this id
     */
    public Builder backend(String id) {
      backend = BackendRegistry.checkChoice(id);
      return this;
    }

    /**
     * Makes the acquisition; the builder can be used further.
     *
     * @return an immutable acquisition
     */
    public Acquisition build() {
      return new Acquisition(this);
    }
  }
}
