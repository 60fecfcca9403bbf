package dev.coterie.text;

import dev.coterie.internal.text.Tokens;
import java.util.List;

/**
 * Cuts texts into the words that are compared: by the fixed rule of docs/text.md, which no version
 * of Unicode changes, the same in Java and in the native library. All methods are pure.
 */
public final class Tokeniser {
  private Tokeniser() {}

  /**
   * Returns the words of a text.
   *
   * @param text any text; a lone surrogate counts as {@code ?}
   * @return in lower case, in order, unmodifiable; empty when there are none
   */
  public static List<String> tokens(String text) {
    return Tokens.of(text);
  }
}
