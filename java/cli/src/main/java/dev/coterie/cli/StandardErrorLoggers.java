package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.Quoted;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * Sends the log to standard error, a line each. Warnings and errors are shown; {@code
 * -Dcoterie.log=LEVEL} (or the environment variable {@code COTERIE_LOG}) with a level such as
 * {@code info} or {@code debug} shows more or less of Coterie's own loggers, and of others never
 * more than warnings. Starts faster than java.util.logging.
 */
public final class StandardErrorLoggers extends System.LoggerFinder {
  private static final String OWN = "dev.coterie";
  private static final System.Logger.Level DEFAULT = System.Logger.Level.WARNING;

  private final System.Logger.Level threshold;

  /** Made by the service loader. */
  public StandardErrorLoggers() {
    threshold = parse(setting()).orElse(DEFAULT);
  }

  private static String setting() {
    return Diagnosis.activeSettings().get("coterie.log");
  }

  /**
   * Checks the setting, which the loggers themselves cannot refuse.
   *
   * @throws InputException when it is no level
   */
  static void check() {
    check(setting());
  }

  /** Checks a value of the setting, or null. */
  static void check(String level) {
    if (level != null && parse(level).isEmpty()) {
      throw new InputException(
          "unknown level "
              + Quoted.text(level)
              + " in coterie.log or COTERIE_LOG; choose one of off, error, warning, info, debug,"
              + " trace, all");
    }
  }

  private static Optional<System.Logger.Level> parse(String level) {
    return Arrays.stream(System.Logger.Level.values())
        .filter(candidate -> level != null && candidate.name().equalsIgnoreCase(level.strip()))
        .findFirst();
  }

  /** Returns the least level that a logger shows: what is not ours is shown when it warns. */
  static System.Logger.Level threshold(String name, System.Logger.Level wanted) {
    boolean own = name.equals(OWN) || name.startsWith(OWN + ".");
    return own || wanted.getSeverity() > DEFAULT.getSeverity() ? wanted : DEFAULT;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new StandardErrorLogger(name, threshold(name, threshold));
  }

  private record StandardErrorLogger(String name, Level threshold) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level != Level.OFF && level.getSeverity() >= threshold.getSeverity();
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      if (isLoggable(level)) {
        System.err.println(prefix(level) + localized(bundle, message));
        if (thrown != null) {
          thrown.printStackTrace(System.err);
        }
      }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      if (isLoggable(level)) {
        String pattern = localized(bundle, format);
        boolean plain = parameters == null || parameters.length == 0;
        System.err.println(
            prefix(level) + (plain ? pattern : MessageFormat.format(pattern, parameters)));
      }
    }

    private static String prefix(Level level) {
      return "coterie: " + level.name().toLowerCase(Locale.ROOT) + ": ";
    }

    private static String localized(ResourceBundle bundle, String key) {
      try {
        return bundle == null || key == null ? key : bundle.getString(key);
      } catch (MissingResourceException e) {
        return key;
      }
    }
  }
}
