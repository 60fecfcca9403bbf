package dev.coterie.cli.input;

import dev.coterie.consensus.Repeats;
import dev.coterie.text.TextTable;
import java.util.Arrays;

/** Reads texts from JSON Lines: one object a line. Members that are not named here are ignored. */
final class TextLines {
  private final LineReader lines;
  private final TextTable.Builder table;
  private JsonReader json;

  private String task;
  private String expert;
  private String text;
  private double confidence;
  private float[] embedding;
  private int seen;
  private int size;

  /** What the first object has, by which the others must go. */
  private long firstLine;

  private boolean tasks;
  private int dimension;

  private TextLines(LineReader lines, Repeats repeats) {
    this.lines = lines;
    this.table = TextTable.builder().repeats(repeats);
  }

  /** Reads all texts, at least one; the source is closed before this returns. */
  static TextTable read(TextSource source, Repeats repeats, ReadWatch watch) {
    try (source;
        LineReader lines = new LineReader(source)) {
      return new TextLines(lines, repeats).read(watch);
    }
  }

  private TextTable read(ReadWatch watch) {
    long rows = 0;
    for (String each = lines.next(); each != null; each = lines.next()) {
      if (each.isBlank()) {
        continue;
      }
      row(each);
      watch.rows(++rows);
    }
    if (rows == 0) {
      throw wrong(
          "the file is empty; it needs lines such as {\"task\": \"1\", \"expert\": \"Ann\","
              + " \"text\": \"Paris\"}");
    }
    return table.build();
  }

  private InputException wrong(String message) {
    return new InputException(lines.name(), lines.line(), message);
  }

  private void row(String each) {
    task = null;
    expert = null;
    text = null;
    confidence = 1.0;
    embedding = null;
    seen = 0;
    json = new JsonReader(lines.name(), lines.line(), each);
    json.object(this::member);
    json.end();
    require("expert", expert);
    require("text", text);
    likeTheFirst();
    table.add(task == null ? TextTable.ONLY_TASK : task, expert, text, confidence, embedding);
  }

  private void require(String key, String value) {
    if (value == null) {
      throw wrong("the object has no \"" + key + "\"; add it");
    }
  }

  private void member(String key) {
    int place = json.place();
    switch (key) {
      case "task" -> {
        once(key, 1, place);
        task = json.isNull() ? null : name(key, place);
      }
      case "expert" -> {
        once(key, 2, place);
        expert = name(key, place);
      }
      case "text" -> {
        once(key, 4, place);
        text = json.string("the text, a string");
      }
      case "confidence" -> {
        once(key, 8, place);
        if (!json.isNull()) {
          confidence = confidence(place);
        }
      }
      case "embedding" -> {
        once(key, 16, place);
        embedding = json.isNull() ? null : numbers(place);
      }
      default -> json.skip();
    }
  }

  private void once(String key, int bit, int place) {
    if ((seen & bit) != 0) {
      throw json.wrong(place, "the object has two \"" + key + "\"; keep one of them");
    }
    seen |= bit;
  }

  private String name(String key, int place) {
    String name = json.string("the name of the " + key + ", a string");
    if (name.isBlank()) {
      throw json.wrong(place, "the " + key + " is empty; fill it in or delete the line");
    }
    return name;
  }

  private double confidence(int place) {
    String digits = json.number("a confidence, a number from 0 to 1");
    double value = Double.parseDouble(digits);
    if (!(value >= 0 && value <= 1)) {
      throw json.wrong(place, "confidence " + digits + " is not between 0 and 1; correct it");
    }
    return value;
  }

  private float[] numbers(int place) {
    float[] values = embedding(Math.max(dimension, 16));
    if (values.length == 0) {
      throw json.wrong(place, "the embedding is empty; give it numbers, or leave it out");
    }
    return values;
  }

  private float[] embedding(int expected) {
    float[][] values = {new float[expected]};
    size = 0;
    json.array(
        () -> {
          int place = json.place();
          String digits = json.number("a number of the embedding");
          float value = Float.parseFloat(digits);
          if (Float.isInfinite(value)) {
            throw json.wrong(place, "the number " + Quoted.text(digits) + " is too large");
          }
          if (size == values[0].length) {
            values[0] = Arrays.copyOf(values[0], 2 * size);
          }
          values[0][size++] = value;
        });
    return Arrays.copyOf(values[0], size);
  }

  private void likeTheFirst() {
    int length = embedding == null ? 0 : embedding.length;
    if (firstLine == 0) {
      firstLine = lines.line();
      tasks = task != null;
      dimension = length;
      return;
    }
    if (tasks != (task != null)) {
      throw wrong(
          (task == null ? "there is no task here but one" : "there is a task here but none")
              + " on line "
              + firstLine
              + "; give every object one, or none");
    }
    if (length != dimension) {
      throw wrong(
          "the embedding has "
              + numbersIn(length)
              + " here but "
              + numbersIn(dimension)
              + " on line "
              + firstLine
              + "; give every object one of the same length, or none");
    }
  }

  private static String numbersIn(int length) {
    return length == 0 ? "no numbers" : length + (length == 1 ? " number" : " numbers");
  }
}
