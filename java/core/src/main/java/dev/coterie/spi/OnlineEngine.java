package dev.coterie.spi;

/** Makes live models, and says which answer to ask for next. Safe for use by many threads. */
public interface OnlineEngine {

  /**
   * Makes a model without answers.
   *
   * @param labels the number of labels to begin with, at least 1
   * @throws IllegalArgumentException naming the option that is wrong
   */
  OnlineModel create(int labels, OnlineModel.Options options);

  /**
   * Restores a model from the bytes that {@link OnlineModel#save} made, on whatever backend.
   *
   * @throws IllegalArgumentException with the position and the reason when they are not usable
   */
  OnlineModel load(byte[] state);

  /**
   * Rates every answer that may be asked for and picks the best ones.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  Plan plan(Question question);

  /**
   * What is known, what may be asked and what it is worth. Arrays are borrowed and not changed.
   *
   * @param posterior [task][label]
   * @param confusion [expert][label][true label]
   * @param cost what an answer of each expert costs
   * @param task the task of each answer that may be asked for
   * @param expert its expert
   * @param target the wanted probability of a task's answer
   * @param loss what a wrong answer costs; infinite to reach the target at any price
   * @param budget what may be spent; may be infinite
   * @param most the most questions of this plan
   */
  @SuppressWarnings("ArrayRecordComponent") // Borrowed, and never compared.
  record Question(
      int tasks,
      int experts,
      int labels,
      double[] posterior,
      double[] confusion,
      double[] cost,
      int[] task,
      int[] expert,
      double target,
      double loss,
      double budget,
      int most) {}

  /**
   * What to ask, and why.
   *
   * @param gain of each candidate, the expected rise of the probability of a right answer
   * @param expected of each candidate, how many answers of its kind the target is expected to take
   * @param rate of each candidate, what is gained for each unit of cost
   * @param picked the candidates to ask, best first
   * @param state of each task, one of the constants
   * @param spent what the picked ones cost together
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, and never compared.
  record Plan(
      double[] gain, double[] expected, double[] rate, int[] picked, int[] state, double spent) {}

  /** Nobody may be asked about the task. */
  int NO_CANDIDATE = 0;

  /** The task is as certain as wanted. */
  int REACHED = 1;

  /** The task is asked for. */
  int ASK = 2;

  /** No answer to the task is worth its cost. */
  int NOT_WORTH = 3;

  /** The task's best answer costs more than what is left of the budget. */
  int OVER_BUDGET = 4;

  /** The task is worth asking for after the questions of this plan. */
  int WAITING = 5;
}
