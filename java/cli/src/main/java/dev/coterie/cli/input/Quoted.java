package dev.coterie.cli.input;

/** Shows text of unknown origin in a message of one line. */
public final class Quoted {
  private static final int MOST = 60;

  private Quoted() {}

  /**
   * Returns the text in double quotes, without control characters and not too long.
   *
   * @param text any text
   * @return the text for a message
   */
  public static String text(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    int end = Math.min(text.length(), MOST);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(Character.isISOControl(c) ? '?' : c);
      }
    }
    return quoted.append(end < text.length() ? "...\"" : "\"").toString();
  }

  /**
   * Returns several texts, each quoted, with commas between them.
   *
   * @param texts any texts
   * @return the texts for a message
   */
  public static String list(Iterable<String> texts) {
    StringBuilder list = new StringBuilder();
    for (String text : texts) {
      list.append(list.length() == 0 ? "" : ", ").append(text(text));
    }
    return list.toString();
  }
}
