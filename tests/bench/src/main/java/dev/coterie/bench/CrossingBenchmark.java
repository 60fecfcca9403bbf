package dev.coterie.bench;

import dev.coterie.internal.BackendRegistry;
import dev.coterie.spi.KernelProbe;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a crossing costs: a striped sum of a heap array through each backend, so short that the call
 * is all there is, and long enough that it does not matter.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CrossingBenchmark {
  @Param({"ffm", "jna", "vectorapi", "scalar"})
  public String backend;

  @Param({"0", "1024"})
  public int length;

  private KernelProbe kernels;
  private double[] values;

  @Setup
  public void open() {
    kernels = BackendRegistry.global().open(backend).kernels();
    values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = i * 0.5;
    }
  }

  @Benchmark
  public double sum() {
    return kernels.sum(values);
  }
}
