package dev.coterie.cli.method;

import dev.coterie.consensus.ConsensusMethod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All methods that the command line knows. A method is added to the list of its kind. */
public final class Catalogue {
  private static final List<Method<?>> ALL = new ArrayList<>();

  static {
    ALL.addAll(categorical());
    ALL.addAll(MultiLabelMethods.ALL);
    ALL.addAll(NumericMethods.ALL);
    ALL.addAll(PairwiseMethods.ALL);
  }

  private Catalogue() {}

  /**
   * Returns the methods for labels.
   *
   * @return the methods, the plainest first
   */
  public static List<Method<ConsensusMethod>> categorical() {
    List<Method<ConsensusMethod>> methods = new ArrayList<>(CategoricalMethods.ALL);
    methods.addAll(LatentMethods.ALL);
    return methods;
  }

  /**
   * Returns the methods of a kind.
   *
   * @param kind the kind
   * @return the methods, the plainest first
   */
  public static List<Method<?>> of(Kind kind) {
    return ALL.stream().filter(method -> method.kind() == kind).toList();
  }

  /**
   * Returns all methods. Two of different kinds may have the same id.
   *
   * @return the methods by kind
   */
  public static List<Method<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  /**
   * Returns the ids of all methods.
   *
   * @return each id once
   */
  public static List<String> ids() {
    return ALL.stream().map(Method::id).distinct().toList();
  }

  /**
   * Finds a method.
   *
   * @param kind its kind, or null for the first that has a method of this id
   * @param id its id
   * @return the method, or null when there is none
   */
  public static Method<?> find(Kind kind, String id) {
    return ALL.stream()
        .filter(method -> (kind == null || method.kind() == kind) && method.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  /**
   * Returns the method that is taken when none is named.
   *
   * @param kind what the answers are
   * @return its id
   */
  public static String usual(Kind kind) {
    return switch (kind) {
      case CATEGORICAL, MULTI_LABEL -> "auto";
      case NUMERIC -> "lfc-n";
      case PAIRWISE -> "bradley-terry";
    };
  }

  /**
   * Returns the methods to which an option means something.
   *
   * @param option the option
   * @return their ids, each once
   */
  public static List<String> takers(MethodOption option) {
    return ALL.stream().filter(method -> method.takes(option)).map(Method::id).distinct().toList();
  }

  /**
   * Says which defaults an option has, and for which methods.
   *
   * @param option the option
   * @return a sentence for the help, or none when no method takes the option
   */
  public static String defaults(MethodOption option) {
    Map<String, Set<Method<?>>> takers = new LinkedHashMap<>();
    ALL.stream()
        .filter(method -> method.takes(option))
        .forEach(
            method ->
                takers
                    .computeIfAbsent(
                        word(method.options().get(option)), key -> new LinkedHashSet<>())
                    .add(method));
    List<String> texts = new ArrayList<>();
    takers.forEach((value, methods) -> texts.add(value + " (" + named(methods) + ")"));
    return texts.isEmpty() ? "" : "Default: " + String.join(", ", texts) + ".";
  }

  /** Names methods, those of a kind that are all there together. */
  private static String named(Set<Method<?>> methods) {
    Set<String> names = new LinkedHashSet<>();
    for (Kind kind : Kind.values()) {
      List<Method<?>> all = of(kind);
      if (all.size() > 1 && methods.containsAll(all)) {
        names.add("all " + kind.word());
      } else {
        methods.stream().filter(all::contains).forEach(method -> names.add(method.id()));
      }
    }
    return String.join(", ", names);
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
