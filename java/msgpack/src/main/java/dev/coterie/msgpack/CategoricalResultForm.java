package dev.coterie.msgpack;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import java.util.List;

/**
 * The result of a consensus of labels.
 *
 * @param method the id of the method, or null where it is not told
 * @param tasks the names of the tasks, each there once
 * @param experts the names of the experts, each there once
 * @param labels the names of the labels, each there once
 * @param answer the label of each task, -1 where it has none
 * @param runnerUp the second most probable label of each task, -1 where it has none
 * @param posterior {@code [task][label]}: the posterior probabilities
 * @param skill how far each expert can be trusted
 * @param iterations the iterations that were made
 * @param objective the value that the method made large, such as the log-likelihood, or null where
 *     it has none
 * @param converged whether the iterations ended before their limit
 */
public record CategoricalResultForm(
    String method,
    List<String> tasks,
    List<String> experts,
    List<String> labels,
    int[] answer,
    int[] runnerUp,
    double[] posterior,
    double[] skill,
    int iterations,
    Double objective,
    boolean converged)
    implements WireForm {
  /** Copies the lists. */
  public CategoricalResultForm {
    tasks = List.copyOf(tasks);
    experts = List.copyOf(experts);
    labels = List.copyOf(labels);
  }

  /**
   * Takes the numbers out of a result. Takes one pass over it.
   *
   * @param consensus the result
   * @param method the id of the method that made it, or null
   * @return its numbers
   * @throws IllegalStateException when the result is closed
   * @throws UnsupportedOperationException when the posterior is longer than an array
   */
  public static CategoricalResultForm of(Consensus consensus, String method) {
    AnswerTable table = consensus.table();
    long cells = (long) table.tasks() * table.labels();
    if (cells > Integer.MAX_VALUE - 8) {
      throw new UnsupportedOperationException(
          "the posterior has " + cells + " probabilities, more than a message holds");
    }
    int[] answer = new int[table.tasks()];
    int[] runnerUp = new int[table.tasks()];
    double[] posterior = new double[(int) cells];
    double[] skill = new double[table.experts()];
    for (int task = 0; task < answer.length; task++) {
      answer[task] = consensus.answer(task);
      runnerUp[task] = consensus.runnerUp(task);
    }
    consensus.posteriors(0, answer.length, posterior, 0);
    for (int expert = 0; expert < skill.length; expert++) {
      skill[expert] = consensus.skill(expert);
    }
    double objective = consensus.logLikelihood();
    return new CategoricalResultForm(
        method,
        table.taskNames(),
        table.expertNames(),
        table.labelNames(),
        answer,
        runnerUp,
        posterior,
        skill,
        consensus.iterations(),
        Double.isNaN(objective) ? null : objective,
        consensus.converged());
  }

  @Override
  public WireKind kind() {
    return WireKind.CATEGORICAL_RESULT;
  }

  /**
   * Reads the result of a consensus of labels. Time and memory are linear in the message's length.
   *
   * @param message the whole message, which is not kept
   * @return what it says
   * @throws WireException when the message is refused
   */
  public static CategoricalResultForm read(byte[] message) {
    return read(Envelope.open(message, WireKind.CATEGORICAL_RESULT));
  }

  static CategoricalResultForm read(Fields body) {
    Value method = body.optional("method");
    String id = method == null ? null : method.text();
    List<String> tasks = body.required("tasks").names();
    List<String> experts = body.required("experts").names();
    List<String> labels = body.required("labels").names();
    int[] answer = body.required("answer").indices(tasks.size(), -1, labels.size());
    int[] runnerUp = body.required("runner_up").indices(tasks.size(), -1, labels.size());
    double[] posterior = body.required("posterior").numbers((long) tasks.size() * labels.size());
    double[] skill = body.required("skill").numbers(experts.size());
    int iterations = body.required("iterations").index(1L << 31);
    Value objective = body.optional("objective");
    return new CategoricalResultForm(
        id,
        tasks,
        experts,
        labels,
        answer,
        runnerUp,
        posterior,
        skill,
        iterations,
        objective == null ? null : (Double) objective.number(),
        body.required("converged").bool());
  }

  @Override
  public byte[] toBytes() {
    return Envelope.write(kind(), this::write);
  }

  private void write(Writer writer) {
    writer.map(9 + (method == null ? 0 : 1) + (objective == null ? 0 : 1));
    if (method != null) {
      writer.text("method");
      writer.text(method);
    }
    writer.text("tasks");
    writer.texts(tasks);
    writer.text("experts");
    writer.texts(experts);
    writer.text("labels");
    writer.texts(labels);
    writer.text("answer");
    writer.column(answer);
    writer.text("runner_up");
    writer.column(runnerUp);
    writer.text("posterior");
    writer.column(posterior);
    writer.text("skill");
    writer.column(skill);
    writer.text("iterations");
    writer.integer(iterations);
    if (objective != null) {
      writer.text("objective");
      writer.number(objective);
    }
    writer.text("converged");
    writer.bool(converged);
  }
}
