package dev.coterie.internal.online;

import dev.coterie.internal.table.HeapLimits;
import dev.coterie.spi.OnlineModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** The file that a model is saved to; docs/methods/online.md has its layout, byte by byte. */
final class StateFile {
  private static final byte[] MAGIC = {(byte) 0x89, 'C', 'O', 'T', 'L', '\r', '\n', 0x1A};
  private static final int VERSION = 1;
  private static final int HEADER = 128;
  private static final int CHECKSUM = 4;
  private static final long LARGEST_COUNTER = 1L << 62;
  private static final double MOST = 1e300;

  private StateFile() {}

  /** What a file holds but for the names, which its writer reads. */
  record Content(OnlineModel.Options options, AnswerStore store) {}

  static IllegalArgumentException refused(long position, String reason) {
    return new IllegalArgumentException(
        "not a usable state of an online consensus: byte " + position + ": " + reason);
  }

  /** Returns the length of a file, or a negative number when that is none. */
  private static long length(long tasks, long experts, long labels, long answers, long names) {
    long matrices = HeapLimits.times(HeapLimits.times(experts, labels), labels);
    long posteriors = HeapLimits.times(tasks, labels);
    if (matrices > 1L << 56 || posteriors > 1L << 56 || answers > 1L << 56 || names > 1L << 56) {
      return -1;
    }
    long doubles = labels + matrices + posteriors + experts;
    return HEADER + 8 * doubles + 4 * tasks + 12 * answers + names + CHECKSUM;
  }

