package dev.coterie.cli;

import dev.coterie.cli.accuracy.DataSet;
import dev.coterie.cli.accuracy.DataSets;
import dev.coterie.cli.accuracy.Halves;
import dev.coterie.cli.accuracy.Measure;
import dev.coterie.cli.accuracy.Measured;
import dev.coterie.cli.accuracy.Reading;
import dev.coterie.cli.accuracy.Score;
import dev.coterie.cli.accuracy.Summary;
import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.Quoted;
import dev.coterie.cli.method.Catalogue;
import dev.coterie.cli.method.Kind;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.Settings;
import dev.coterie.cli.output.TextTable;
import dev.coterie.consensus.FitControl;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One run of {@code coterie accuracy}: finds data sets, fits, measures, prints. */
final class AccuracyRun {
  private static final int DIGITS = 4;
  private static final int DIGITS_FOR_PROGRAMS = 6;

  private final Terminal terminal;
  private final List<Method<?>> methods;
  private final boolean tsv;
  private final Settings settings;
  private final String backend;
  private final FitControl control = new FitControl();
  private final List<Score> scores = new ArrayList<>();

  AccuracyRun(
      Terminal terminal, List<Method<?>> methods, boolean tsv, Settings settings, String backend) {
    this.terminal = terminal;
    this.methods = methods;
    this.tsv = tsv;
    this.backend = backend;
    this.settings = settings;
  }

  /** Returns the methods of a list, of every kind. */
  static List<Method<?>> known(String text) {
    if (text.equals("all")) {
      return Catalogue.all();
    }
    Set<String> ids = new LinkedHashSet<>();
    for (String word : text.split(",", -1)) {
      if (Catalogue.find(null, word.strip()) == null) {
        throw new InputException(
            "unknown method "
                + Quoted.text(word)
                + "; choose among "
                + String.join(", ", new MethodOptions.Words()));
      }
      ids.add(word.strip());
    }
    return Catalogue.all().stream().filter(method -> ids.contains(method.id())).toList();
  }

  /** Returns whether every data set could be read. */
  boolean run(List<String> folders, Halves halves, int gold, long seed) throws IOException {
    DataSets finder = new DataSets(terminal::complain);
    List<DataSet> sets = new ArrayList<>();
    for (String folder : folders) {
      sets.addAll(finder.in(path(folder)));
    }
    Session.openBackend(backend, terminal);
    boolean complete = true;
    try (Interruption interruption = new Interruption(control)) {
      interruption.busy();
      if (tsv) {
        terminal.print(header());
      }
      for (DataSet set : sets) {
        try (Measured data = read(set, halves, gold, seed)) {
          if (gold > 0 && set.pairwise()) {
            terminal.complain(
                set.name()
                    + ": comparisons have no known tasks, so that --gold counts for nothing");
          }
          measure(set.name(), data);
        } catch (InputException e) {
          complete = false;
          terminal.complain(e.getMessage());
        }
      }
      if (!tsv) {
        terminal.print(Summary.of(scores));
      }
    }
    return complete;
  }

  private Measured read(DataSet set, Halves halves, int gold, long seed) {
    try (Progress progress = progress()) {
      return new Reading(halves, gold, seed, progress).read(set);
    }
  }

  private static Path path(String folder) {
    try {
      return Path.of(folder);
    } catch (InvalidPathException e) {
      throw new InputException(Quoted.text(folder) + " cannot be a folder: " + e.getMessage());
    }
  }

  private Progress progress() {
    return new Progress(terminal.interactive() ? terminal.err() : null, control);
  }

  /** Measures all methods on a data set; without one its answers are texts. */
  private void measure(String name, Measured data) throws IOException {
    if (data == null) {
      terminal.complain(name + ": skipped, for its answers are texts, which no method takes");
      return;
    }
    List<Method<?>> own = methods.stream().filter(method -> method.kind() == data.kind()).toList();
    if (own.isEmpty()) {
      terminal.complain(
          name + ": skipped, for none of the methods is " + data.kind().word() + " as it is");
      return;
    }
    List<Score> measured = new ArrayList<>();
    for (Method<?> method : own) {
      Score score = new Score(name, data.kind(), method.id(), values(name, data, method));
      measured.add(score);
      if (tsv) {
        terminal.print(line(score));
      }
    }
    scores.addAll(measured);
    if (!tsv) {
      terminal.print(table(name, data, measured));
    }
  }

  /** Returns what was measured, or nothing when the method does not apply. */
  private Map<Measure, Double> values(String name, Measured data, Method<?> method) {
    try (Progress progress = progress()) {
      progress.fitting(name + ", " + method.id());
      return data.score(method, settings, control);
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      terminal.complain(name + ": " + method.id() + " does not apply: " + e.getMessage());
      return Map.of();
    }
  }

  private static String header() {
    StringBuilder line = new StringBuilder("set\tmethod");
    for (Measure measure : Measure.values()) {
      line.append('\t').append(measure.key());
    }
    return line.append('\n').toString();
  }

  private static String line(Score score) {
    String name = score.set().replaceAll("[\\t\\r\\n]", " ");
    StringBuilder line = new StringBuilder(name).append('\t').append(score.method());
    for (Measure measure : Measure.values()) {
      double value = score.value(measure);
      line.append('\t');
      line.append(Double.isNaN(value) ? "" : TextTable.fixed(value, DIGITS_FOR_PROGRAMS));
    }
    return line.append('\n').toString();
  }

  private static String table(String name, Measured data, List<Score> scores) {
    Kind kind = data.kind();
    List<Measure> measures = new ArrayList<>(List.of(Measure.values()));
    measures.removeIf(measure -> measure == Measure.SECONDS || !measure.suits(kind));
    measures.add(Measure.SECONDS);
    List<String> titles = new ArrayList<>(List.of("Method"));
    measures.forEach(measure -> titles.add(">" + measure.title()));
    TextTable table = new TextTable(titles.toArray(new String[0]));
    for (Score score : scores) {
      List<String> row = new ArrayList<>(List.of(score.method()));
      measures.forEach(measure -> row.add(TextTable.fixed(score.value(measure), DIGITS)));
      table.add(row.toArray(new String[0]));
    }
    return name + " (" + kind.word() + "): " + data.described() + "\n" + table + "\n";
  }
}
