package dev.coterie.spi;

import dev.coterie.BackendUnavailableException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the providers of the native backends have in common: the library is found, loaded and its
 * interface version checked when availability is first asked for, once in the process, and the
 * outcome stays.
 */
public abstract class NativeBackendProvider implements BackendProvider {
  private static final Map<String, Outcome> OUTCOMES = new HashMap<>();

  private final String id;

  /** A loaded library, or why there is none. */
  private record Outcome(
      NativeFunctions functions, NativeLibrary library, BackendUnavailableException failure) {}

  /** Makes the provider of the backend with this id. */
  protected NativeBackendProvider(String id) {
    this.id = id;
  }

  /** Returns why this Java runtime cannot use the binding at all, or empty when it can. */
  protected abstract Optional<String> obstacle();

  /**
   * Loads the library and returns its functions, which are bound no earlier than they are needed,
   * so that {@link NativeFunctions#abiVersion} can be asked of a library that lacks others.
   *
   * @param library the file
   */
  protected abstract NativeFunctions load(Path library);

  /** Returns the module that needs native access to load the library. */
  protected abstract Module nativeCaller();

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final Availability availability() {
    Outcome outcome = outcome();
    return outcome.failure == null
        ? Availability.yes(
            outcome.library.bundled()
                ? outcome.library.origin()
                : outcome.library.path() + " (" + outcome.library.origin() + ")")
        : Availability.no(outcome.failure.getMessage(), outcome.failure);
  }

  @Override
  public final Backend open() {
    Outcome outcome = outcome();
    if (outcome.failure != null) {
      throw outcome.failure;
    }
    return NativeBackend.open(id, outcome.functions, outcome.library);
  }

  private Outcome outcome() {
    synchronized (OUTCOMES) {
      Outcome outcome = OUTCOMES.get(id);
      if (outcome == null) {
        try {
          outcome = tryLoad();
        } catch (BackendUnavailableException e) {
          outcome = new Outcome(null, null, e);
        } catch (RuntimeException | LinkageError e) {
          outcome = new Outcome(null, null, new BackendUnavailableException(e.toString(), e));
        }
        OUTCOMES.put(id, outcome);
      }
      return outcome;
    }
  }

  private Outcome tryLoad() {
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      throw new BackendUnavailableException(obstacle.get());
    }
    NativeLibrary library = NativeLibraries.locate();
    NativeFunctions functions;
    int abi;
    try {
      functions = load(library.path());
      abi = functions.abiVersion();
    } catch (RuntimeException | LinkageError e) {
      BackendUnavailableException failure = library.loadFailed(e);
      throw isDenial(e) ? denied(e) : failure;
    }
    library.loaded();
    NativeBackend.checkAbi(abi, library);
    return new Outcome(functions, library, null);
  }

  private static boolean isDenial(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof IllegalCallerException) {
        return true;
      }
    }
    return false;
  }

  private BackendUnavailableException denied(Throwable cause) {
    Module caller = nativeCaller();
    return new BackendUnavailableException(
        "this Java runtime denies native access: start it with --enable-native-access="
            + (caller.isNamed() ? caller.getName() : "ALL-UNNAMED"),
        cause);
  }
}
