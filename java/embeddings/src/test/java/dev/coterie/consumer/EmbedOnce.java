package dev.coterie.consumer;

import dev.coterie.text.Embedder;
import dev.coterie.text.EmbedderException;
import dev.coterie.text.EmbedderProvider;
import java.util.Arrays;

/**
 * Embeds a text twice in a process of its own. Outside the module's packages, so that it can use
 * the module from the class path.
 */
public final class EmbedOnce {
  private EmbedOnce() {}

  /** Prints the module's name and a hash of the bits, or what is thrown instead. */
  public static void main(String[] arguments) {
    try (Embedder embedder = EmbedderProvider.find("minilm").open()) {
      System.out.println("module: " + embedder.getClass().getModule().getName());
      for (int i = 0; i < 2; i++) {
        try {
          System.out.println("bits: " + Arrays.hashCode(embedder.embed("A man is eating food.")));
        } catch (EmbedderException e) {
          System.out.println("refused: " + e.getMessage());
        }
      }
    }
  }
}
