package dev.coterie.embeddings;

import ai.onnxruntime.OrtException;
import dev.coterie.text.EmbedderException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The model behind an embedder: loaded by the first text, never freed under a text's feet. */
final class Model implements AutoCloseable {
  /** Held for reading while a text is embedded, for writing while the session is freed. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private final Object loading = new Object();
  private volatile Loaded loaded;
  private boolean closed;

  private record Loaded(WordPieces pieces, Session session) {}

  /** Returns the vector of a text, of the length 1. */
  float[] embed(String text) {
    Lock lock = use.readLock();
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the embedder is closed");
      }
      Loaded model = load();
      return embed(model.session, model.pieces.windows(text, MiniLm.WINDOW_PIECES));
    } catch (OrtException e) {
      throw new EmbedderException("ONNX Runtime failed at a text: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  private static float[] embed(Session session, List<long[]> windows) throws OrtException {
    double[] sum = new double[MiniLm.DIMENSION];
    for (int w = 0; w < windows.size(); w++) {
      if (w > 0) {
        checkInterrupt();
      }
      long[] window = windows.get(w);
      double[] vector = unit(session.mean(window));
      for (int d = 0; d < sum.length; d++) {
        sum[d] += window.length * vector[d];
      }
    }
    double[] unit = unit(sum);
    float[] vector = new float[unit.length];
    for (int d = 0; d < vector.length; d++) {
      vector[d] = (float) unit[d];
    }
    return vector;
  }

  /** Divides a vector by its length, in place. */
  private static double[] unit(double[] vector) {
    double squares = 0;
    for (double number : vector) {
      squares += number * number;
    }
    double length = Math.sqrt(squares);
    if (!(length > 0) || length == Double.POSITIVE_INFINITY) {
      throw new EmbedderException("the model gave a vector of the length " + length);
    }
    for (int d = 0; d < vector.length; d++) {
      vector[d] /= length;
    }
    return vector;
  }

  private Loaded load() throws OrtException {
    Loaded model = loaded;
    if (model == null) {
      synchronized (loading) {
        model = loaded;
        if (model == null) {
          WordPieces pieces = new WordPieces(Vocabulary.load());
          model = new Loaded(pieces, Session.open());
          loaded = model;
        }
      }
    }
    return model;
  }

  @Override
  public void close() {
    Lock lock = use.writeLock();
    lock.lock();
    try {
      closed = true;
      Loaded model = loaded;
      loaded = null;
      if (model != null) {
        model.session.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Throws when this thread is interrupted. */
  static void checkInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  static CancellationException interrupted() {
    return new CancellationException("the thread that embeds texts was interrupted");
  }
}
