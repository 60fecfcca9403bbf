package dev.coterie.testing;

import dev.coterie.consensus.GoldenFit;
import dev.coterie.consensus.pairwise.GoldenPairwise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds and reads the golden vectors of tests/data/golden. */
public final class GoldenData {
  private GoldenData() {}

  /** Returns the folder tests/data: by property, or above the working directory. */
  public static Path folder() {
    String given = System.getProperty("coterie.test.data");
    if (given != null) {
      return Path.of(given);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path data = at.resolve("tests").resolve("data");
      if (Files.isDirectory(data.resolve("golden"))) {
        return data;
      }
    }
    throw new IllegalStateException(
        "no tests/data/golden above "
            + Path.of("").toAbsolutePath()
            + ": set -Dcoterie.test.data to the folder tests/data");
  }

  /** Returns the lines of a file of kernel vectors, split at blanks, without comments. */
  public static List<String[]> kernel(String name) {
    return lines(folder().resolve("golden").resolve("kernels").resolve(name + ".txt"))
        .map(line -> line.split(" "))
        .collect(Collectors.toList());
  }

  /** Returns all golden fits in the order of their names. */
  public static List<GoldenFit> fits() {
    Path fits = folder().resolve("golden").resolve("fits");
    try (Stream<Path> files = Files.list(fits)) {
      return files.sorted().map(GoldenFit::read).collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all golden pairwise fits in the order of their names. */
  public static List<GoldenPairwise> pairwiseFits() {
    Path fits = folder().resolve("golden").resolve("pairwise");
    try (Stream<Path> files = Files.list(fits)) {
      return files.sorted().map(GoldenPairwise::read).collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the lines of a golden file, without comments. */
  public static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the input of a golden sum, as tests/parity/oracle/generate.py makes it. */
  public static double[] sumInput(int length, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    double[] x = new double[length];
    for (int i = 0; i < length; i++) {
      x[i] = (random.unit() - 0.5) * Math.scalb(1.0, random.below(24) - 12);
    }
    return x;
  }

  /** Returns the double whose bits are given in hexadecimal. */
  public static double parseDouble(String bits) {
    return Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
  }
}
