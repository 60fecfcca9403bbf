package dev.coterie.internal.sequence;

import dev.coterie.internal.table.NameTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Numbers for words that ascend with the number of their code points, then with the code points
 * themselves; 0 is the empty word. Java's own order of strings is another one: it goes by UTF-16
 * units, in which what lies beyond U+FFFF comes before U+E000.
 */
public final class WordNumbers {
  private static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(word -> word.codePointCount(0, word.length()))
          .thenComparing(WordNumbers::compareCodePoints);

  private final NameTable known = new NameTable("words");
  private final int[] length;
  private int[] word = new int[64];
  private int size;
  private int rows;

  /** Makes numbers for so many rows. */
  public WordNumbers(int rows) {
    length = new int[rows];
    known.intern("");
  }

  /** Adds the words of the next row. */
  public void add(List<String> words) {
    length[rows++] = words.size();
    for (String each : words) {
      if (size == word.length) {
        word = Arrays.copyOf(word, larger());
      }
      word[size++] = known.intern(each);
    }
  }

  private int larger() {
    int most = Integer.MAX_VALUE - 8;
    if (size == most) {
      throw new IllegalStateException("more words than a table can hold: " + size);
    }
    return (int) Math.min(2L * size, most);
  }

  /** Returns how many words each row has. */
  public int[] length() {
    return length;
  }

  /**
   * Renumbers the words, once all rows are there.
   *
   * @param vocabulary receives the words in their order; as long as {@link #vocabularySize} says
   * @return the words of all rows one after another
   */
  public int[] numbers(String[] vocabulary) {
    Arrays.setAll(vocabulary, known::name);
    Arrays.sort(vocabulary, ORDER);
    int[] number = new int[vocabulary.length];
    for (int i = 0; i < vocabulary.length; i++) {
      number[known.indexOf(vocabulary[i])] = i;
    }
    int[] numbers = new int[size];
    Arrays.setAll(numbers, i -> number[word[i]]);
    return numbers;
  }

  /** Returns the number of distinct words, the empty one among them. */
  public int vocabularySize() {
    return known.size();
  }

  private static int compareCodePoints(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; ) {
      int x = a.codePointAt(i);
      int y = b.codePointAt(i);
      if (x != y) {
        return Integer.compare(x, y);
      }
      i += Character.charCount(x);
    }
    return Integer.compare(a.length(), b.length());
  }
}
