package consumer;

import dev.coterie.BackendInfo;
import dev.coterie.Backends;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.OneCoinDawidSkene;
import dev.coterie.msgpack.AnswersForm;
import java.util.Arrays;

/** Infers a small consensus and prints which backend did it and what came out, to the bit. */
public final class Main {
  private static final int TASKS = 500;
  private static final int EXPERTS = 9;
  private static final String[] LABELS = {"cat", "dog", "cow"};

  private Main() {}

  /** Runs the program. */
  public static void main(String[] arguments) {
    BackendInfo backend = Backends.current();
    System.out.println("backend " + backend.id());
    for (String id : Backends.ids()) {
      Backends.unavailabilityCause(id)
          .ifPresent(cause -> System.out.println("without " + id + ": " + cause.getMessage()));
    }
    long bits = 0;
    try (AnswerTable table = table();
        Consensus full = new DawidSkene().fit(table);
        Consensus coin = new OneCoinDawidSkene().fit(table)) {
      for (Consensus consensus : new Consensus[] {full, coin}) {
        for (int task = 0; task < table.tasks(); task++) {
          for (int label = 0; label < table.labels(); label++) {
            bits = mix(bits, consensus.posterior(task, label));
          }
        }
        for (int expert = 0; expert < table.experts(); expert++) {
          bits = mix(bits, consensus.skill(expert));
        }
        bits = mix(bits, consensus.logLikelihood());
      }
      byte[] message = AnswersForm.of(table).toBytes();
      System.out.println("message of " + AnswersForm.read(message).task().length + " answers");
      bits = mix(bits, Arrays.hashCode(message));
      System.out.println("first answer " + full.answer("task 0"));
    }
    System.out.println("bits " + Long.toHexString(bits));
  }

  private static AnswerTable table() {
    AnswerTable.Builder builder = AnswerTable.builder();
    long random = 1;
    for (int task = 0; task < TASKS; task++) {
      for (int expert = 0; expert < EXPERTS; expert++) {
        random = random * 6364136223846793005L + 1442695040888963407L;
        int draw = (int) (random >>> 33) % 100;
        int label = draw < 40 + 6 * expert ? task % LABELS.length : draw % LABELS.length;
        builder.add("task " + task, "expert " + expert, LABELS[label]);
      }
    }
    return builder.build();
  }

  private static long mix(long bits, double value) {
    return Long.rotateLeft(bits, 5) * 31 + Double.doubleToRawLongBits(value);
  }
}
