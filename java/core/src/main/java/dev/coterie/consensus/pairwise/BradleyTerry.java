package dev.coterie.consensus.pairwise;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.PairwiseProblem;
import java.util.Objects;

/**
 * Gives each item a score so that the log-odds of winning are the difference of two scores: R. A.
 * Bradley and M. E. Terry, <em>Rank analysis of incomplete block designs I</em>, Biometrika 39,
 * 1952. The scores are those of maximum likelihood, to convergence, with standard errors.
 *
 * <p>Scores have mean 0. Where some items have only ever won against others, or were never compared
 * with them, no finite scores exist that say by how much they are apart: the items fall into
 * groups, each with scores of its own of mean 0, and {@link PairwiseConsensus#isComparable} tells
 * which items share one. Ranks put the winning groups first. A {@link Builder#prior} or an {@link
 * Builder#adjustment} makes one group of them.
 *
 * <p>A standard error is that of a score when the mean of its group is held at 0, from the observed
 * information; with a prior it is that of the posterior's curvature.
 *
 * <p>An iteration takes time in proportion to the pairs of items that met. Standard errors take
 * time with the cube and memory with half the square of the items.
 */
public final class BradleyTerry implements PairwiseMethod {
  private final PairwiseFit options;

  /** Makes the method with its defaults. */
  public BradleyTerry() {
    this(new Builder());
  }

  private BradleyTerry(Builder builder) {
    builder.checkTogether();
    options =
        new PairwiseFit(
            PairwiseProblem.BRADLEY_TERRY,
            new double[] {
              builder.ties.code,
              builder.solver.code,
              builder.orderEffect ? 1 : 0,
              builder.prior,
              builder.adjustment,
              builder.standardErrorLimit
            },
            builder.maxIterations,
            builder.tolerance,
            builder.backend,
            Chances.ofTies(builder.ties));
  }

  /**
   * Starts a method with options of its own.
   *
   * @return a builder with the defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String id() {
    return "bradley-terry";
  }

  @Override
  public PairwiseConsensus fit(ComparisonTable table, FitControl control) {
    return options.fit(this, table, control);
  }

  /** What a tie means. */
  public enum Ties {
    /** Half a win for both. */
    HALF_WINS(0),
    /**
     * An outcome of its own, with odds in proportion to the geometric mean of the strengths: R. R.
     * Davidson, JASA 65, 1970. The tie parameter is nu.
     */
    DAVIDSON(1),
    /**
     * A difference below a threshold: P. V. Rao and L. L. Kupper, JASA 62, 1967. The tie parameter
     * is theta, at least 1.
     */
    RAO_KUPPER(2);

    private final int code;

    Ties(int code) {
      this.code = code;
    }
  }

  /** How the maximum is found. */
  public enum Solver {
    /** Newton's method: few iterations, and all options. */
    NEWTON(0),
    /**
     * Minorisation and maximisation, as crowd-kit has it: D. R. Hunter, Annals of Statistics 32,
     * 2004. Ties are half wins, without order effect, prior and adjustment; the scores of items
     * that never won go to minus infinity.
     */
    MINORIZE(1);

    private final int code;

    Solver(int code) {
      this.code = code;
    }
  }

  /** Collects the options of {@link BradleyTerry}. Not safe for use by several threads. */
  public static final class Builder extends IterativePairwiseBuilder<Builder> {
    private Ties ties = Ties.HALF_WINS;
    private Solver solver = Solver.NEWTON;
    private boolean orderEffect;
    private double prior;
    private double adjustment;
    private int standardErrorLimit = 1000;

    private Builder() {
      super(100, 1e-10);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Says what a tie means; the default is {@link Ties#HALF_WINS}.
     *
     * @param choice what a tie means
     * @return this
     * @throws NullPointerException when the choice is null
     */
    public Builder ties(Ties choice) {
      ties = Objects.requireNonNull(choice, "ties");
      return this;
    }

    /**
     * Chooses the algorithm; the default is {@link Solver#NEWTON}.
     *
     * @param choice the algorithm
     * @return this
     * @throws NullPointerException when the choice is null
     */
    public Builder solver(Solver choice) {
      solver = Objects.requireNonNull(choice, "solver");
      return this;
    }

    /**
     * Learns by how much the log-odds of the left item are better for its being on the left: the
     * effect of the order of presentation, as that of judges who prefer the first answer. Off by
     * default.
     *
     * @param learned whether to learn it
     * @return this
     */
    public Builder orderEffect(boolean learned) {
      orderEffect = learned;
      return this;
    }

    /**
     * Sets the precision (one over the variance) of a normal prior with mean 0 for each score and
     * for the order effect, which keeps them finite; the default is 0: no prior.
     *
     * @param precision between 0 and 1e100
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder prior(double precision) {
      prior = checkBetween("prior", precision, 0, LARGEST);
      return this;
    }

    /**
     * Moves the wins of each item towards half of its comparisons: w wins of n become {@code points
     * + (n - 2 points) / n * w}, which keeps scores finite; the default is 0.
     *
     * @param points between 0 and 1e100; R's sirt takes 0.3
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder adjustment(double points) {
      adjustment = checkBetween("adjustment", points, 0, LARGEST);
      return this;
    }

    /**
     * Sets for how many items (with the order effect and the tie parameter) standard errors are
     * computed at most; the default is 1000.
     *
     * @param items from 0, for none, to 10,000
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder standardErrorLimit(int items) {
      standardErrorLimit = (int) checkBetween("standardErrorLimit", items, 0, 10_000);
      return this;
    }

    private void checkTogether() {
      boolean plain = ties == Ties.HALF_WINS && !orderEffect && prior == 0 && adjustment == 0;
      if (solver == Solver.MINORIZE && !plain) {
        throw new IllegalArgumentException(
            "Solver.MINORIZE knows neither tie parameters nor order effect, prior and adjustment:"
                + " use Solver.NEWTON");
      }
      if (adjustment > 0 && ties != Ties.HALF_WINS) {
        throw new IllegalArgumentException("an adjustment demands Ties.HALF_WINS: use a prior");
      }
    }

    /**
     * Makes the method; the builder can be used further.
     *
     * @return an immutable method
     * @throws IllegalArgumentException when options contradict each other
     */
    @Override
    public BradleyTerry build() {
      return new BradleyTerry(this);
    }
  }
}
