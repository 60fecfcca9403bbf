package dev.coterie.text;

import dev.coterie.spi.TextProblem;

/** How two texts are compared; each is specified in docs/text.md. Values are at most 1. */
public enum Similarity {
  /** The cosine of the sets of words. */
  SET_COSINE(TextProblem.SET_COSINE),

  /**
   * The cosine of the words' weights, where words count more the fewer texts of a task have them.
   */
  TFIDF_COSINE(TextProblem.TFIDF_COSINE),

  /** The share of common words in all words of both. */
  JACCARD(TextProblem.JACCARD),

  /** An estimate of {@link #JACCARD} by 128 hashes, with a standard error of at most 0.044. */
  MIN_HASH(TextProblem.MIN_HASH),

  /** One minus the edit distance of the words, relative to the longer text. */
  WORD_LEVENSHTEIN(TextProblem.WORD_LEVENSHTEIN),

  /** One minus the edit distance of the characters, relative to the longer text. */
  LEVENSHTEIN(TextProblem.LEVENSHTEIN),

  /** The cosine of embeddings that come with the texts; from -1 on. */
  EMBEDDING_COSINE(TextProblem.EMBEDDING_COSINE),

  /** Dice's coefficient of the runs of three characters: for long answers of any wording. */
  TRIGRAM_DICE(TextProblem.TRIGRAM_DICE),

  /**
   * The square root of one minus the edit distance of the words, relative to the length of both:
   * for the choice among transcripts and translations of one sentence.
   */
  WORD_ALIGNMENT(TextProblem.WORD_ALIGNMENT);

  final int number;

  Similarity(int number) {
    this.number = number;
  }
}
