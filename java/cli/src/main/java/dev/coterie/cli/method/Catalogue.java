package dev.coterie.cli.method;

import dev.coterie.consensus.ConsensusMethod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All methods that the command line knows. A method is added to the list of its kind. */
public final class Catalogue {
  private static final Map<String, Method<?>> BY_ID = new LinkedHashMap<>();

  static {
    CategoricalMethods.ALL.forEach(method -> BY_ID.put(method.id(), method));
  }

  private Catalogue() {}

  /**
   * Returns the methods for labels.
   *
   * @return the methods, the plainest first
   */
  public static List<Method<ConsensusMethod>> categorical() {
    return CategoricalMethods.ALL;
  }

  /**
   * Returns the methods of a kind.
   *
   * @param kind the kind
   * @return the methods, the plainest first
   */
  public static List<Method<?>> of(Kind kind) {
    List<Method<?>> methods = new ArrayList<>(BY_ID.values());
    methods.removeIf(method -> method.kind() != kind);
    return methods;
  }

  /**
   * Returns all methods.
   *
   * @return the methods by their ids
   */
  public static Map<String, Method<?>> byId() {
    return Collections.unmodifiableMap(BY_ID);
  }

  /**
   * Returns the methods to which an option means something.
   *
   * @param option the option
   * @return their ids
   */
  public static List<String> takers(MethodOption option) {
    List<String> ids = new ArrayList<>();
    BY_ID.values().forEach(method -> addTaker(ids, method, option));
    return ids;
  }

  private static void addTaker(List<String> ids, Method<?> method, MethodOption option) {
    if (method.takes(option)) {
      ids.add(method.id());
    }
  }

  /**
   * Says which defaults an option has, and for which methods.
   *
   * @param option the option
   * @return a sentence for the help, or none when no method takes the option
   */
  public static String defaults(MethodOption option) {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    BY_ID.values().stream()
        .filter(method -> method.takes(option))
        .forEach(
            method ->
                ids.computeIfAbsent(word(method.options().get(option)), key -> new ArrayList<>())
                    .add(method.id()));
    List<String> texts = new ArrayList<>();
    ids.forEach((value, methods) -> texts.add(value + " (" + named(methods) + ")"));
    return texts.isEmpty() ? "" : "Default: " + String.join(", ", texts) + ".";
  }

  private static String named(List<String> ids) {
    for (Kind kind : Kind.values()) {
      List<String> all = of(kind).stream().map(Method::id).toList();
      if (all.size() > 1 && ids.equals(all)) {
        return "all " + kind.word();
      }
    }
    return String.join(", ", ids);
  }

  /**
   * Returns the text of a default.
   *
   * @param value a value, or null
   * @return such as {@code 1e-9}, or {@code none}
   */
  public static String word(Object value) {
    if (value == null) {
      return "none";
    }
    if (value instanceof Boolean flag) {
      return flag ? "on" : "off";
    }
    String text = value.toString();
    if (value instanceof Double) {
      text = text.replace(".0E", "e").replace('E', 'e');
      text = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
    return text;
  }
}
