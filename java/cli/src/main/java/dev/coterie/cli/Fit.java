package dev.coterie.cli;

/**
 * The result of a method and how long it took.
 *
 * @param method the method's id
 * @param result what came out
 * @param nanos the time of the fit alone
 * @param <R> the type of the result
 */
record Fit<R>(String method, R result, long nanos) {}
