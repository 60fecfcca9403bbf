package dev.coterie.text;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.BackendRegistry;
import dev.coterie.spi.Backend;
import dev.coterie.spi.TextOutcome;
import dev.coterie.spi.TextProblem;
import java.util.Objects;

/**
 * Makes one answer of many written ones: the text that says most of what the others say, those who
 * support it, those who dissent, what they have in common, and how sure that is.
 *
 * <p>The answer is always one of the texts that were given: the one of minimum Bayes risk, that is,
 * the most similar to all others, where experts who answer several tasks count more the more others
 * agree with them in the other tasks. docs/text.md has the method, its sources and its
 * specification; the result has the same bits on every backend, for any order of the texts and any
 * number of threads.
 *
 * <p>Immutable and safe for use by many threads. With the default similarity the time is about
 * linear in the number of words; with those that have no vectors it grows with the square of the
 * number of texts of a task.
 */
public final class TextConsensus {
  private final Builder options;

  private TextConsensus(Builder options) {
    this.options = new Builder(options);
  }

  /** Makes a consensus with the default options. */
  public TextConsensus() {
    this(new Builder());
  }

  /**
   * Starts with the options for answers of several sentences: set cosine, threshold 0.5.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts with the options for transcripts, translations and other texts of one sentence: word
   * alignment for the choice, word Levenshtein with threshold 0.5 for the clusters.
   *
   * @return a builder
   */
  public static Builder forSentences() {
    return new Builder()
        .choice(Similarity.WORD_ALIGNMENT)
        .similarity(Similarity.WORD_LEVENSHTEIN)
        .threshold(0.5);
  }

  /**
   * Makes the consensus of every task of a table.
   *
   * @param table the texts
   * @return the result, which keeps the table
   * @throws IllegalArgumentException when the options ask for embeddings that the table does not
   *     have, or for complete link of too many texts
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the work does not fit into memory
   * @throws dev.coterie.BackendUnavailableException when the backend cannot be used
   */
  public TextResult fit(TextTable table) {
    return fit(table, new FitControl());
  }

  /**
   * Makes the consensus of every task of a table, watched from elsewhere.
   *
   * @param table the texts
   * @param control stops the work; its iterations are the tasks that are done
   * @return the result, which keeps the table
   * @throws java.util.concurrent.CancellationException when the control is cancelled
   * @throws IllegalArgumentException as {@link #fit(TextTable)}
   */
  public TextResult fit(TextTable table, FitControl control) {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(control, "control");
    Backend backend = BackendRegistry.global().openOrCurrent(options.backend);
    TextProblem problem = options.problem(table);
    TextOutcome outcome = new TextOutcome(problem);
    backend.text().consensus(problem, outcome, control);
    return new TextResult(
        table, table.order(options.symbols()).order(), problem, outcome, backend.info());
  }

  /** The options of a consensus. Not safe for use by several threads. */
  public static final class Builder {
    private Similarity similarity = Similarity.SET_COSINE;
    private Similarity choice;
    private Clustering clustering = Clustering.LEADER;
    private double threshold = 0.5;
    private int minPoints = 2;
    private int themes = 5;
    private ConfidenceRule confidence = ConfidenceRule.ALONE;
    private int threads;
    private String backend;

    private Builder() {}

    private Builder(Builder other) {
      similarity = other.similarity;
      choice = other.choice;
      clustering = other.clustering;
      threshold = other.threshold;
      minPoints = other.minPoints;
      themes = other.themes;
      confidence = other.confidence;
      threads = other.threads;
      backend = other.backend;
    }

    /**
     * Sets how texts are compared for clusters, and for the choice too unless that has its own.
     *
     * @param similarity the measure
     * @return this
     */
    public Builder similarity(Similarity similarity) {
      this.similarity = Objects.requireNonNull(similarity, "similarity");
      return this;
    }

    /**
     * Sets how texts are compared to choose one.
     *
     * @param choice the measure; null for that of the clusters
     * @return this
     */
    public Builder choice(Similarity choice) {
      this.choice = choice;
      return this;
    }

    /**
     * Sets how clusters are formed.
     *
     * @param clustering the way; leader by default
     * @return this
     */
    public Builder clustering(Clustering clustering) {
      this.clustering = Objects.requireNonNull(clustering, "clustering");
      return this;
    }

    /**
     * Sets from which similarity on two texts belong together.
     *
     * @param threshold from -1 to 1; 0.5 by default
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder threshold(double threshold) {
      if (!(threshold >= -1.0 && threshold <= 1.0)) {
        throw new IllegalArgumentException("threshold " + threshold + " is not between -1 and 1");
      }
      this.threshold = threshold;
      return this;
    }

    /**
     * Sets how many texts near each other make a core of {@link Clustering#DENSITY}.
     *
     * @param minPoints at least 1, the text itself among them; 2 by default
     * @return this
     * @throws IllegalArgumentException when it is less
     */
    public Builder minPoints(int minPoints) {
      if (minPoints < 1) {
        throw new IllegalArgumentException("minPoints " + minPoints + " is below 1");
      }
      this.minPoints = minPoints;
      return this;
    }

    /**
     * Sets the most themes of a task.
     *
     * @param themes from 0 to 1000; 5 by default
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder themes(int themes) {
      if (themes < 0 || themes > TextProblem.MOST_THEMES) {
        throw new IllegalArgumentException(
            "themes " + themes + " is not between 0 and " + TextProblem.MOST_THEMES);
      }
      this.themes = themes;
      return this;
    }

    /**
     * Sets from what the confidence is computed.
     *
     * @param confidence the rule; each task alone by default
     * @return this
     */
    public Builder confidence(ConfidenceRule confidence) {
      this.confidence = Objects.requireNonNull(confidence, "confidence");
      return this;
    }

    /**
     * Sets the most threads. The result does not depend on it.
     *
     * @param threads at least 0; 0, the default, for as many as there are cores
     * @return this
     * @throws IllegalArgumentException when it is negative
     */
    public Builder threads(int threads) {
      if (threads < 0) {
        throw new IllegalArgumentException("threads " + threads + " is negative");
      }
      this.threads = threads;
      return this;
    }

    /**
     * Sets the backend.
     *
     * @param backend its id; null or {@code auto}, the default, for the default backend
     * @return this
     * @throws IllegalArgumentException when there is no backend of this id
     */
    public Builder backend(String backend) {
      this.backend = BackendRegistry.checkChoice(backend);
      return this;
    }

    /**
     * Makes the consensus.
     *
     * @return with these options as they are now
     */
    public TextConsensus build() {
      return new TextConsensus(this);
    }

    private Similarity choiceOrSame() {
      return choice == null ? similarity : choice;
    }

    private boolean symbols() {
      return TextProblem.needsSymbols(similarity.number)
          || TextProblem.needsSymbols(choiceOrSame().number);
    }

    private TextProblem problem(TextTable table) {
      return new TextProblem(
          table.columns(symbols()),
          choiceOrSame().number,
          similarity.number,
          clustering.number,
          threshold,
          minPoints,
          themes,
          confidence.number,
          threads);
    }
  }
}
