package dev.coterie.text;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.BackendRegistry;
import dev.coterie.internal.sequence.WordNumbers;
import dev.coterie.spi.Backend;
import dev.coterie.spi.RoverOutcome;
import dev.coterie.spi.RoverProblem;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Builds one text of several word by word (ROVER, Fiscus 1997): the texts of a task are aligned one
 * after another, and each place goes to the word with the most votes. For transcripts and the like,
 * whose texts differ in words here and there. The result may be a text that nobody gave.
 *
 * <p>Without options votes count alike and the texts are aligned in the order of the table, with
 * the costs and the ties of crowd-kit. With {@link Builder#reliability} the alignment begins with
 * the text that is most similar to all others, and votes are weighed by how far others agree with
 * the expert in other tasks. docs/methods/rover.md has the rules and figures.
 *
 * <p>The time grows with the words of each text times the places of the task's alignment, of which
 * one byte each is kept: at most 2<sup>30</sup>. Reliability compares any two texts of a task.
 * Immutable and safe for use by many threads, if the tokeniser is.
 */
public final class Rover {
  private final boolean reliability;
  private final Function<? super String, List<String>> tokeniser;
  private final String backend;

  /** Makes the method with its defaults. */
  public Rover() {
    this(new Builder());
  }

  private Rover(Builder builder) {
    reliability = builder.reliability;
    tokeniser = builder.tokeniser;
    backend = builder.backend;
  }

  /**
   * Starts a method with options of its own.
   *
   * @return a builder with the defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Builds a text for each task.
   *
   * @param answers the texts
   * @return the result
   * @throws IllegalArgumentException naming the row whose text is too long to be aligned, or the
   *     task with too many rows for reliability
   * @throws NullPointerException when the table is null, or the tokeniser returns null
   */
  public RoverResult aggregate(TextAnswers answers) {
    return aggregate(answers, new FitControl());
  }

  /**
   * Builds a text for each task, watched and stopped by a control.
   *
   * @param answers the texts
   * @param control cancels the work; its iterations are the tasks that are done
   * @return the result
   * @throws CancellationException when cancelled
   * @throws IllegalArgumentException naming the row whose text is too long to be aligned, or the
   *     task with too many rows for reliability
   * @throws NullPointerException when an argument is null, or the tokeniser returns null
   */
  public RoverResult aggregate(TextAnswers answers, FitControl control) {
    Objects.requireNonNull(answers, "answers");
    Objects.requireNonNull(control, "control");
    if (control.isCancelled()) {
      throw new CancellationException("the run was cancelled before it began");
    }
    WordNumbers words = new WordNumbers(answers.size());
    for (int row = 0; row < answers.size(); row++) {
      words.add(Objects.requireNonNull(tokeniser.apply(answers.text(row)), "the tokeniser's list"));
    }
    String[] vocabulary = new String[words.vocabularySize()];
    int[] numbers = words.numbers(vocabulary);
    RoverProblem problem =
        new RoverProblem(
            reliability,
            answers.tasks().size(),
            answers.experts().size(),
            vocabulary.length,
            answers.taskColumn(),
            answers.expertColumn(),
            words.length(),
            numbers,
            reliability ? answers.confidenceColumn() : null);
    RoverOutcome outcome = new RoverOutcome(problem);
    Backend engine = BackendRegistry.global().openOrCurrent(backend);
    engine.sequences().rover(problem, outcome, control);
    return new RoverResult(answers, engine.info(), vocabulary, outcome);
  }

  /** Collects the options of {@link Rover}. Not safe for use by several threads. */
  public static final class Builder {
    private boolean reliability;
    private Function<? super String, List<String>> tokeniser = text -> List.of(text.split(" ", -1));
    private String backend;

    private Builder() {}

    /**
     * Chooses whether to begin with the text that is most similar to all others and to weigh votes
     * by how far others agree with the expert in other tasks and by the stated confidence. An
     * expert with several texts has one vote a task then.
     *
     * @param on true to do so; false by default
     * @return this
     */
    public Builder reliability(boolean on) {
      reliability = on;
      return this;
    }

    /**
     * Chooses what makes words of a text. By default a text is cut at each single space and nothing
     * else is changed, so that case and punctuation count: normalise texts before, or here. An
     * empty word is the same as no word.
     *
     * @param function makes the words of a text; its exceptions come through unchanged
     * @return this
     * @throws NullPointerException when the function is null
     */
    public Builder tokeniser(Function<? super String, List<String>> function) {
      tokeniser = Objects.requireNonNull(function, "function");
      return this;
    }

    /**
     * Chooses the backend; without it, the default one.
     *
     * @param id the id of a backend, as in {@link dev.coterie.Backends#ids}; null or {@code auto}
     *     for the default backend
     * @return this
     * @throws IllegalArgumentException when there is no backend of this id
     */
    public Builder backend(String id) {
      backend = BackendRegistry.checkChoice(id);
      return this;
    }

    /**
     * Makes the method; the builder can be used further.
     *
     * @return an immutable method
     */
    public Rover build() {
      return new Rover(this);
    }
  }
}
