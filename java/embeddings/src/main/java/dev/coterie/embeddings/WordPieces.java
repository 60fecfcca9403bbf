package dev.coterie.embeddings;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Cuts texts into the word pieces of BERT's uncased models: accents, case and what cannot be seen
 * are dropped; words end at blanks, punctuation and around Chinese characters; of each word the
 * longest piece that the vocabulary knows is taken, then the longest that continues it, and so on.
 * A word that cannot be cut so is one unknown piece, as is one of more than 100 characters.
 *
 * <p>What a character is, {@link Character} says; for characters younger than the model the JDKs
 * may differ.
 */
final class WordPieces {
  private static final int LONGEST_WORD = 100;

  private final Vocabulary vocabulary;
  private final int longestPiece;
  private final long first;
  private final long last;
  private final int unknown;

  WordPieces(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.longestPiece =
        vocabulary.beginnings().keySet().stream().mapToInt(String::length).max().orElse(0);
    this.first = vocabulary.number("[CLS]");
    this.last = vocabulary.number("[SEP]");
    this.unknown = vocabulary.number("[UNK]");
  }

  /**
   * Returns the numbers of a text's pieces, in windows of whole words, each framed by the model's
   * signs for beginning and end.
   *
   * @param most the most pieces of a window, without the two that frame it; at least 100
   * @return at least one window, without a piece for a text that has none
   */
  List<long[]> windows(String text, int most) {
    String normal = normal(text);
    List<long[]> windows = new ArrayList<>();
    long[] window = new long[most + 2];
    window[0] = first;
    int size = 1;
    int[] word = new int[LONGEST_WORD];
    for (int at = 0; at < normal.length(); ) {
      int end = wordEnd(normal, at);
      int pieces = normal.charAt(at) == ' ' ? 0 : cut(normal, at, end, word);
      if (size + pieces > most + 1) {
        windows.add(closed(window, size));
        size = 1;
      }
      for (int i = 0; i < pieces; i++) {
        window[size++] = word[i];
      }
      at = end;
    }
    if (size > 1 || windows.isEmpty()) {
      windows.add(closed(window, size));
    }
    return windows;
  }

  private long[] closed(long[] window, int size) {
    long[] closed = Arrays.copyOf(window, size + 1);
    closed[size] = last;
    return closed;
  }

  /** Returns where the word, the punctuation mark or the blank that begins here ends. */
  private static int wordEnd(String text, int begin) {
    int at = begin;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (c == ' ' || isPunctuation(c)) {
        return at == begin ? at + Character.charCount(c) : at;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  /** Writes the numbers of a word's pieces and returns how many they are. */
  private int cut(String text, int begin, int end, int[] word) {
    word[0] = unknown;
    if (text.codePointCount(begin, end) > LONGEST_WORD) {
      return 1;
    }
    int pieces = 0;
    for (int at = begin; at < end; ) {
      Map<String, Integer> known =
          at == begin ? vocabulary.beginnings() : vocabulary.continuations();
      Integer number = null;
      int to = Math.min(end, at + longestPiece);
      while (to > at && (number = known.get(text.substring(at, to))) == null) {
        to--;
      }
      if (number == null) {
        word[0] = unknown;
        return 1;
      }
      word[pieces++] = number;
      at = to;
    }
    return pieces;
  }

  /** Drops what does not matter; blanks of all kinds become spaces. */
  private static String normal(String text) {
    StringBuilder clean = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> appendClean(clean, c));
    String decomposed = Normalizer.normalize(clean, Normalizer.Form.NFD);
    StringBuilder normal = new StringBuilder(decomposed.length());
    decomposed
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .map(Character::toLowerCase)
        .forEach(normal::appendCodePoint);
    return normal.toString();
  }

  private static void appendClean(StringBuilder clean, int c) {
    if (c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c)) {
      clean.append(' ');
    } else if (isChinese(c)) {
      clean.append(' ').appendCodePoint(c).append(' ');
    } else if (!isInvisible(c)) {
      clean.appendCodePoint(c);
    }
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> c == 0xFFFD;
    };
  }

  /** Returns whether a character is an ideograph, which is a word of its own. */
  private static boolean isChinese(int c) {
    return (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2CEAF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }

  private static boolean isPunctuation(int c) {
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      // Of ASCII all that is neither letter, digit nor blank.
      default -> c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
    };
  }
}
