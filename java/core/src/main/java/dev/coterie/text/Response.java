package dev.coterie.text;

/**
 * One text that an expert has given to a task.
 *
 * @param row its place in the order in which the table's texts were added, from 0 on
 * @param task the task's name
 * @param expert the expert's name
 * @param text the text as it was given
 * @param confidence how sure the expert says to be, from 0 to 1
 */
public record Response(int row, String task, String expert, String text, double confidence) {}
