/**
 * How far experts agree beyond chance, how uncertain a table is, and how good a consensus is where
 * the truth is known.
 *
 * <pre>{@code
 * Agreement agreement = Agreement.of(table);
 * KrippendorffAlpha alpha = agreement.alpha();
 * System.out.println(alpha.orElse(0) + " over " + alpha.tasks() + " tasks");
 * }</pre>
 *
 * <p>Every result is the same, bit for bit, on every backend. No method returns NaN: a number that
 * is undefined is empty, or says why it is undefined when it is asked for.
 */
package dev.coterie.consensus.agreement;
