package dev.coterie.cli.accuracy;

import java.nio.file.Path;

/**
 * The files of a data set.
 *
 * @param name the folder's name
 * @param pairwise whether the answers are comparisons
 * @param answers the answers
 * @param truth the truth of tasks, or the scores of items; null when there is none
 * @param heldOut comparisons that no method sees, or null
 */
public record DataSet(String name, boolean pairwise, Path answers, Path truth, Path heldOut) {}
