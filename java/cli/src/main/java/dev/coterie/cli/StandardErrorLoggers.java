package dev.coterie.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * Sends the library's log to standard error, a line each. Warnings and errors are shown; {@code
 * -Dcoterie.log=LEVEL} (or the environment variable {@code COTERIE_LOG}) with a level such as
 * {@code info} or {@code debug} shows more. Starts faster than java.util.logging.
 */
public final class StandardErrorLoggers extends System.LoggerFinder {
  private final System.Logger.Level threshold;

  /** Made by the service loader. */
  public StandardErrorLoggers() {
    this(System.getProperty("coterie.log", System.getenv("COTERIE_LOG")));
  }

  private StandardErrorLoggers(String level) {
    threshold = parse(level);
  }

  private static System.Logger.Level parse(String level) {
    if (level != null) {
      for (System.Logger.Level candidate : System.Logger.Level.values()) {
        if (candidate.name().equals(level.strip().toUpperCase(Locale.ROOT))) {
          return candidate;
        }
      }
    }
    return System.Logger.Level.WARNING;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new StandardErrorLogger(name, threshold);
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
