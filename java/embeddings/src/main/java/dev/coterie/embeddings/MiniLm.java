package dev.coterie.embeddings;

import dev.coterie.text.Embedder;
import dev.coterie.text.EmbedderException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sentence embedding all-MiniLM-L6-v2 with weights quantised to 8 bits, for English texts of a
 * few sentences. Its 384 numbers have the length 1, so that a dot product is a cosine. The model is
 * in the class path and needs neither network nor key; ONNX Runtime computes it on the CPU.
 *
 * <p>A text becomes word pieces as the model was trained with them: without case and accents, split
 * at blanks and punctuation. What stands for the model's own signs, {@code [SEP]} for instance, is
 * text like any other. The vector is the mean over the pieces. The model reads {@value
 * #WINDOW_PIECES} pieces at a time, some 190 English words; a longer text is read in windows of
 * whole words of as many pieces, and its vector is the mean of theirs, weighted by their pieces. So
 * nothing is cut off and nothing refused, and the cost grows with the length. A text without a
 * piece, the empty one for instance, has the vector of the empty text.
 *
 * <p>The same text gives the same bits, alone or in a batch, from any number of threads: every
 * window is computed by itself and by one thread. Processors with other instructions for 8-bit
 * products, and other versions of ONNX Runtime, may give slightly other bits.
 *
 * <p>The first text loads the model: more than half a second and about 130 MB, most of it outside
 * the heap, which {@link #close} frees; one that is never closed is freed when it is unreachable.
 * The native library of ONNX Runtime stays loaded with the process. On JDK 24 and newer it needs
 * {@code --enable-native-access=ALL-UNNAMED}, on the module path {@code com.microsoft.onnxruntime},
 * to be free of a warning.
 *
 * <p>The JVM may shut down at any time, by a signal for instance: texts are embedded until the
 * process ends, also in shutdown hooks, if a text was embedded before the shutdown began. ONNX
 * Runtime would free what it computes with in a hook of its own; that is prevented when the first
 * text comes before other code in the process uses ONNX Runtime. Else texts are refused with {@link
 * dev.coterie.text.EmbedderException} once the JVM shuts down, and one that is being embedded at
 * that moment can crash the ending JVM: stop embedding before {@link System#exit}.
 *
 * <p>Safe for use by many threads. An interrupt ends {@link #embedAll}, and the embedding of a text
 * of several windows, with {@link CancellationException}; the thread stays interrupted.
 *
 * <p>Source: Wang, Wei, Dong, Bao, Yang, Zhou, "MiniLM: Deep Self-Attention Distillation for
 * Task-Agnostic Compression of Pre-Trained Transformers" (NeurIPS 2020); Reimers, Gurevych,
 * "Sentence-BERT: Sentence Embeddings using Siamese BERT-Networks" (EMNLP 2019).
 */
public final class MiniLm implements Embedder {
  /** How many numbers a vector has. */
  public static final int DIMENSION = 384;

  /** How many word pieces are read at a time, without the two that frame them. */
  public static final int WINDOW_PIECES = 254;

  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final int threads;
  private final Model model = new Model();
  private final Cleaner.Cleanable release = CLEANER.register(this, model::close);

  /** Makes an embedder that gives a batch as many threads as there are processors. */
  public MiniLm() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Makes an embedder. Nothing is loaded yet.
   *
   * @param threads how many threads {@link #embedAll} uses, at least 1; they end with the call
   * @throws IllegalArgumentException when there would be less than one thread
   */
  public MiniLm(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads " + threads + " is less than 1");
    }
    this.threads = threads;
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public float[] embed(String text) {
    Objects.requireNonNull(text, "text");
    try {
      return model.embed(text);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public float[][] embedAll(List<String> texts) {
    String[] all = texts.toArray(String[]::new);
    for (int i = 0; i < all.length; i++) {
      if (all[i] == null) {
        throw new NullPointerException("text " + i + " is null");
      }
    }
    float[][] vectors = new float[all.length][];
    AtomicInteger next = new AtomicInteger();
    Callable<Void> work =
        () -> {
          try {
            for (int i = next.getAndIncrement(); i < all.length; i = next.getAndIncrement()) {
              Model.checkInterrupt();
              vectors[i] = model.embed(all[i]);
            }
            return null;
          } catch (RuntimeException | Error e) {
            next.set(all.length);
            throw e;
          }
        };
    try {
      run(work, Math.min(threads, all.length));
    } finally {
      Reference.reachabilityFence(this);
    }
    return vectors;
  }

  private static void run(Callable<Void> work, int threads) {
    ExecutorService executor = Executors.newFixedThreadPool(Math.max(threads, 1), MiniLm::thread);
    try {
      for (Future<Void> worker : executor.invokeAll(Collections.nCopies(threads, work))) {
        worker.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Model.interrupted();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof RuntimeException exception
          ? exception
          : new EmbedderException("a batch failed: " + cause, cause);
    } finally {
      executor.shutdownNow();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "coterie-minilm-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Frees the model. A call that another thread is inside finishes, a batch throws {@link
   * IllegalStateException}; this waits for the text that each is at.
   */
  @Override
  public void close() {
    release.clean();
  }
}
