package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.Quoted;
import dev.coterie.cli.method.Catalogue;
import dev.coterie.cli.method.Kind;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.MethodOption;
import dev.coterie.cli.method.Settings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say what is computed. */
final class MethodOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-m", "--method"},
      paramLabel = "METHOD",
      defaultValue = "dawid-skene",
      completionCandidates = Words.class,
      description =
          "The method: an id of --list-methods, or several of one kind with commas between them to"
              + " compare them. all stands for the categorical ones, all-numeric and all-pairwise"
              + " for the others. Default: ${DEFAULT-VALUE}.")
  private String method;

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
      List<String> words = new ArrayList<>(Catalogue.byId().keySet());
      for (Kind kind : Kind.values()) {
        if (!Catalogue.of(kind).isEmpty()) {
          words.add(kind.all());
        }
      }
      return words.iterator();
    }
  }

  /** Checks the options against each other, before anything is read. */
  void check() {
    chosen = choose(method);
    Choice.of("--backend", backend, "auto", "ffm", "jna", "vectorapi", "scalar");
    Map<MethodOption, Object> given = GivenOptions.check(GivenOptions.of(command), method, chosen);
    GivenOptions.requireNotNegative("--threads", threads);
    settings = new Settings(given, threads, backend());
    for (Method<?> each : chosen) {
      try {
        each.build(settings);
      } catch (IllegalArgumentException e) {
        throw new InputException(each.id() + ": " + e.getMessage());
      }
    }
  }

  /** Returns the methods that a word of the command line names. */
  static List<Method<?>> choose(String text) {
    for (Kind kind : Kind.values()) {
      if (text.equals(kind.all()) && !Catalogue.of(kind).isEmpty()) {
        return Catalogue.of(kind);
      }
    }
    List<Method<?>> methods = new ArrayList<>();
    for (String id : text.split(",", -1)) {
      Method<?> found = Catalogue.byId().get(id.strip());
      if (found == null) {
        throw new InputException(
            "unknown method "
                + Quoted.text(id)
                + "; choose one of "
                + String.join(", ", new Words()));
      }
      if (methods.contains(found)) {
        throw new InputException("--method names " + found.id() + " twice; keep one of them");
      }
      if (!methods.isEmpty() && methods.get(0).kind() != found.kind()) {
        throw new InputException(
            "--method names "
                + methods.get(0).id()
                + ", which is "
                + methods.get(0).kind().word()
                + ", and "
                + found.id()
                + ", which is "
                + found.kind().word()
                + "; compare methods of one kind");
      }
      methods.add(found);
    }
    return methods;
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
