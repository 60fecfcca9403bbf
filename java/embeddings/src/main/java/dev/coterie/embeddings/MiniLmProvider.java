package dev.coterie.embeddings;

import dev.coterie.text.Embedder;
import dev.coterie.text.EmbedderProvider;

/** Makes {@link MiniLm} known as {@code minilm}. Safe for use by many threads. */
public final class MiniLmProvider implements EmbedderProvider {
  /** Makes a provider; the service loader does. */
  public MiniLmProvider() {}

  @Override
  public String id() {
    return "minilm";
  }

  @Override
  public Embedder open() {
    return new MiniLm();
  }
}
