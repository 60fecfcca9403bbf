package dev.coterie.internal;

import dev.coterie.BackendInfo;
import dev.coterie.BackendUnavailableException;
import dev.coterie.spi.Availability;
import dev.coterie.spi.Backend;
import dev.coterie.spi.BackendProvider;
import dev.coterie.spi.Isa;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds, chooses and opens backends: each at most once, when it is first needed. */
public final class BackendRegistry {
  /** The ids of all backends in the order of preference. */
  public static final List<String> IDS = List.of("ffm", "jna", "vectorapi", "scalar");

  /** What stands for the default backend. */
  private static final String AUTO = "auto";

  private static final System.Logger LOGGER = System.getLogger("dev.coterie");

  /** Where the artifact of each backend that is not part of this one comes from. */
  private static final Map<String, String> ARTIFACTS =
      Map.of("ffm", "coterie-ffm", "jna", "coterie-jna", "vectorapi", "coterie-vectorapi");

  private final UnaryOperator<String> settings;
  private final Discovery discovery;
  private final Map<String, Opened> opened = new HashMap<>();
  private Map<String, BackendProvider> providers;
  private volatile Backend current;

  /** The default backend, and what says so. */
  private record Choice(Backend backend, Runnable announcement) {}

  /** A backend, or why there is none. */
  private record Opened(Backend backend, RuntimeException failure) {}

  /** Makes a registry over the given settings and source of providers. */
  BackendRegistry(UnaryOperator<String> settings, Discovery discovery) {
    this.settings = settings;
    this.discovery = discovery;
  }

  /** Holds the process's registry, made when it is first asked for. */
  private static final class Holder {
    static final BackendRegistry GLOBAL =
        new BackendRegistry(Settings::get, new Discovery(Discovery.KNOWN));
  }

  /** Returns the process's registry. */
  public static BackendRegistry global() {
    return Holder.GLOBAL;
  }

  /** Checks that a backend of this id can exist and returns the id. */
  public static String checkId(String id) {
    if (!IDS.contains(id)) {
      throw new IllegalArgumentException(
          "unknown backend \"" + id + "\": valid are " + String.join(", ", IDS));
    }
    return id;
  }

  /** Checks a choice of a backend and returns its id, or null for null and {@code auto}. */
  public static String checkChoice(String id) {
    return id == null || id.equals(AUTO) ? null : checkId(id);
  }

  /** Returns the backend of this id, or the default one when {@code id} is null. */
  public Backend openOrCurrent(String id) {
    return id == null ? current() : open(id);
  }

  /** Returns the default backend. */
  public Backend current() {
    Backend known = current;
    if (known != null) {
      return known;
    }
    Choice choice;
    synchronized (this) {
      if (current != null) {
        return current;
      }
      choice = choose();
      current = choice.backend;
    }
    // Loggers are the application's code, which must not run under the lock.
    choice.announcement.run();
    return choice.backend;
  }

  /** Returns the backend of this id. */
  public Backend open(String id) {
    Opened result = result(id);
    if (result.failure == null) {
      return result.backend;
    }
    // A new exception for each caller, with that caller's stack.
    String message = result.failure.getMessage();
    throw result.failure instanceof IllegalArgumentException
        ? new IllegalArgumentException(message, result.failure)
        : new BackendUnavailableException(message, result.failure);
  }

  private synchronized Opened result(String id) {
    checkId(id);
    Isa.checkSetting(settings.apply(Isa.SETTING));
    Opened result = opened.get(id);
    if (result == null) {
      result = tryOpen(id);
      opened.put(id, result);
    }
    return result;
  }

  /** Returns all backends that can be used. */
  public List<BackendInfo> available() {
    List<BackendInfo> result = new ArrayList<>();
    for (String id : IDS) {
      Opened outcome = result(id);
      if (outcome.failure == null) {
        result.add(outcome.backend.info());
      }
    }
    return List.copyOf(result);
  }

  /** Returns why a backend cannot be used, or empty when it can. */
  public Optional<Throwable> unavailabilityCause(String id) {
    return Optional.ofNullable(result(id).failure);
  }

  private Choice choose() {
    String demanded = settings.apply("coterie.backend");
    if (demanded != null && !demanded.equals(AUTO)) {
      if (!IDS.contains(demanded)) {
        throw new IllegalArgumentException(
            "unknown backend \""
                + demanded
                + "\" in coterie.backend: valid are auto, "
                + String.join(", ", IDS));
      }
      Opened result = result(demanded);
      if (result.failure instanceof BackendUnavailableException) {
        throw new BackendUnavailableException(
            "coterie.backend demands "
                + demanded
                + ", which cannot be used: "
                + result.failure.getMessage(),
            result.failure);
      }
      Backend backend = open(demanded);
      return new Choice(
          backend,
          () ->
              LOGGER.log(
                  System.Logger.Level.INFO, "Using backend {0}, as demanded", backend.info()));
    }
    Map<String, RuntimeException> rejected = new LinkedHashMap<>();
    for (String id : IDS) {
      Opened result = result(id);
      if (result.failure instanceof BackendUnavailableException) {
        rejected.put(id, result.failure);
        continue;
      }
      Backend backend = open(id);
      return new Choice(backend, () -> announce(backend, rejected));
    }
    BackendUnavailableException none =
        new BackendUnavailableException(
            "no backend can be used; the causes are suppressed exceptions");
    rejected.values().forEach(none::addSuppressed);
    throw none;
  }

  private static void announce(Backend backend, Map<String, RuntimeException> rejected) {
    LOGGER.log(
        System.Logger.Level.INFO,
        "Using backend {0}{1}",
        backend.info(),
        rejected.isEmpty() ? "" : "; not available: " + String.join(", ", rejected.keySet()));
    rejected.forEach(
        (name, cause) ->
            LOGGER.log(System.Logger.Level.DEBUG, "Backend " + name + " is not used", cause));
  }

  private Opened tryOpen(String id) {
    if (providers == null) {
      providers = discovery.find();
    }
    BackendProvider provider = providers.get(id);
    if (provider == null) {
      return new Opened(null, missing(id));
    }
    try {
      Availability availability = provider.availability();
      if (!availability.available()) {
        return new Opened(
            null,
            new BackendUnavailableException(
                "backend " + id + " is not available: " + availability.reason(),
                availability.cause()));
      }
      return new Opened(provider.open(), null);
    } catch (BackendUnavailableException | IllegalArgumentException e) {
      return new Opened(null, e);
    } catch (RuntimeException | LinkageError e) {
      return new Opened(
          null, new BackendUnavailableException("backend " + id + " failed to open: " + e, e));
    }
  }

  private BackendUnavailableException missing(String id) {
    Throwable failure = discovery.failures().get(id);
    BackendUnavailableException result =
        failure == null
            ? new BackendUnavailableException(
                "backend "
                    + id
                    + " is not on the class path or module path: add the artifact dev.coterie:"
                    + ARTIFACTS.getOrDefault(id, "coterie-core"))
            : new BackendUnavailableException(
                "backend " + id + " cannot be loaded by this Java runtime: " + failure, failure);
    discovery.unnamedFailures().forEach(result::addSuppressed);
    return result;
  }
}
