/**
 * Turns many answers into one: a table of answers, the methods that aggregate it, and their result.
 *
 * <pre>{@code
 * try (AnswerTable table =
 *         AnswerTable.builder()
 *             .add("question 1", "Ann", "yes")
 *             .add("question 1", "Bob", "no")
 *             .add("question 1", "Eve", "yes")
 *             .build();
 *     Consensus consensus = new DawidSkene().fit(table)) {
 *   System.out.println(consensus.answer("question 1"));
 * }
 * }</pre>
 */
package dev.coterie.consensus;
