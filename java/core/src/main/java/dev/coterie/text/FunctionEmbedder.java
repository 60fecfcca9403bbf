package dev.coterie.text;

import java.util.Objects;
import java.util.function.Function;

/** A function as an embedder, with what it returns checked. */
final class FunctionEmbedder implements Embedder {
  private final int dimension;
  private final Function<? super String, float[]> function;

  FunctionEmbedder(int dimension, Function<? super String, float[]> function) {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension " + dimension + " is less than 1");
    }
    this.dimension = dimension;
    this.function = Objects.requireNonNull(function, "function");
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public float[] embed(String text) {
    float[] vector = function.apply(Objects.requireNonNull(text, "text"));
    if (vector == null) {
      throw new EmbedderException("the embedding function returned null");
    }
    if (vector.length != dimension) {
      throw new EmbedderException(
          "the embedding function returned "
              + vector.length
              + " numbers, but the embedder was made for "
              + dimension);
    }
    for (int i = 0; i < dimension; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new EmbedderException(
            "number " + i + " of what the embedding function returned is " + vector[i]);
      }
    }
    return vector.clone();
  }
}
