package dev.coterie.cli;

import dev.coterie.text.Embedder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An embedder that tells how far it has come, and stops when the work is cancelled. */
record WatchedEmbedder(Embedder embedder, Progress progress) implements Embedder {
  /** How many texts are embedded between two looks. */
  static final int BATCH = 32;

  @Override
  public int dimension() {
    return embedder.dimension();
  }

  @Override
  public float[] embed(String text) {
    return embedder.embed(text);
  }

  @Override
  public float[][] embedAll(List<String> texts) {
    List<float[]> vectors = new ArrayList<>(texts.size());
    for (int from = 0; from < texts.size(); from += BATCH) {
      progress.count("embedding", from, "text");
      int to = Math.min(from + BATCH, texts.size());
      Collections.addAll(vectors, embedder.embedAll(texts.subList(from, to)));
    }
    return vectors.toArray(new float[0][]);
  }
}
