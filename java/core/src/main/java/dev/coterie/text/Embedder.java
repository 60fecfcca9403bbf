package dev.coterie.text;

import java.util.List;
import java.util.function.Function;

/**
 * Makes a vector of a text, such that texts of one meaning have vectors of nearly one direction: a
 * sentence embedding. {@code coterie-embeddings} brings one that needs no network; {@link #of}
 * makes one of any function.
 *
 * <p>What every embedder keeps to:
 *
 * <ul>
 *   <li>A vector has {@link #dimension} numbers, all finite. Its length says nothing: who compares
 *       vectors divides by their lengths. An embedder documents whether its vectors have the length
 *       1.
 *   <li>Any text is allowed: the empty one, one in any script, one that is not well-formed UTF-16.
 *       Of a text that is too long for the model no error is made; an embedder documents what
 *       becomes of the rest.
 *   <li>The same text gives the same bits, alone or in a batch, as long as the embedder, its
 *       version and the machine are the same. Across machines the bits are the model's business.
 *   <li>All methods may be called by many threads at once.
 *   <li>One that owns memory frees it in {@link #close}, which may be called more than once and
 *       while other threads are inside a call: that call finishes or throws {@link
 *       IllegalStateException}, as later ones do.
 * </ul>
 *
 * <p>The cost is the model's: milliseconds a text for a small one on a CPU. Embed a text once and
 * keep the vector.
 */
public interface Embedder extends AutoCloseable {
  /**
   * Returns how many numbers a vector has.
   *
   * @return the dimension, at least 1; the same for the whole life of the embedder
   */
  int dimension();

  /**
   * Makes the vector of a text.
   *
   * @param text the text, may be empty
   * @return {@link #dimension} finite numbers, in an array that belongs to the caller
   * @throws NullPointerException when the text is null
   * @throws EmbedderException when the model cannot be loaded or fails
   * @throws IllegalStateException when the embedder is closed
   */
  float[] embed(String text);

  /**
   * Makes the vectors of many texts, with the bits that {@link #embed} gives. This calls it for one
   * text after the other; an embedder that can do better does.
   *
   * @param texts the texts, none null; equal ones may occur
   * @return {@code [text][number]}, in the order of the list, in arrays that belong to the caller;
   *     empty for an empty list
   * @throws NullPointerException when the list or a text is null
   * @throws EmbedderException when the model cannot be loaded or fails
   * @throws IllegalStateException when the embedder is closed
   */
  default float[][] embedAll(List<String> texts) {
    float[][] vectors = new float[texts.size()][];
    int at = 0;
    for (String text : texts) {
      vectors[at++] = embed(text);
    }
    return vectors;
  }

  /**
   * Frees what the embedder owns. This does nothing: one without memory of its own stays usable.
   */
  @Override
  default void close() {}

  /**
   * Makes an embedder of a function, a call of a service for instance. What the function returns is
   * checked and copied. The embedder owns nothing and is as safe for many threads as the function
   * is.
   *
   * @param dimension how many numbers a vector has, at least 1
   * @param function makes the vector of a text; its exceptions come through unchanged
   * @return an embedder whose {@link #embed} throws {@link EmbedderException} when the function
   *     returns null, another number of numbers, or one that is not finite
   * @throws IllegalArgumentException when the dimension is less than 1
   * @throws NullPointerException when the function is null
   */
  static Embedder of(int dimension, Function<? super String, float[]> function) {
    return new FunctionEmbedder(dimension, function);
  }
}