  static byte[] write(AnswerStore store, OnlineModel.Options options, byte[] names) {
    long length = length(store.tasks, store.experts, store.k, store.answers, names.length);
    byte[] bytes = new byte[HeapLimits.check(length, "a saved model")];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).putInt(VERSION).putInt(0).putLong(length).putLong(names.length);
    out.putInt(store.tasks).putInt(store.experts).putInt(store.k).putInt(options.sweeps());
    out.putLong(store.answers).putInt(options.neighbours()).putInt(options.neighbourTasks());
    out.putDouble(options.smoothing()).putDouble(options.trust());
    out.putDouble(options.settled()).putDouble(options.tolerance());
    out.putInt(options.maxIterations()).putInt(0);
    out.putLong(store.moves).putLong(store.recounts).putLong(0);
    put(out, store.sums, store.k);
    put(out, store.counts, store.experts * store.k * store.k);
    put(out, store.posterior, store.tasks * store.k);
    put(out, store.moved, store.experts);
    for (int t = 0; t < store.tasks; t++) {
      out.putInt(store.givenCount[t]);
    }
    for (int column = 0; column < AnswerStore.STRIDE; column++) {
      for (int t = 0; t < store.tasks; t++) {
        int end = AnswerStore.STRIDE * store.givenCount[t];
        for (int i = column; i < end; i += AnswerStore.STRIDE) {
          out.putInt(store.given[t][i]);
        }
      }
    }
    out.put(names);
    out.putInt((int) checksum(bytes, out.position()));
    return bytes;
  }

  private static void put(ByteBuffer out, double[] values, int count) {
    out.asDoubleBuffer().put(values, 0, count);
    out.position(out.position() + 8 * count);
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  static Content read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    checkFrame(bytes, in);
    long names = in.getLong(24);
    long tasks = in.getInt(32) & 0xFFFFFFFFL;
    long experts = in.getInt(36) & 0xFFFFFFFFL;
    long labels = in.getInt(40) & 0xFFFFFFFFL;
    long answers = in.getLong(48);
    if (names < 0
        || answers < 0
        || length(tasks, experts, labels, answers, names) != bytes.length) {
      throw refused(
          24,
          "the numbers of tasks, experts, labels, answers and names do not give the file's"
              + " length");
    }
    OnlineModel.Options options =
        new OnlineModel.Options(
            in.getInt(44),
            in.getInt(56),
            in.getInt(60),
            in.getInt(96),
            in.getDouble(64),
            in.getDouble(72),
            in.getDouble(80),
            in.getDouble(88));
    checkZero(in.getInt(100), 100);
    AnswerStore store = new AnswerStore();
    store.moves = counter(in, 104);
    store.recounts = counter(in, 112);
    checkZero(in.getLong(120), 120);
    try {
      OptionRanges.check(options);
    } catch (IllegalArgumentException e) {
      throw refused(44, e.getMessage());
    }
    try {
      store.checkSizes(tasks, experts, labels);
    } catch (IllegalArgumentException e) {
      throw refused(32, e.getMessage());
    }
    store.grow((int) tasks, (int) experts, (int) labels);
    in.position(HEADER);
    doubles(in, store.sums, store.k, "sum", -MOST, MOST);
    doubles(in, store.counts, store.experts * store.k * store.k, "count", -MOST, MOST);
    doubles(in, store.posterior, store.tasks * store.k, "probability", 0, 1);
    doubles(in, store.moved, store.experts, "movement", 0, MOST);
    answers(in, store, answers);
    return new Content(options, store);
  }

  /** Checks all that must hold before a number of the file means anything. */
  private static void checkFrame(byte[] bytes, ByteBuffer in) {
    for (int i = 0; i < Math.min(MAGIC.length, bytes.length); i++) {
      if (bytes[i] != MAGIC[i]) {
        throw refused(i, "this is not such a file");
      }
    }
    if (bytes.length < HEADER + CHECKSUM) {
      throw refused(bytes.length, "the file ends within its header: it was cut short");
    }
    int version = in.getInt(8);
    if (version != VERSION) {
      throw refused(
          8,
          "version "
              + Integer.toUnsignedString(version)
              + ", but this library reads version "
              + VERSION);
    }
    checkZero(in.getInt(12), 12);
    long length = in.getLong(16);
    if (length != bytes.length) {
      throw refused(
          Long.compareUnsigned(length, bytes.length) > 0 ? bytes.length : 16,
          "the file has "
              + bytes.length
              + " bytes, its header says "
              + Long.toUnsignedString(length));
    }
    int end = bytes.length - CHECKSUM;
    int computed = (int) checksum(bytes, end);
    if (computed != in.getInt(end)) {
      throw refused(
          end,
          String.format(
              "the checksum is %08x, of the bytes before it %08x: they were changed",
              in.getInt(end), computed));
    }
  }

  private static void checkZero(long value, int position) {
    if (value != 0) {
      throw refused(position, "a reserved number is not 0");
    }
  }

  private static long counter(ByteBuffer in, int position) {
    long value = in.getLong(position);
    if (value < 0 || value > LARGEST_COUNTER) {
      throw refused(position, Long.toUnsignedString(value) + " is more than can have been counted");
    }
    return value;
  }

  private static void doubles(
      ByteBuffer in, double[] to, int count, String name, double least, double greatest) {
    for (int i = 0; i < count; i++) {
      int at = in.position();
      to[i] = in.getDouble();
      if (!(to[i] >= least && to[i] <= greatest)) {
        throw refused(at, name + " " + to[i] + " is not between " + least + " and " + greatest);
      }
    }
  }

  private static void answers(ByteBuffer in, AnswerStore store, long answers) {
    int at = in.position();
    long total = 0;
    for (int t = 0; t < store.tasks; t++) {
      int count = in.getInt();
      total += count & 0xFFFFFFFFL;
      if (total > answers) {
        throw refused(at + 4L * t, "the tasks have more answers than there are");
      }
      store.reserveGiven(t, count);
    }
    if (total < answers) {
      throw refused(at, "the tasks have fewer answers than there are");
    }
    store.answers = (int) answers;
    int column = 4 * store.answers;
    int from = in.position();
    for (int t = 0; t < store.tasks; t++) {
      int count = in.getInt(at + 4 * t);
      for (int i = 0; i < count; i++, from += 4) {
        answer(in, store, t, from, from + column, from + 2 * column);
      }
    }
  }

  private static void answer(
      ByteBuffer in, AnswerStore store, int task, int expertAt, int labelAt, int weightAt) {
    int expert = in.getInt(expertAt);
    int label = in.getInt(labelAt);
    float weight = in.getFloat(weightAt);
    if (expert < 0 || expert >= store.experts) {
      throw refused(
          expertAt,
          "expert " + Integer.toUnsignedString(expert) + " is outside 0.." + store.experts);
    }
    if (label < 0 || label >= store.k) {
      throw refused(
          labelAt, "label " + Integer.toUnsignedString(label) + " is outside 0.." + store.k);
    }
    if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
      throw refused(weightAt, "weight " + weight + " is not finite and at least 0");
    }
    int known = store.tasksOfCount[expert];
    if (known > 0 && store.tasksOf[expert][known - 1] == task) {
      throw refused(expertAt, "expert " + expert + " answers task " + task + " twice");
    }
    store.reserveTasksOf(expert, 1);
    store.tasksOf[expert][store.tasksOfCount[expert]++] = task;
    int end = AnswerStore.STRIDE * store.givenCount[task]++;
    store.given[task][end] = expert;
    store.given[task][end + 1] = label;
    store.given[task][end + 2] = Float.floatToRawIntBits(weight);
  }
}
