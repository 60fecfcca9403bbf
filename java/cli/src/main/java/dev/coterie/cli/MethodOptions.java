package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.Quoted;
import dev.coterie.cli.method.Catalogue;
import dev.coterie.cli.method.Kind;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.MethodOption;
import dev.coterie.cli.method.Settings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say what is computed. */
final class MethodOptions {
  private static final String ALL = "all";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-m", "--method"},
      paramLabel = "METHOD",
      completionCandidates = Words.class,
      description =
          "The method: an id of --list-methods, or several of one kind with commas between them, or"
              + " all of a kind, to compare them. Default: auto; lfc-n for numbers, bradley-terry for"
              + " comparisons.")
  private String method;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "What the answers are: categorical, multi-label, numeric or pairwise. Default: the first of"
              + " these that has the method.")
  private String kind;

  @Option(
      names = "--list-methods",
      help = true,
      description = "Prints the methods, what each assumes and which options it has.")
  private boolean list;

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

  private List<Method<?>> chosen = List.of();
  private Settings settings;

  /** What {@code --method} takes, for completion. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      List<String> words = new ArrayList<>(Catalogue.ids());
      words.add(ALL);
      return words.iterator();
    }
  }

  /** Checks the options against each other, before anything is read. */
  void check() {
    Kind demanded = kind(kind);
    if (method == null) {
      method = Catalogue.usual(demanded == null ? Kind.CATEGORICAL : demanded);
    }
    chosen = choose(demanded, method);
    Choice.of("--backend", backend, "auto", "ffm", "jna", "vectorapi", "scalar");
    Map<MethodOption, Object> given =
        GivenOptions.check(
            GivenOptions.of(command, EnumSet.allOf(MethodOption.class)), method, chosen);
    GivenOptions.requireNotNegative("--threads", threads);
    settings = new Settings(given, threads, backend());
    for (Method<?> each : chosen) {
      try {
        each.build(settings);
      } catch (IllegalArgumentException e) {
        throw Fits.refusal(each, e);
      }
    }
  }

  private static Kind kind(String word) {
    if (word == null) {
      return null;
    }
    String[] words = Stream.of(Kind.values()).map(Kind::word).toArray(String[]::new);
    Choice.of("--kind", word, words);
    return Stream.of(Kind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow();
  }

  private static List<Method<?>> choose(Kind demanded, String text) {
    if (text.equals(ALL)) {
      return Catalogue.of(demanded == null ? Kind.CATEGORICAL : demanded);
    }
    List<Method<?>> methods = new ArrayList<>();
    Kind kind = demanded;
    for (String id : text.split(",", -1)) {
      Method<?> found = find(kind, id.strip());
      if (methods.contains(found)) {
        throw new InputException("--method names " + found.id() + " twice; keep one of them");
      }
      kind = found.kind();
      methods.add(found);
    }
    return methods;
  }

  /** Finds a method; {@code kind} is null when any will do. */
  private static Method<?> find(Kind kind, String id) {
    Method<?> found = Catalogue.find(kind, id);
    if (found != null) {
      return found;
    }
    if (kind == null || Catalogue.find(null, id) == null) {
      throw new InputException(
          "unknown method "
              + Quoted.text(id)
              + "; choose one of "
              + String.join(", ", new Words()));
    }
    List<String> others = Catalogue.of(kind).stream().map(Method::id).toList();
    throw new InputException(
        "method "
            + Quoted.text(id)
            + " is not "
            + kind.word()
            + "; choose among "
            + String.join(", ", others));
  }

  boolean list() {
    return list;
  }

  /** Returns the methods, at least one, all of one kind. */
  List<Method<?>> chosen() {
    return chosen;
  }

  Kind kind() {
    return chosen.get(0).kind();
  }

  /** Returns whether methods are to be compared. */
  boolean compares() {
    return chosen.size() > 1;
  }

  String text() {
    return method;
  }

  Settings settings() {
    return settings;
  }

  /** Returns the backend's id, or null for the default one. */
  String backend() {
    return backend.equals("auto") ? null : backend;
  }

  /** Returns the name of the file of known labels, or null. */
  String gold() {
    return (String) command.findOption(MethodOption.GOLD.option()).getValue();
  }
}
