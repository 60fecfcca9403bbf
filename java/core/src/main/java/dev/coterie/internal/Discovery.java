package dev.coterie.internal;

import dev.coterie.internal.engine.ScalarBackendProvider;
import dev.coterie.spi.BackendProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Finds the providers of backends: this artifact's own, those of the service loader, and those that
 * a list of class names knows, because jar shaders may lose {@code META-INF/services}. A provider
 * that cannot be loaded never hinders another.
 */
class Discovery {
  /** Bounds the walk in case an iterator fails for ever without moving on. */
  private static final int MOST_FAILURES = 64;

  /** The class names of the providers in other artifacts. */
  static final Map<String, String> KNOWN =
      Map.of(
          "ffm", "dev.coterie.ffm.FfmBackendProvider",
          "jna", "dev.coterie.jna.JnaBackendProvider",
          "vectorapi", "dev.coterie.vectorapi.VectorApiBackendProvider");

  private final Map<String, String> known;
  private final Map<String, Throwable> failures = new HashMap<>();
  private final List<Throwable> unnamedFailures = new ArrayList<>();

  /** Makes a search that also tries these class names, by id. */
  Discovery(Map<String, String> known) {
    this.known = known;
  }

  /** Returns the providers by their ids. */
  Map<String, BackendProvider> find() {
    Map<String, BackendProvider> found = new HashMap<>();
    found.put("scalar", new ScalarBackendProvider());
    ClassLoader loader = BackendProvider.class.getClassLoader();
    walk(services(loader), found);
    known.forEach(
        (id, name) -> {
          if (!found.containsKey(id)) {
            byName(id, name, loader, found);
          }
        });
    return found;
  }

  /** Returns the failures to load providers that are known by id. */
  Map<String, Throwable> failures() {
    return failures;
  }

  /** Returns the failures of the service loader, which do not say whose they are. */
  List<Throwable> unnamedFailures() {
    return unnamedFailures;
  }

  /** Returns the service loader's iterator. */
  Iterator<BackendProvider> services(ClassLoader loader) {
    return ServiceLoader.load(BackendProvider.class, loader).iterator();
  }

  private void walk(Iterator<BackendProvider> services, Map<String, BackendProvider> found) {
    while (unnamedFailures.size() < MOST_FAILURES) {
      // A provider compiled for a newer JDK throws out of hasNext() on JDK 17, and out of next()
      // elsewhere.
      try {
        if (!services.hasNext()) {
          return;
        }
        BackendProvider provider = services.next();
        found.putIfAbsent(provider.id(), provider);
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        unnamedFailures.add(e);
      }
    }
  }

  private void byName(
      String id, String name, ClassLoader loader, Map<String, BackendProvider> found) {
    try {
      Class<?> type = Class.forName(name, true, loader);
      found.put(id, (BackendProvider) type.getConstructor().newInstance());
    } catch (ClassNotFoundException e) {
      // Not on the class path: the common case, reported as such when the backend is asked for.
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      failures.put(id, e);
    }
  }
}
