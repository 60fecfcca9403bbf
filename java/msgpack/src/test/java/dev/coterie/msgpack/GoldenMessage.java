package dev.coterie.msgpack;

import dev.coterie.testing.GoldenData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A message of tests/data/golden/wire.
 *
 * @param name its name
 * @param message its bytes
 * @param lines what it means or why it is refused
 */
public record GoldenMessage(String name, byte[] message, List<String> lines) {
  private static final List<String> FILES =
      List.of(
          "responses",
          "answers",
          "text-result",
          "categorical-result",
          "loose",
          "hostile",
          "mutated");

  /** Returns all golden messages. */
  public static List<GoldenMessage> all() {
    List<GoldenMessage> all = new ArrayList<>();
    Path folder = GoldenData.folder().resolve("golden").resolve("wire");
    for (String file : FILES) {
      String name = null;
      for (String line : GoldenData.lines(folder.resolve(file + ".txt")).toList()) {
        if (line.startsWith("case ")) {
          name = line.substring(5);
        } else if (line.startsWith("message ")) {
          byte[] message = HexFormat.of().parseHex(line.substring(8));
          all.add(new GoldenMessage(name, message, new ArrayList<>()));
        } else {
          all.get(all.size() - 1).lines.add(line);
        }
      }
    }
    return all;
  }

  /** Returns whether readers accept it. */
  public boolean accepted() {
    return !lines.get(0).startsWith("refused ");
  }

  /** Returns the bytes that a writer writes for it. */
  public byte[] canonical() {
    String canonical = lines.get(0).substring("canonical ".length());
    return canonical.equals("=") ? message : HexFormat.of().parseHex(canonical);
  }
}
