package dev.coterie.text;

/**
 * A run of one to three words that the texts of the winning cluster share and the others do not
 * have.
 *
 * @param text the words in lower case, with blanks between them
 * @param score the share of the winning texts that have it less that of the others, above 0 and at
 *     most 1
 * @param inside the number of the winning texts that have it
 * @param outside the number of the task's other texts that have it
 */
public record Theme(String text, double score, int inside, int outside) {}
