package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.consensus.Repeats;
import dev.coterie.text.Clustering;
import dev.coterie.text.ConfidenceRule;
import dev.coterie.text.Similarity;
import dev.coterie.text.TextConsensus;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of the consensus of texts. */
final class TextOptions {
  @Option(
      names = "--preset",
      paramLabel = "PRESET",
      defaultValue = "answers",
      description =
          "What the other options start from: answers (of several sentences: set-cosine), or"
              + " sentences (transcripts, translations: word-alignment for the choice,"
              + " word-levenshtein for the clusters). Default: ${DEFAULT-VALUE}.")
  private String preset;

  @Option(
      names = "--similarity",
      paramLabel = "KIND",
      completionCandidates = Similarities.class,
      description = "How texts are compared for clusters: ${COMPLETION-CANDIDATES}.")
  private String similarity;

  @Option(
      names = "--choice",
      paramLabel = "KIND",
      completionCandidates = Similarities.class,
      description =
          "How texts are compared to choose one, of the same kinds. Default: as for clusters.")
  private String choice;

  @Option(
      names = "--clustering",
      paramLabel = "KIND",
      defaultValue = "leader",
      completionCandidates = Clusterings.class,
      description = "How clusters are formed: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private String clustering;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      defaultValue = "0.5",
      description =
          "From which similarity on texts belong together, -1 to 1. Default: ${DEFAULT-VALUE}.")
  private double threshold;

  @Option(
      names = "--min-points",
      paramLabel = "N",
      description = "With density: how many texts near each other make a core. Default: 2.")
  private Integer minPoints;

  @Option(
      names = "--themes",
      paramLabel = "N",
      defaultValue = "5",
      description = "The most themes of a task. Default: ${DEFAULT-VALUE}.")
  private int themes;

  @Option(
      names = "--confidence",
      paramLabel = "RULE",
      defaultValue = "alone",
      description =
          "From what the confidence is computed: each task alone, or all tasks pooled, worth it from"
              + " about 20 tasks on. Default: ${DEFAULT-VALUE}.")
  private String confidence;

  @Option(
      names = "--repeats",
      paramLabel = "RULE",
      defaultValue = "all",
      description =
          "What counts of several texts of one expert to one task: all, which share the expert's"
              + " vote, or the last. Default: ${DEFAULT-VALUE}.")
  private String repeats;

  @Option(
      names = "--embedder",
      paramLabel = "ID",
      description =
          "For embedding-cosine: what makes embeddings of the texts, minilm for instance, from"
              + " coterie-embeddings on the class path.")
  private String embedder;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "The number of threads, 0 for one per core. Changes no bit of the result.")
  private int threads;

  @Option(
      names = "--backend",
      paramLabel = "ID",
      defaultValue = "auto",
      description =
          "ffm, jna, vectorapi, scalar or auto. Changes no bit of the result. Default:"
              + " ${DEFAULT-VALUE}.")
  private String backend;

  /** The words for similarities. */
  static final class Similarities implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.asList(words(Similarity.values())).iterator();
    }
  }

  /** The words for clusterings. */
  static final class Clusterings implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.asList(words(Clustering.values())).iterator();
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String[] words(Enum<?>[] values) {
    return Arrays.stream(values).map(TextOptions::word).toArray(String[]::new);
  }

  private static <E extends Enum<E>> E of(String option, String word, E[] values) {
    Choice.of(option, word, words(values));
    return Arrays.stream(values).filter(each -> word(each).equals(word)).findFirst().orElseThrow();
  }

  /** Checks all of them, as far as that can be done without texts. */
  void check() {
    Choice.of("--preset", preset, "answers", "sentences");
    Choice.of("--repeats", repeats, "all", "last");
    Choice.of("--backend", backend, "auto", "ffm", "jna", "vectorapi", "scalar");
    GivenOptions.requireNotNegative("--threads", threads);
    consensus();
    if (minPoints != null && clustering() != Clustering.DENSITY) {
      throw new InputException(
          "--min-points means nothing to "
              + clustering
              + "; leave it out, or use it with --clustering density");
    }
    if (embedder != null && !usesEmbeddings()) {
      throw new InputException(
          "--embedder means nothing to "
              + word(similarity())
              + "; leave it out, or use it with --similarity embedding-cosine");
    }
  }

  private boolean ofSentences() {
    return preset.equals("sentences");
  }

  private Similarity similarity() {
    if (similarity == null) {
      return ofSentences() ? Similarity.WORD_LEVENSHTEIN : Similarity.SET_COSINE;
    }
    return of("--similarity", similarity, Similarity.values());
  }

  private Similarity choice() {
    if (choice == null) {
      return ofSentences() ? Similarity.WORD_ALIGNMENT : similarity();
    }
    return of("--choice", choice, Similarity.values());
  }

  private Clustering clustering() {
    return of("--clustering", clustering, Clustering.values());
  }

  private ConfidenceRule rule() {
    return of("--confidence", confidence, ConfidenceRule.values());
  }

  boolean usesEmbeddings() {
    return similarity() == Similarity.EMBEDDING_COSINE || choice() == Similarity.EMBEDDING_COSINE;
  }

  Repeats repeats() {
    return repeats.equals("last") ? Repeats.LAST_WINS : Repeats.COUNT_ALL;
  }

  /** Returns the id of the embedder, or null. */
  String embedder() {
    return embedder;
  }

  /** Returns the id of the backend, or null for the default one. */
  String backend() {
    return backend.equals("auto") ? null : backend;
  }

  TextConsensus consensus() {
    TextConsensus.Builder builder =
        ofSentences() ? TextConsensus.forSentences() : TextConsensus.builder();
    builder.similarity(similarity()).choice(choice()).clustering(clustering()).confidence(rule());
    if (minPoints != null && minPoints < 1) {
      throw new InputException("--min-points " + minPoints + " is below 1; correct it");
    }
    try {
      builder.threshold(threshold).themes(themes).threads(threads).backend(backend());
    } catch (IllegalArgumentException e) {
      throw new InputException("--" + e.getMessage() + "; correct it");
    }
    return minPoints == null ? builder.build() : builder.minPoints(minPoints).build();
  }

  /** Returns what decides the result, for JSON. */
  Map<String, Object> described() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("similarity", word(similarity()));
    options.put("choice", word(choice()));
    options.put("clustering", clustering);
    options.put("threshold", threshold);
    if (clustering() == Clustering.DENSITY) {
      options.put("min_points", minPoints == null ? 2 : minPoints);
    }
    options.put("themes", themes);
    options.put("confidence", confidence);
    options.put("repeats", repeats);
    if (embedder != null) {
      options.put("embedder", embedder);
    }
    return options;
  }
}
