/**
 * Infers numbers: a table of numeric answers, the methods that aggregate it, and their result.
 *
 * <pre>{@code
 * try (NumericTable table =
 *         NumericTable.builder()
 *             .add("length", "Ann", 10.2)
 *             .add("length", "Bob", 9.9)
 *             .add("length", "Eve", 31.0)
 *             .build();
 *     NumericConsensus consensus = new Median().fit(table)) {
 *   System.out.println(consensus.estimate("length"));
 * }
 * }</pre>
 */
package dev.coterie.consensus.numeric;
