package dev.coterie.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs the benchmarks with JMH's own arguments and sums up what they say: nanoseconds for an answer
 * and iteration or for a call, bytes allocated for an operation, and what two threads gain.
 */
public final class Main {
  private Main() {}

  /**
   * Runs the benchmarks.
   *
   * @param arguments as JMH takes them
   * @throws Exception when a benchmark fails
   */
  public static void main(String[] arguments) throws Exception {
    summarise(new Runner(new CommandLineOptions(arguments)).run(), System.out);
  }

  private static void summarise(Collection<RunResult> runs, PrintStream out) {
    Map<String, Double> times = new TreeMap<>();
    out.printf("%n%-72s %10s %8s %14s%n", "", "ns", "+- ns", "B allocated");
    for (RunResult run : runs) {
      String name = name(run.getParams());
      double time = time(run);
      double spread =
          time * run.getPrimaryResult().getScoreError() / run.getPrimaryResult().getScore();
      times.put(name, time);
      Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
      out.printf(
          Locale.ROOT,
          "%-72s %10.2f %8.2f %14s%n",
          name,
          time,
          spread,
          allocated == null ? "-" : String.format(Locale.ROOT, "%.0f", allocated.getScore()));
    }
    times.forEach(
        (name, one) -> {
          Double two = times.get(name.replace("threads=1", "threads=2"));
          if (name.contains("threads=1") && two != null) {
            out.printf(
                Locale.ROOT, "parallel efficiency on 2 threads %.2f  %s%n", one / two / 2, name);
          }
        });
  }

  /**
   * Returns the time of an answer and iteration where the benchmark counts them, else of a call.
   */
  private static double time(RunResult run) {
    Result<?> counted = run.getSecondaryResults().get("answerIterations");
    return counted == null ? run.getPrimaryResult().getScore() : 1e9 / counted.getScore();
  }

  private static String name(BenchmarkParams params) {
    String benchmark = params.getBenchmark();
    StringBuilder name = new StringBuilder(benchmark.substring("dev.coterie.bench.".length()));
    for (String key : params.getParamsKeys()) {
      name.append(' ').append(key).append('=').append(params.getParam(key));
    }
    return name.toString();
  }
}
