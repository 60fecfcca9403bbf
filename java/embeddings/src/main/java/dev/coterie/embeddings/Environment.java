package dev.coterie.embeddings;

import ai.onnxruntime.OrtEnvironment;
import dev.coterie.text.EmbedderException;

/**
 * The environment of ONNX Runtime, kept until the process ends.
 *
 * <p>{@link OrtEnvironment} frees it in a shutdown hook. Hooks run while other threads go on, in no
 * order, and a session that is made or run without its environment crashes the JVM. The native
 * environment counts its references: each one that is made adds to the count, each release takes
 * away, the last one frees. So one reference more, which nobody releases, makes the hook harmless.
 * The public way to it is an environment whose making fails after its native part is made, when
 * Java makes the hook's thread.
 *
 * <p>There is one native environment and one Java object for it in a process. When other code has
 * made it, no second reference can be had; then texts are refused as soon as the JVM shuts down,
 * and what remains is the text that is being embedded at that moment.
 */
final class Environment {
  private static OrtEnvironment environment;

  /** Whether the environment may be gone; only ever set where it could not be kept. */
  private static volatile boolean ended;

  private Environment() {}

  /** Returns the environment; loads ONNX Runtime the first time. */
  static synchronized OrtEnvironment open() {
    if (environment == null) {
      // Loads the library, so that nothing but the environment is made where making fails.
      OrtEnvironment.getAvailableProviders();
      boolean kept = keep();
      OrtEnvironment opened = OrtEnvironment.getEnvironment();
      if (!kept) {
        Thread hook = new Thread(() -> ended = true, "coterie-minilm-end");
        Runtime.getRuntime().addShutdownHook(hook);
      }
      environment = opened;
    }
    return environment;
  }

  /** Adds a reference that nobody releases; false when there is an environment already. */
  private static boolean keep() {
    NoThread noThread = new NoThread();
    noThread.set(true);
    try {
      OrtEnvironment.getEnvironment();
      return false;
    } catch (NoThread.Refusal e) {
      return true;
    } finally {
      noThread.remove();
    }
  }

  /** While it has a value, the thread that set it cannot make another thread. */
  private static final class NoThread extends InheritableThreadLocal<Boolean> {
    @Override
    protected Boolean childValue(Boolean parentValue) {
      throw new Refusal();
    }

    private static final class Refusal extends RuntimeException {
      private static final long serialVersionUID = 1;

      Refusal() {
        super("no thread is made here", null, false, false);
      }
    }
  }

  /** Whether nothing native may be called any more. */
  static boolean ended() {
    return ended;
  }

  /** Throws when nothing native may be called any more. */
  static void check() {
    if (ended) {
      throw new EmbedderException(
          "the JVM is shutting down, and ONNX Runtime, which other code had loaded before, with it;"
              + " embed a text before other code uses ONNX Runtime to go on embedding until the end");
    }
  }
}
