package dev.coterie.consumer;

import ai.onnxruntime.OrtEnvironment;
import dev.coterie.text.Embedder;
import dev.coterie.text.EmbedderException;
import dev.coterie.text.EmbedderProvider;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** Embeds texts while the JVM shuts down, in threads and in a shutdown hook. */
public final class EmbedToTheEnd {
  private EmbedToTheEnd() {}

  /**
   * Says when its threads are at work, and what a hook gets once the other hooks have run.
   *
   * @param arguments how many threads embed texts, as many open and close embedders; {@code exit}
   *     to end with the code 7, {@code wait} to be ended; {@code other} where other code has used
   *     ONNX Runtime before
   */
  public static void main(String[] arguments) throws Exception {
    if (Arrays.asList(arguments).contains("other")) {
      OrtEnvironment.getEnvironment();
    }
    Embedder embedder = EmbedderProvider.find("minilm").open();
    embedder.embed("first");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> atTheEnd(embedder)));
    int threads = Integer.parseInt(arguments[0]);
    CountDownLatch working = new CountDownLatch(2 * threads);
    for (int t = 0; t < threads; t++) {
      forever(() -> embedder.embed("once upon a time ".repeat(50)), working);
      forever(EmbedToTheEnd::openAndClose, working);
    }
    working.await();
    System.out.println("working");
    if (arguments[1].equals("exit")) {
      System.exit(7);
    }
    Thread.sleep(120_000);
  }

  private static void openAndClose() {
    try (Embedder embedder = EmbedderProvider.find("minilm").open()) {
      embedder.embed("a");
    }
  }

  private static void forever(Runnable work, CountDownLatch working) {
    Thread thread =
        new Thread(
            () -> {
              work.run();
              working.countDown();
              while (true) {
                work.run();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void atTheEnd(Embedder embedder) {
    try {
      Thread.sleep(700);
      System.out.println("bits: " + Arrays.hashCode(embedder.embed("A man is eating food.")));
    } catch (EmbedderException e) {
      System.out.println("refused: " + e.getMessage());
    } catch (InterruptedException e) {
      System.out.println("interrupted");
    }
  }
}
