package dev.coterie.spi;

/**
 * A text consensus to make, as {@code coterie_text_problem_t} describes it.
 *
 * @param columns the texts
 * @param choice the number of the similarity that the choice looks at, as docs/text.md has it
 * @param similarity the number of the similarity that the clusters look at
 * @param clustering the number of the clustering
 * @param threshold from which similarity on two texts belong together, from -1 to 1
 * @param minPoints the texts, itself among them, that make a text a core of a density cluster
 * @param themes the most themes of a task
 * @param confidence the number of the rule of confidence
 * @param threads the most threads, 0 for as many as there are cores
 */
public record TextProblem(
    TextColumns columns,
    int choice,
    int similarity,
    int clustering,
    double threshold,
    int minPoints,
    int themes,
    int confidence,
    int threads) {

  /** {@code similarity}. */
  public static final int SET_COSINE = 0;

  /** {@code similarity}. */
  public static final int TFIDF_COSINE = 1;

  /** {@code similarity}. */
  public static final int JACCARD = 2;

  /** {@code similarity}. */
  public static final int MIN_HASH = 3;

  /** {@code similarity}. */
  public static final int WORD_LEVENSHTEIN = 4;

  /** {@code similarity}. */
  public static final int LEVENSHTEIN = 5;

  /** {@code similarity}. */
  public static final int EMBEDDING_COSINE = 6;

  /** {@code similarity}. */
  public static final int TRIGRAM_DICE = 7;

  /** {@code similarity}. */
  public static final int WORD_ALIGNMENT = 8;

  /** The number of similarities. */
  public static final int SIMILARITIES = 9;

  /** {@code clustering}. */
  public static final int COMPONENTS = 0;

  /** {@code clustering}. */
  public static final int COMPLETE_LINK = 1;

  /** {@code clustering}. */
  public static final int DENSITY = 2;

  /** {@code clustering}. */
  public static final int LEADER = 3;

  /** The most rows of a task that complete link takes. */
  public static final int MOST_LINKED = 16_384;

  /** {@code confidence}: from each task alone. */
  public static final int ALONE = 0;

  /** {@code confidence}: from all tasks together. */
  public static final int POOLED = 1;

  /** The most themes of a task. */
  public static final int MOST_THEMES = 1000;

  /** Returns whether a similarity compares symbols. */
  public static boolean needsSymbols(int similarity) {
    return similarity == LEVENSHTEIN || similarity == TRIGRAM_DICE;
  }

  /** Returns whether either similarity compares symbols. */
  public boolean needsSymbols() {
    return needsSymbols(choice) || needsSymbols(similarity);
  }

  /** Returns whether either similarity compares embeddings. */
  public boolean needsEmbeddings() {
    return choice == EMBEDDING_COSINE || similarity == EMBEDDING_COSINE;
  }
}
