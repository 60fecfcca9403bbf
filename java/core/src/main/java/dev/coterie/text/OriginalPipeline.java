package dev.coterie.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The pipeline of the project that Coterie grew out of, figure for figure: for comparison, and for
 * those who move from it. {@link TextConsensus} mends its faults; they are kept here:
 *
 * <ul>
 *   <li>"tf-idf cosine" is the cosine of the sets of words, in single precision, case and
 *       punctuation included;
 *   <li>a cluster is what is similar to its first text, so that clusters depend on the order;
 *   <li>of several largest clusters the last one wins, and of several surest texts the last;
 *   <li>two agreeing experts already add 0.2 to the confidence;
 *   <li>a phrase is left out only when all of its words are stop words.
 * </ul>
 *
 * <p>One fault cannot be kept: themes of equal count came in the order of a hash map that differed
 * from run to run. They come in the order of their text here. All methods are pure; the time grows
 * with the square of the number of texts.
 */
public final class OriginalPipeline {
  private static final float THRESHOLD = 0.7f;
  private static final int THEMES = 5;
  private static final Pattern BLANKS = Pattern.compile("\\p{IsWhite_Space}+");
  private static final Set<String> STOP_WORDS =
      Set.of(
          ("the a an and or but in on at to for of with by from as is was are were be been being"
                  + " have has had do does did will would could should may might must can this that"
                  + " these those i you he she it we they")
              .split(" "));

  private OriginalPipeline() {}

  /**
   * What the pipeline gives.
   *
   * @param text the surest text of the largest cluster, with a remark on the themes
   * @param chosen that text's place among the responses
   * @param confidence the mean confidence of the cluster's texts and a tenth for each, at most 0.2
   *     in all; at most 1
   * @param similarity the matrix of similarities
   * @param clusters the places of each cluster's texts, in the order of their first texts
   * @param winner the place of the winning cluster
   * @param themes the five commonest phrases of the winning cluster
   * @param dissent a remark on each other cluster
   */
  @SuppressWarnings("ArrayRecordComponent") // As the original gives it.
  public record Outcome(
      String text,
      int chosen,
      float confidence,
      float[][] similarity,
      List<List<Integer>> clusters,
      int winner,
      List<String> themes,
      List<String> dissent) {}

  /**
   * Runs the pipeline on texts in their order.
   *
   * @param responses the texts; tasks are not looked at
   * @return the outcome
   * @throws IllegalArgumentException when there are no texts
   */
  public static Outcome run(List<Response> responses) {
    if (responses.isEmpty()) {
      throw new IllegalArgumentException("there are no texts: add at least one");
    }
    float[][] similarity = similarity(responses);
    List<List<Integer>> clusters = clusters(similarity);
    int winner = 0;
    for (int c = 1; c < clusters.size(); c++) {
      winner = clusters.get(c).size() >= clusters.get(winner).size() ? c : winner;
    }
    List<Integer> members = clusters.get(winner);
    List<String> themes = themes(responses, members);
    int chosen = surest(responses, members);
    String text =
        String.format(
            Locale.ROOT,
            "%s\n\n[Consensus based on %d expert responses with key themes: %s]",
            responses.get(chosen).text(),
            members.size(),
            String.join(", ", themes));
    return new Outcome(
        text,
        chosen,
        confidence(responses, members),
        similarity,
        clusters,
        winner,
        themes,
        dissent(responses, clusters, winner));
  }

  private static List<String> words(String text) {
    return BLANKS.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
  }

  private static float[][] similarity(List<Response> responses) {
    List<Set<String>> sets = new ArrayList<>();
    responses.forEach(response -> sets.add(new HashSet<>(words(response.text()))));
    int n = sets.size();
    float[][] similarity = new float[n][n];
    for (int i = 0; i < n; i++) {
      similarity[i][i] = 1.0f;
      for (int j = i + 1; j < n; j++) {
        similarity[i][j] = cosine(sets.get(i), sets.get(j));
        similarity[j][i] = similarity[i][j];
      }
    }
    return similarity;
  }

  private static float cosine(Set<String> one, Set<String> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return 0.0f;
    }
    int common = 0;
    for (String word : one) {
      common += other.contains(word) ? 1 : 0;
    }
    return common / ((float) Math.sqrt(one.size()) * (float) Math.sqrt(other.size()));
  }

  private static List<List<Integer>> clusters(float[][] similarity) {
    boolean[] taken = new boolean[similarity.length];
    List<List<Integer>> clusters = new ArrayList<>();
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        List<Integer> cluster = new ArrayList<>();
        for (int j = i; j < taken.length; j++) {
          if (j == i || (!taken[j] && similarity[i][j] >= THRESHOLD)) {
            taken[j] = true;
            cluster.add(j);
          }
        }
        clusters.add(Collections.unmodifiableList(cluster));
      }
    }
    return Collections.unmodifiableList(clusters);
  }

  private static int surest(List<Response> responses, List<Integer> members) {
    int found = members.get(0);
    for (int i : members) {
      boolean surer = responses.get(i).confidence() >= responses.get(found).confidence();
      found = surer ? i : found;
    }
    return found;
  }

  private static float confidence(List<Response> responses, List<Integer> members) {
    float total = 0.0f;
    for (int i : members) {
      total += (float) responses.get(i).confidence();
    }
    float boost = Math.min(members.size() / 10.0f, 0.2f);
    return Math.min(total / members.size() + boost, 1.0f);
  }

  private static List<String> themes(List<Response> responses, List<Integer> members) {
    Map<String, Integer> counts = new HashMap<>();
    for (int i : members) {
      List<String> words = words(responses.get(i).text());
      for (int at = 0; at < words.size(); at++) {
        String word = words.get(at).toLowerCase(Locale.ROOT);
        if (!STOP_WORDS.contains(word) && word.getBytes(StandardCharsets.UTF_8).length > 3) {
          counts.merge(word, 1, Integer::sum);
        }
        for (int length = 2; length <= 3 && at + length <= words.size(); length++) {
          List<String> run = words.subList(at, at + length);
          String phrase = String.join(" ", run).toLowerCase(Locale.ROOT);
          if (!STOP_WORDS.containsAll(Arrays.asList(phrase.split(" ")))) {
            counts.merge(phrase, 1, Integer::sum);
          }
        }
      }
    }
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(THEMES)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> dissent(
      List<Response> responses, List<List<Integer>> clusters, int winner) {
    List<String> dissent = new ArrayList<>();
    for (int c = 0; c < clusters.size(); c++) {
      if (c != winner) {
        List<Integer> members = clusters.get(c);
        String text = responses.get(surest(responses, members)).text();
        dissent.add("Alternative view (" + members.size() + " experts): " + text);
      }
    }
    return Collections.unmodifiableList(dissent);
  }
}
