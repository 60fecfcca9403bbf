package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.Quoted;
import dev.coterie.cli.method.Catalogue;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.MethodOption;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of the methods as a command line has them. */
final class GivenOptions {
  /** How far from 1 the sum of the class priors may be, as in the library. */
  private static final double SUM_TOLERANCE = 1e-9;

  private GivenOptions() {}

  /**
   * Adds the options of methods to a command, with a heading of their own in its help.
   *
   * @param options the options that have a meaning there
   */
  static void addTo(CommandSpec spec, Set<MethodOption> options) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder()
            .heading("%nOptions of the methods (see --list-methods):%n")
            .validate(false)
            .exclusive(false)
            .order(1);
    for (MethodOption option : options) {
      OptionSpec.Builder builder =
          OptionSpec.builder(option.option())
              .type(option.type())
              .description(option.description() + " " + Catalogue.defaults(option));
      if (option.parameter() != null) {
        builder.paramLabel(option.parameter());
      }
      if (option.type() == List.class) {
        builder.auxiliaryTypes(String.class).arity("1");
      }
      if (!option.choices().isEmpty()) {
        builder.completionCandidates(option.choices());
      }
      group.addArg(builder.build());
    }
    spec.addArgGroup(group.build());
  }

  /** Returns the options that were given, checked as far as they can be without a table. */
  static Map<MethodOption, Object> of(CommandSpec spec, Set<MethodOption> options) {
    Map<MethodOption, Object> given = new EnumMap<>(MethodOption.class);
    for (MethodOption option : options) {
      Object value = spec.findOption(option.option()).getValue();
      if (value != null) {
        given.put(option, value);
      }
    }
    return given;
  }

  /**
   * Refuses options that mean nothing to any of the methods, and values that no method takes.
   *
   * @return the options with the class priors as a map
   */
  static Map<MethodOption, Object> check(
      Map<MethodOption, Object> given, String chosen, List<Method<?>> methods) {
    Map<MethodOption, Object> checked = new EnumMap<>(given);
    given.forEach(
        (option, value) -> {
          if (methods.stream().noneMatch(method -> method.takes(option))) {
            throw new InputException(
                option.option()
                    + " means nothing to "
                    + chosen
                    + "; leave it out, or use it with "
                    + String.join(", ", Catalogue.takers(option)));
          }
          if (!option.choices().isEmpty()) {
            Choice.of(option.option(), (String) value, option.choices().toArray(new String[0]));
          }
          if (value instanceof Number number && !option.isSigned()) {
            requireNotNegative(option.option(), number);
          }
        });
    if (given.get(MethodOption.CLASS_PRIORS) instanceof List<?> texts) {
      checked.put(MethodOption.CLASS_PRIORS, classPriors(texts.stream().map(String.class::cast)));
    }
    return checked;
  }

  static void requireNotNegative(String option, Number value) {
    if (!(value.doubleValue() >= 0 && value.doubleValue() <= Double.MAX_VALUE)) {
      throw new InputException(option + " " + value + " is not a number of 0 or more; correct it");
    }
  }

  private static Map<String, Double> classPriors(Stream<String> texts) {
    Map<String, Double> priors = new LinkedHashMap<>();
    double sum = 0;
    for (String pair : pairs(texts.toList())) {
      int equals = pair.lastIndexOf('=');
      double prior = equals < 0 ? Double.NaN : parse(pair.substring(equals + 1));
      if (!(prior > 0 && prior <= 1)) {
        throw new InputException(
            "--class-priors "
                + Quoted.text(pair)
                + " is not a label and its probability; write them like yes=0.7,no=0.3, or repeat"
                + " the option for each label");
      }
      if (priors.put(pair.substring(0, equals), prior) != null) {
        throw new InputException(
            "--class-priors give label "
                + Quoted.text(pair.substring(0, equals))
                + " twice; keep one of them");
      }
      sum += prior;
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new InputException(
          "--class-priors add up to " + sum + ", but must add up to 1; correct them");
    }
    return priors;
  }

  /** A comma separates pairs only in an option that is given once, so that labels can have one. */
  private static List<String> pairs(List<String> values) {
    return values.size() == 1 ? List.of(values.get(0).split(",", -1)) : values;
  }

  private static double parse(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
