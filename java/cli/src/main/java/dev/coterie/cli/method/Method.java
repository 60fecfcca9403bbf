package dev.coterie.cli.method;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A method of the catalogue.
 *
 * @param id its name on the command line
 * @param kind what it takes
 * @param description one line
 * @param options the options that mean something to it, with their defaults, which may be null
 * @param builder makes the method
 * @param <M> the type that is made
 */
public record Method<M>(
    String id,
    Kind kind,
    String description,
    Map<MethodOption, Object> options,
    Function<Settings, M> builder) {

  /**
   * Makes a method without options.
   *
   * @param id its name on the command line
   * @param kind what it takes
   * @param description one line
   * @param builder makes the method
   * @param <M> the type that is made
   * @return the method
   */
  static <M> Method<M> of(String id, Kind kind, String description, Function<Settings, M> builder) {
    return new Method<>(id, kind, description, Map.of(), builder);
  }

  /**
   * Adds an option.
   *
   * @param option one that the builder reads
   * @param value its default, that of the library; null when it has none
   * @return a method with this option too
   */
  Method<M> with(MethodOption option, Object value) {
    Map<MethodOption, Object> more = new EnumMap<>(MethodOption.class);
    more.putAll(options);
    more.put(option, value);
    return new Method<>(id, kind, description, Collections.unmodifiableMap(more), builder);
  }

  /**
   * Returns whether an option means something to this method.
   *
   * @param option any option
   * @return whether
   */
  public boolean takes(MethodOption option) {
    return options.containsKey(option);
  }

  /**
   * Makes the method.
   *
   * @param settings the options; those that mean nothing to this method are ignored
   * @return the method
   * @throws IllegalArgumentException when the library refuses an option
   */
  public M build(Settings settings) {
    return builder.apply(settings.of(this));
  }
}
