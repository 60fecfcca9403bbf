package dev.coterie.cli.input;

import java.util.ArrayList;
import java.util.List;

/** The first record of a file: the names of its columns. */
final class Header {
  private final RecordReader reader;
  private final List<String> names = new ArrayList<>();

  /** Reads the header; {@code example} shows what one looks like. */
  Header(RecordReader reader, String example) {
    this.reader = reader;
    if (!reader.next()) {
      throw new InputException(
          reader.name(),
          1,
          "the file is empty; it needs a header line such as " + example + " and lines below it");
    }
    for (int i = 0; i < reader.fields(); i++) {
      names.add(reader.text(i).strip());
    }
  }

  /** Returns the number of columns. */
  int size() {
    return names.size();
  }

  /**
   * Returns the column of the given name or, when that is null, of one of the usual names.
   *
   * @param option the option that names the column
   */
  int required(String option, String name, String... usual) {
    int column = optional(option, name, usual);
    if (column < 0) {
      throw reader.wrong(
          "there is no column "
              + String.join(" or ", usual)
              + " among "
              + Quoted.list(names)
              + "; name the column with "
              + option
              + ", or add a header line");
    }
    return column;
  }

  /**
   * Returns the column as {@link #required} does, or -1 when no name was given and none is usual.
   */
  int optional(String option, String name, String... usual) {
    if (name != null) {
      int column = find(option, name);
      if (column < 0) {
        throw reader.wrong(
            "there is no column "
                + Quoted.text(name)
                + " among "
                + Quoted.list(names)
                + "; correct "
                + option);
      }
      return column;
    }
    int found = -1;
    for (String candidate : usual) {
      int column = find(option, candidate);
      if (column >= 0 && found >= 0) {
        throw reader.wrong(
            "the columns "
                + Quoted.text(names.get(found))
                + " and "
                + Quoted.text(names.get(column))
                + " could both be meant; choose one with "
                + option);
      }
      found = Math.max(found, column);
    }
    return found;
  }

  /** Returns whether there is a column of exactly this name. */
  boolean has(String name) {
    return names.contains(name);
  }

  private int find(String option, String name) {
    int column = indexOf(name, 0);
    if (column >= 0 && indexOf(name, column + 1) >= 0) {
      throw reader.wrong(
          "there are two columns "
              + Quoted.text(name)
              + "; rename one of them, or choose another with "
              + option);
    }
    return column;
  }

  private int indexOf(String name, int from) {
    for (int i = from; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Checks that the current record has as many fields as the header. */
  void checkFields() {
    if (reader.fields() != names.size()) {
      throw wrongFields();
    }
  }

  private InputException wrongFields() {
    return reader.wrong(
        reader.fields()
            + (reader.fields() == 1 ? " field" : " fields")
            + ", but the header has "
            + names.size()
            + "; "
            + (reader.fields() < names.size()
                ? "add what is missing"
                : "put fields that contain the delimiter in double quotes"));
  }

  /** Checks that a field of the current record is not blank. */
  void checkPresent(int column, String kind) {
    if (reader.isBlank(column)) {
      throw reader.wrong("the " + kind + " is empty; fill it in or delete the line");
    }
  }
}
