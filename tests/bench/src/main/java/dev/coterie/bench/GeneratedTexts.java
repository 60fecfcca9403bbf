package dev.coterie.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The texts of native/benches/text.rs, word for word: a vocabulary of 5,000 words whose frequencies
 * fall as 1/rank, three opinions, and answers that change some words of one.
 */
final class GeneratedTexts {
  private static final int VOCABULARY = 5000;
  private static final String CONSONANTS = "bcdfghklmnprstvw";
  private static final int[] OPINIONS = {0, 0, 1, 2};

  /** The commonest words: the stop words of docs/text.md, in order. */
  private static final List<String> STOP_WORDS =
      List.of(
          ("a about above after again all also am an and any are as at be because been "
                  + "before being below between both but by can could did do does doing down during "
                  + "each few for from further had has have having he her here hers him his how i "
                  + "if in into is it it's its just me more most my no nor not now of off on once "
                  + "only or other our ours out over own same she should so some such than that the "
                  + "their theirs them then there these they this those through to too under until "
                  + "up very was we were what when where which while who whom why will with would "
                  + "you your yours")
              .split(" "));

  private long state;

  private GeneratedTexts(long seed) {
    state = seed;
  }

  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private int below(int n) {
    return (int) ((next() >>> 11) % n);
  }

  private double unit() {
    return (next() >>> 11) * 0x1p-53;
  }

  private static List<String> vocabulary() {
    GeneratedTexts r = new GeneratedTexts(1);
    List<String> words = new ArrayList<>(STOP_WORDS);
    while (words.size() < VOCABULARY) {
      StringBuilder word = new StringBuilder();
      int syllables = 2 + r.below(3);
      for (int i = 0; i < syllables; i++) {
        word.append(CONSONANTS.charAt(r.below(16))).append("aeiou".charAt(r.below(5)));
      }
      if (r.below(3) > 0) {
        word.append("nrstl".charAt(r.below(5)));
      }
      words.add(word.toString());
    }
    return words;
  }

  /** Returns so many answers of so many sentences. */
  static List<String> answers(int count, int sentences) {
    List<String> words = vocabulary();
    GeneratedTexts r = new GeneratedTexts(7);
    List<List<List<String>>> opinions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<List<String>> opinion = new ArrayList<>();
      for (int s = 0; s < sentences; s++) {
        opinion.add(r.sentence(words));
      }
      opinions.add(opinion);
    }
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (List<String> line : opinions.get(OPINIONS[r.below(4)])) {
        text.append(r.varied(line, words)).append(". ");
      }
      answers.add(text.toString());
    }
    return answers;
  }

  private String word(List<String> words) {
    return words.get((int) Math.pow(VOCABULARY, unit()) - 1);
  }

  private List<String> sentence(List<String> words) {
    int length = 8 + below(13);
    List<String> sentence = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      sentence.add(word(words));
    }
    return sentence;
  }

  private String varied(List<String> line, List<String> words) {
    List<String> varied = below(10) == 0 ? sentence(words) : new ArrayList<>(line);
    int changes = below(3);
    for (int i = 0; i < changes; i++) {
      varied.set(below(varied.size()), word(words));
    }
    String text = String.join(" ", varied);
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
