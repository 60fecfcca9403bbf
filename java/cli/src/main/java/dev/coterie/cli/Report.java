package dev.coterie.cli;

import dev.coterie.BackendInfo;
import dev.coterie.cli.output.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;

/** What a run tells people, whatever its kind. */
abstract class Report {
  private static final double NANOS = 1e9;

  final StringBuilder text = new StringBuilder();
  private final int top;
  private long openNanos;
  private long readNanos;

  /** Makes a report that shows so many of each kind. */
  Report(int top) {
    this.top = top;
  }

  final int top() {
    return top;
  }

  final void times(long opening, long reading) {
    openNanos = opening;
    readNanos = reading;
  }

  /** Adds where the work was done and how long it took; returns the whole text. */
  final String end(BackendInfo backend, List<? extends Fit<?>> fits) {
    long fitNanos = fits.stream().mapToLong(Fit::nanos).sum();
    text.append("\nBackend: ").append(described(backend)).append('\n');
    text.append("Time: ").append(seconds(openNanos + readNanos + fitNanos));
    text.append(" s (opening the backend ").append(seconds(openNanos));
    text.append(", reading ").append(seconds(readNanos));
    text.append(", fitting ").append(seconds(fitNanos)).append(")\n");
    return text.toString();
  }

  /** Says in words what a backend is; the doctor says more. */
  static String described(BackendInfo backend) {
    if (backend.abiVersion() != null) {
      String version = backend.libraryVersion() == null ? "" : " " + backend.libraryVersion();
      return backend.id() + " (native library" + version + ", " + backend.isa() + ")";
    }
    return backend.id().equals("scalar")
        ? "scalar (plain Java)"
        : backend.id() + " (Java, " + backend.isa() + ")";
  }

  static String seconds(long nanos) {
    return TextTable.fixed(nanos / NANOS, 3);
  }

  /** Returns the indices with the lowest values, the lowest first, ties by index. */
  static List<Integer> first(int size, int most, IntToDoubleFunction value) {
    record Scored(int index, double score) {}
    Comparator<Scored> order =
        Comparator.comparingDouble(Scored::score).thenComparingInt(Scored::index);
    PriorityQueue<Scored> kept = new PriorityQueue<>(order.reversed());
    for (int i = 0; i < size && most > 0; i++) {
      Scored scored = new Scored(i, value.applyAsDouble(i));
      if (kept.size() < most) {
        kept.add(scored);
      } else if (order.compare(scored, kept.peek()) < 0) {
        kept.poll();
        kept.add(scored);
      }
    }
    List<Scored> sorted = new ArrayList<>(kept);
    sorted.sort(order);
    List<Integer> indices = new ArrayList<>();
    sorted.forEach(scored -> indices.add(scored.index()));
    return indices;
  }
}
