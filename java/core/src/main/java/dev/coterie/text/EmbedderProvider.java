package dev.coterie.text;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Makes an embedder known by an id, so that a program, the command line for instance, can be told
 * which to use. Implementations are services, of {@link ServiceLoader}; they have a public
 * constructor without parameters that does nothing.
 *
 * <p>Implementations and the static methods are safe for use by many threads.
 */
public interface EmbedderProvider {
  /**
   * Returns the embedder's id.
   *
   * @return lower-case letters, digits and hyphens, {@code minilm} for instance
   */
  String id();

  /**
   * Opens the embedder.
   *
   * @return a new embedder, owned by the caller
   * @throws EmbedderException with the cause and the cure when it cannot work here; it may also be
   *     thrown as late as by the first text
   */
  Embedder open();

  /**
   * Finds the provider of an id among those that this class's loader sees. A provider that cannot
   * be loaded does not hinder others. Each call looks again.
   *
   * @param id the embedder's id
   * @return the first provider of this id
   * @throws EmbedderException when there is none; the message names those that there are
   */
  static EmbedderProvider find(String id) {
    ClassLoader loader = EmbedderProvider.class.getClassLoader();
    return find(id, ServiceLoader.load(EmbedderProvider.class, loader).iterator());
  }

  private static EmbedderProvider find(String id, Iterator<EmbedderProvider> services) {
    List<String> others = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    // Bounded in case an iterator fails for ever without moving on.
    while (failures.size() < 64) {
      // A provider compiled for a newer JDK throws out of hasNext(), and out of next() elsewhere.
      try {
        if (!services.hasNext()) {
          break;
        }
        EmbedderProvider provider = services.next();
        if (provider.id().equals(id)) {
          return provider;
        }
        others.add(provider.id());
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        failures.add(e);
      }
    }
    EmbedderException missing =
        new EmbedderException(
            "there is no embedder "
                + id
                + (others.isEmpty() ? "" : "; there is " + String.join(", ", others))
                + (failures.isEmpty() ? "" : "; one could not be loaded: " + failures.get(0))
                + (id.equals("minilm")
                    ? "; the artifact dev.coterie:coterie-embeddings has it"
                    : ""));
    failures.forEach(missing::addSuppressed);
    throw missing;
  }
}
