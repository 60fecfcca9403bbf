package dev.coterie.bench;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Auto;
import dev.coterie.consensus.BayesianClassifierCombination;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.ConsensusMethod;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.EnhancedBayesianClassifierCombination;
import dev.coterie.consensus.Glad;
import dev.coterie.consensus.IterativeBuilder;
import dev.coterie.consensus.Mace;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.consensus.OneCoinDawidSkene;
import dev.coterie.consensus.WeightedVote;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One whole fit of each method on each backend: index, {@value #ITERATIONS} iterations where the
 * method iterates, result. The secondary result {@code answerIterations} is answers times
 * iterations a second; {@code Report} turns it into nanoseconds. MACE and EBCC have several starts
 * and {@link Auto} fits several models: there it holds everything they do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FitBenchmark {
  /** About what the data sets of the literature need in the median. */
  static final int ITERATIONS = 50;

  @Param({"ffm", "jna", "vectorapi", "scalar"})
  public String backend;

  @Param({
    "dawid-skene",
    "one-coin-dawid-skene",
    "majority-vote",
    "weighted-vote",
    "glad",
    "mace",
    "ibcc",
    "ebcc",
    "auto"
  })
  public String method;

  @Param({"10000", "100000", "1000000", "10000000"})
  public int answers;

  @Param({"1", "2"})
  public int threads;

  private AnswerTable table;
  private ConsensusMethod fitted;

  /** Counts the work done. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    public long answerIterations;
  }

  @Setup(Level.Trial)
  public void generate() {
    table = GeneratedTable.of(answers, Math.max(10, Math.min(1000, answers / 100)));
    fitted =
        switch (method) {
          case "dawid-skene" -> iterative(DawidSkene.builder()).build();
          case "one-coin-dawid-skene" -> iterative(OneCoinDawidSkene.builder()).build();
          case "majority-vote" -> MajorityVote.builder().threads(threads).backend(backend).build();
          case "weighted-vote" -> WeightedVote.builder().threads(threads).backend(backend).build();
          case "glad" -> iterative(Glad.builder()).build();
          case "mace" -> iterative(Mace.builder()).build();
          case "ibcc" -> iterative(BayesianClassifierCombination.builder()).build();
          case "ebcc" -> iterative(EnhancedBayesianClassifierCombination.builder()).build();
          case "auto" -> Auto.builder().threads(threads).backend(backend).build();
          default -> throw new IllegalArgumentException(method);
        };
    fit().close();
  }

  private <B extends IterativeBuilder<B>> B iterative(B builder) {
    return builder.maxIterations(ITERATIONS).tolerance(0).threads(threads).backend(backend);
  }

  @TearDown(Level.Trial)
  public void close() {
    table.close();
  }

  @Benchmark
  public double fit(Work work) {
    try (Consensus consensus = fit()) {
      work.answerIterations += (long) answers * Math.max(1, consensus.iterations());
      return consensus.posterior(0, 0);
    }
  }

  private Consensus fit() {
    Consensus consensus = fitted.fit(table);
    if (!consensus.backend().id().equals(backend)) {
      throw new IllegalStateException("demanded " + backend + ", got " + consensus.backend());
    }
    return consensus;
  }
}
