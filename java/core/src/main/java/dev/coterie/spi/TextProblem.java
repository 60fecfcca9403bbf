package dev.coterie.spi;

/**
 * A text consensus to make, as {@code coterie_text_problem_t} describes it.
 *
 * @param columns the texts
 * @param similarity the number of the similarity in docs/text.md
 * @param clustering the number of the clustering
 * @param threshold from which similarity on two texts belong together, from -1 to 1
 * @param minPoints the texts, itself among them, that make a text a core of a density cluster
 * @param themes the most themes of a task
 * @param threads the most threads, 0 for as many as there are cores
 */
public record TextProblem(
    TextColumns columns,
    int similarity,
    int clustering,
    double threshold,
    int minPoints,
    int themes,
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

  /** {@code clustering}. */
  public static final int COMPONENTS = 0;

  /** {@code clustering}. */
  public static final int COMPLETE_LINK = 1;

  /** {@code clustering}. */
  public static final int DENSITY = 2;

  /** The most rows of a task that complete link takes. */
  public static final int MOST_LINKED = 16_384;
}
