package dev.coterie.cli;

import dev.coterie.cli.method.Catalogue;
import dev.coterie.cli.method.Kind;
import dev.coterie.cli.method.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The catalogue of methods, for people. */
final class MethodList {
  private static final int WIDTH = 100;
  private static final String INDENT = " ".repeat(6);

  private MethodList() {}

  /** Returns all methods with what each assumes and its options with their defaults. */
  static String text() {
    StringBuilder text = new StringBuilder();
    for (Kind kind : Kind.values()) {
      List<Method<?>> methods = Catalogue.of(kind);
      if (methods.isEmpty()) {
        continue;
      }
      text.append(text.length() == 0 ? "" : "\n");
      String word = kind.word();
      text.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      text.append(" methods: ").append(kind.gives()).append("\nColumns: ");
      text.append(kind.columns()).append('\n');
      if (kind == Kind.MULTI_LABEL) {
        text.append(
            "  every categorical method but ordinal, asked of each label whether it holds\n");
        continue;
      }
      for (Method<?> method : methods) {
        text.append("  ").append(method.id()).append(": ").append(method.description());
        text.append('\n');
        options(text, method);
      }
    }
    return text.toString();
  }

  private static void options(StringBuilder text, Method<?> method) {
    List<String> options = new ArrayList<>();
    method.options().forEach((option, value) -> options.add(option(option.option(), value)));
    StringBuilder line = new StringBuilder();
    for (String option : options) {
      if (line.length() > 0 && INDENT.length() + line.length() + 3 + option.length() > WIDTH) {
        text.append(INDENT).append(line).append(",\n");
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : ", ").append(option);
    }
    if (line.length() > 0) {
      text.append(INDENT).append(line).append('\n');
    }
  }

  private static String option(String name, Object value) {
    return value == null || value instanceof Boolean ? name : name + " " + Catalogue.word(value);
  }
}
