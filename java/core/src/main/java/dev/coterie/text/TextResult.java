package dev.coterie.text;

import dev.coterie.BackendInfo;
import dev.coterie.spi.TextOutcome;
import dev.coterie.spi.TextProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The consensus of a table of texts. Immutable and safe for use by many threads. */
public final class TextResult {
  private final TextTable table;
  private final BackendInfo backend;
  private final List<TextAnswer> answers;
  private final double[] skill;

  /** Of each text in the order of the table's responses. */
  private final double[] weight;

  private final double[] centrality;

  TextResult(
      TextTable table, int[] order, TextProblem problem, TextOutcome outcome, BackendInfo backend) {
    this.table = table;
    this.backend = backend;
    this.skill = outcome.skill.clone();
    this.weight = byResponse(order, outcome.weight);
    this.centrality = byResponse(order, outcome.centrality);
    List<TextAnswer> made = new ArrayList<>();
    int[] offset = problem.columns().taskOffset();
    for (int task = 0; task < table.tasks().size(); task++) {
      made.add(new Reading(order, problem, outcome).answer(task, offset[task], offset[task + 1]));
    }
    this.answers = Collections.unmodifiableList(made);
  }

  private static double[] byResponse(int[] order, double[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < order.length; i++) {
      result[order[i]] = values[i];
    }
    return result;
  }

  /** Turns the numbers of the engine into what they are about. */
  private final class Reading {
    private final int[] order;
    private final TextProblem problem;
    private final TextOutcome outcome;

    Reading(int[] order, TextProblem problem, TextOutcome outcome) {
      this.order = order;
      this.problem = problem;
      this.outcome = outcome;
    }

    private Response response(int row) {
      return table.responses().get(order[row]);
    }

    TextAnswer answer(int task, int from, int to) {
      int count = outcome.clusters[task];
      List<List<Response>> members = new ArrayList<>();
      double[] votes = new double[count];
      Response[] medoid = new Response[count];
      for (int c = 0; c < count; c++) {
        members.add(new ArrayList<>());
      }
      double all = 0.0;
      double[] vote = votes(from, to);
      for (int row = from; row < to; row++) {
        int c = outcome.cluster[row];
        members.get(c).add(response(row));
        medoid[c] = response(outcome.medoid[row]);
        votes[c] += vote[row - from];
        all += vote[row - from];
      }
      List<TextCluster> clusters = new ArrayList<>();
      for (int c = 0; c < count; c++) {
        double support = c == 0 ? outcome.support[task] : votes[c] / all;
        clusters.add(new TextCluster(medoid[c], List.copyOf(members.get(c)), support));
      }
      return new TextAnswer(
          table.tasks().get(task),
          clusters.get(0),
          outcome.confidence[task],
          List.copyOf(clusters.subList(1, count)),
          themes(task));
    }

    /** Returns the votes of a task's rows, as docs/text.md has them. */
    private double[] votes(int from, int to) {
      int[] expert = Arrays.copyOfRange(problem.columns().expert(), from, to);
      double[] vote = Arrays.copyOfRange(problem.columns().confidence(), from, to);
      if (!(Arrays.stream(vote).max().orElse(0.0) > 0.0)) {
        Arrays.fill(vote, 1.0);
      }
      int[] texts = new int[table.experts().size()];
      for (int a : expert) {
        texts[a]++;
      }
      for (int i = 0; i < vote.length; i++) {
        vote[i] /= texts[expert[i]];
      }
      return vote;
    }

    private List<Theme> themes(int task) {
      List<Theme> themes = new ArrayList<>();
      for (int k = 0; k < outcome.themeCount[task]; k++) {
        int number = task * problem.themes() + k;
        int at = number * TextOutcome.THEME;
        int[] t = outcome.theme;
        List<String> tokens = Tokeniser.tokens(response(t[at]).text());
        String words = String.join(" ", tokens.subList(t[at + 1], t[at + 1] + t[at + 2]));
        themes.add(new Theme(words, outcome.score[number], t[at + 3], t[at + 4]));
      }
      return Collections.unmodifiableList(themes);
    }
  }

  /**
   * Returns the answers to all tasks.
   *
   * @return unmodifiable, in the order of {@link TextTable#tasks()}
   */
  public List<TextAnswer> answers() {
    return answers;
  }

  /**
   * Returns the answer to the only task.
   *
   * @return the answer
   * @throws IllegalStateException when the table has several tasks
   */
  public TextAnswer answer() {
    if (answers.size() != 1) {
      throw new IllegalStateException(
          "the table has " + answers.size() + " tasks: say which one is meant");
    }
    return answers.get(0);
  }

  /**
   * Returns the answer to a task.
   *
   * @param task the task's name
   * @return the answer
   * @throws java.util.NoSuchElementException when the table has no such task
   */
  public TextAnswer answer(String task) {
    return answers.get(table.task(task));
  }

  /**
   * Returns how useful the others find an expert's texts.
   *
   * @param expert the expert's name
   * @return from 0 to 1; NaN when nobody has answered two tasks
   * @throws java.util.NoSuchElementException when the table has no such expert
   */
  public double skill(String expert) {
    return skill[table.expert(expert)];
  }

  /**
   * Returns how much a text counts in the choice.
   *
   * @param response one of the table's responses
   * @return at least 0; for a single task its confidence, divided among its expert's texts
   */
  public double weight(Response response) {
    return weight[place(response)];
  }

  /**
   * Returns how central a text is: the weighed sum of its similarities to all texts of its task, or
   * of its cluster where that is no leader clustering.
   *
   * @param response one of the table's responses
   * @return comparable within a task
   */
  public double centrality(Response response) {
    return centrality[place(response)];
  }

  private int place(Response response) {
    int place =
        Collections.binarySearch(
            table.responses(), response, Comparator.comparingInt(Response::row));
    if (place < 0 || !table.responses().get(place).equals(response)) {
      throw new IllegalArgumentException("not a response of this table: " + response);
    }
    return place;
  }

  /**
   * Returns the backend that made this.
   *
   * @return its description
   */
  public BackendInfo backend() {
    return backend;
  }

  /**
   * Returns the table.
   *
   * @return the table that this is about
   */
  public TextTable table() {
    return table;
  }
}
