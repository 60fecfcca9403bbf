/**
 * Scores and ranks items from comparisons of two: a table of comparisons, the methods, and their
 * result.
 *
 * <pre>{@code
 * try (ComparisonTable table =
 *     ComparisonTable.builder()
 *         .add("judge 1", "model A", "model B", Outcome.LEFT)
 *         .add("judge 2", "model B", "model A", Outcome.LEFT)
 *         .add("judge 1", "model B", "model C", Outcome.TIE)
 *         .build()) {
 *   PairwiseConsensus consensus = new BradleyTerry().fit(table);
 *   System.out.println(consensus.ranking());
 * }
 * }</pre>
 */
package dev.coterie.consensus.pairwise;
