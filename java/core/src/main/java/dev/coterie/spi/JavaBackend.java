package dev.coterie.spi;

import dev.coterie.BackendInfo;
import dev.coterie.internal.Settings;
import dev.coterie.internal.engine.JavaEngine;
import dev.coterie.internal.numeric.JavaNumericEngine;
import dev.coterie.internal.online.JavaOnlineEngine;
import dev.coterie.internal.pairwise.JavaPairwise;
import dev.coterie.internal.text.JavaText;

/** A backend in Java: the engines of this artifact over some {@link Kernels}. */
public final class JavaBackend implements Backend {
  private final BackendInfo info;
  private final ConsensusEngine consensus;
  private final PairwiseEngine pairwise = new JavaPairwise();
  private final NumericEngine numeric = new JavaNumericEngine();
  private final OnlineEngine online;
  private final TextEngine text;
  private final KernelProbe probe;

  /** Makes a backend. */
  public JavaBackend(BackendInfo info, Kernels kernels) {
    this.info = info;
    this.consensus = new JavaEngine(kernels);
    this.online = new JavaOnlineEngine(consensus);
    this.text = new JavaText(kernels);
    this.probe = new Probe(kernels);
  }

  /**
   * Returns the value of a setting such as {@code coterie.isa} for providers in other modules: the
   * system property, then the environment variable, or null when both are absent.
   */
  public static String setting(String name) {
    return Settings.get(name);
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public Storage storage() {
    return Storage.HEAP;
  }

  @Override
  public ConsensusEngine consensus() {
    return consensus;
  }

  @Override
  public PairwiseEngine pairwise() {
    return pairwise;
  }

  @Override
  public NumericEngine numeric() {
    return numeric;
  }

  @Override
  public OnlineEngine online() {
    return online;
  }

  @Override
  public TextEngine text() {
    return text;
  }

  @Override
  public KernelProbe kernels() {
    return probe;
  }

  private record Probe(Kernels kernels) implements KernelProbe {
    @Override
    public void exp(double[] x, double[] out) {
      System.arraycopy(x, 0, out, 0, check(x));
      kernels.exp(out, x.length, new double[x.length]);
    }

    @Override
    public void log(double[] x, double[] out) {
      System.arraycopy(x, 0, out, 0, check(x));
      kernels.log(out, x.length, new double[x.length]);
    }

    @Override
    public double sum(double[] x) {
      double[] lanes = new double[Elementary.LANES];
      kernels.addToLanes(lanes, x, check(x));
      return Elementary.fold(lanes);
    }

    private static int check(double[] x) {
      if (x.length > MAXIMUM_LENGTH) {
        throw new IllegalArgumentException(
            x.length + " elements are more than the " + MAXIMUM_LENGTH + " that a probe takes");
      }
      return x.length;
    }
  }
}
