package dev.coterie.cli.accuracy;

import dev.coterie.cli.input.FileColumns;
import dev.coterie.cli.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds data sets in folders. Files are recognised by the names of their columns. */
public final class DataSets {
  private final Consumer<String> remarks;

  /**
   * Makes a finder.
   *
   * @param remarks is told what is skipped, and which file is taken for what when that is not plain
   */
  public DataSets(Consumer<String> remarks) {
    this.remarks = remarks;
  }

  /** What a file holds. */
  private enum Role {
    ANSWERS("answers"),
    TRUTH("truth"),
    COMPARISONS("comparisons"),
    SCORES("scores");

    private final String word;

    Role(String word) {
      this.word = word;
    }

    /** Returns what the columns say, or null. */
    static Role of(List<String> columns) {
      List<String> names = columns.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
      boolean label = names.contains("label") || names.contains("value");
      if (names.contains("left") && names.contains("right") && label) {
        return COMPARISONS;
      }
      if (names.contains("item") && names.contains("score")) {
        return SCORES;
      }
      if (!names.contains("task")) {
        return null;
      }
      if (names.contains("worker") || names.contains("expert")) {
        return label ? ANSWERS : null;
      }
      return label || names.contains("truth") ? TRUTH : null;
    }
  }

  private record Recognised(Path path, Role role) {
    /** Returns whether the file's name has one of these words. */
    boolean isCalled(String... words) {
      String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
      return Stream.of(words).anyMatch(name::contains);
    }

    long size() {
      try {
        return Files.size(path);
      } catch (IOException e) {
        return 0;
      }
    }
  }

  /**
   * Finds the data sets of a folder: the folder itself, or else the folders in it.
   *
   * @param folder the folder
   * @return the data sets by name, at least one
   * @throws InputException when there is none
   */
  public List<DataSet> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder
              + (Files.exists(folder) ? ": this is a file" : ": there is no such folder")
              + "; name the folder of a data set, or one with data sets in it");
    }
    List<Recognised> own = recognised(folder);
    if (!own.isEmpty()) {
      String missing = missing(own);
      if (missing != null) {
        throw new InputException(folder + ": this is no data set: " + missing);
      }
      return List.of(make(folder, own));
    }
    List<DataSet> found = new ArrayList<>();
    for (Path inner : children(folder)) {
      if (Files.isDirectory(inner)) {
        List<Recognised> files = recognised(inner);
        String missing = missing(files);
        if (missing == null) {
          found.add(make(inner, files));
        } else {
          remarks.accept(inner + ": skipped, for it is no data set: " + missing);
        }
      }
    }
    if (found.isEmpty()) {
      throw new InputException(
          folder
              + ": there is no data set here: no file has the columns task, expert (or worker) and"
              + " label, or left, right and label; name a folder that has such a file and one with"
              + " the truth (task and label, or item and score), or a folder of such folders");
    }
    return found;
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(path -> !path.getFileName().toString().startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw new InputException(folder + ": the folder cannot be read: " + e.getMessage());
    }
  }

  private static List<Recognised> recognised(Path folder) {
    List<Recognised> files = new ArrayList<>();
    for (Path path : children(folder)) {
      Role role = Files.isRegularFile(path) ? Role.of(FileColumns.of(path)) : null;
      if (role != null) {
        files.add(new Recognised(path, role));
      }
    }
    return files;
  }

  private static List<Recognised> with(List<Recognised> files, Role role) {
    return files.stream().filter(file -> file.role() == role).toList();
  }

  /** Says what a folder lacks, or returns null when it is a data set. */
  private static String missing(List<Recognised> files) {
    if (!with(files, Role.COMPARISONS).isEmpty()) {
      return null;
    }
    if (with(files, Role.ANSWERS).isEmpty()) {
      return "no file has the columns task, expert (or worker) and label, or left, right and label";
    }
    return with(files, Role.TRUTH).isEmpty()
        ? "no file has the truth, the columns task and label without an expert"
        : null;
  }

  private DataSet make(Path folder, List<Recognised> files) {
    Path absolute = folder.toAbsolutePath().normalize();
    String name = String.valueOf(absolute.getFileName());
    boolean labels = !with(files, Role.ANSWERS).isEmpty() && !with(files, Role.TRUTH).isEmpty();
    List<Recognised> comparisons = with(files, Role.COMPARISONS);
    if (labels) {
      if (!comparisons.isEmpty()) {
        remarks.accept(
            folder
                + ": there are answers and comparisons; the answers are taken, with their truth");
      }
      Path answers = choose(folder, "answers", with(files, Role.ANSWERS), "answer");
      return new DataSet(
          name, false, answers, choose(folder, "truth", with(files, Role.TRUTH), "truth"), null);
    }
    List<Recognised> rest = new ArrayList<>(comparisons);
    Path heldOut = null;
    if (rest.size() > 1) {
      Recognised held = heldOut(rest);
      rest.remove(held);
      heldOut = held.path();
    }
    Path answers = choose(folder, Role.COMPARISONS.word, rest, "answer", "train");
    if (heldOut != null) {
      String part = heldOut.getFileName() + " for the held-out comparisons";
      remarks.accept(folder + ": took " + answers.getFileName() + " for the answers and " + part);
    }
    List<Recognised> scores = with(files, Role.SCORES);
    Path truth = scores.isEmpty() ? null : choose(folder, "scores", scores, "truth");
    return new DataSet(name, true, answers, truth, heldOut);
  }

  /** Returns the file that is called so, or else the smallest one. */
  private static Recognised heldOut(List<Recognised> files) {
    Recognised smallest = files.get(0);
    for (Recognised file : files) {
      if (file.isCalled("held", "test", "valid")) {
        return file;
      }
      if (file.size() < smallest.size()) {
        smallest = file;
      }
    }
    return smallest;
  }

  /** Returns the file that is called so, or else the largest one, and says which when asked. */
  private Path choose(Path folder, String what, List<Recognised> files, String... words) {
    List<Recognised> called = files.stream().filter(file -> file.isCalled(words)).toList();
    Recognised chosen = null;
    for (Recognised file : called.isEmpty() ? files : called) {
      if (chosen == null || file.size() > chosen.size()) {
        chosen = file;
      }
    }
    if (files.size() > 1) {
      List<String> others = new ArrayList<>();
      for (Recognised file : files) {
        if (!file.equals(chosen)) {
          others.add(file.path().getFileName().toString());
        }
      }
      remarks.accept(
          folder
              + ": took "
              + chosen.path().getFileName()
              + " for the "
              + what
              + ", not "
              + String.join(" or ", others));
    }
    return chosen.path();
  }
}
