package dev.coterie.spi;

/**
 * One table of numbers and the options of one fit. Arrays are borrowed and not changed.
 *
 * @param method the method
 * @param table the columns, in the backend's storage
 * @param parameters the method's own options, all of them and valid, in the order of its page in
 *     docs/methods; empty for a method without any
 * @param maxIterations the most iterations, at least 0
 * @param tolerance the change of the objective that ends the fit, at least 0
 * @param known the known value of each task or NaN, or null
 * @param expertWeights the weight of each expert, or null; for the weighted mean only
 * @param lastWins whether only the last answer of an expert to a task counts
 * @param threads the number of threads, 0 for all cores
 */
@SuppressWarnings("ArrayRecordComponent") // Borrowed, and never compared.
public record NumericProblem(
    NumericKind method,
    NumericColumns table,
    double[] parameters,
    int maxIterations,
    double tolerance,
    double[] known,
    double[] expertWeights,
    boolean lastWins,
    int threads) {}
