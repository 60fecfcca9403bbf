package dev.coterie.spi;

import java.util.Arrays;

/**
 * Where an engine writes a text consensus, as {@code coterie_text_outcome_t} describes it. Rows are
 * those of the table's canonical order.
 */
@SuppressWarnings("MemberName") // The names of the C interface.
public final class TextOutcome {
  /** The cluster of each row, numbered from 0 in its task; 0 has won. */
  public final int[] cluster;

  /** The row that stands for each row's cluster. */
  public final int[] medoid;

  /** How central each row is: in its task with leader clusters, in its cluster with others. */
  public final double[] centrality;

  /** How much each row counts. */
  public final double[] weight;

  /** How useful the others find each expert's texts, NaN where nobody answers two tasks. */
  public final double[] skill;

  /** The chosen row of each task, -1 without rows. */
  public final int[] chosen;

  /** The confidence of each task's answer. */
  public final double[] confidence;

  /** The share of the winning cluster in each task's votes. */
  public final double[] support;

  /** The number of clusters of each task. */
  public final int[] clusters;

  /** The number of themes of each task. */
  public final int[] themeCount;

  /**
   * The themes of each task, {@code [task][theme]}: the row, the place of its first token, its
   * length, and the numbers of rows inside and outside of the cluster that have it.
   */
  public final int[] theme;

  /** The score of each theme, {@code [task][theme]}. */
  public final double[] score;

  /** The number of numbers of a theme in {@link #theme}. */
  public static final int THEME = 5;

  /** Makes room for a problem's outcome. */
  public TextOutcome(TextProblem problem) {
    int rows = problem.columns().rows();
    int tasks = problem.columns().tasks();
    int themes = Math.multiplyExact(tasks, problem.themes());
    cluster = new int[rows];
    medoid = new int[rows];
    centrality = new double[rows];
    weight = new double[rows];
    skill = new double[problem.columns().experts()];
    chosen = new int[tasks];
    confidence = new double[tasks];
    support = new double[tasks];
    clusters = new int[tasks];
    themeCount = new int[tasks];
    theme = new int[Math.multiplyExact(themes, THEME)];
    score = new double[themes];
    Arrays.fill(chosen, -1);
  }
}
