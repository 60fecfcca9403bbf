package dev.coterie.text;

import dev.coterie.BackendInfo;
import dev.coterie.spi.RoverOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** The texts that {@link Rover} built. Immutable and safe for use by many threads. */
public final class RoverResult {
  private final TextAnswers answers;
  private final BackendInfo backend;
  private final String[] vocabulary;
  private final RoverOutcome outcome;

  /** Where each task's words begin, and the end. */
  private final int[] start;

  RoverResult(TextAnswers answers, BackendInfo backend, String[] vocabulary, RoverOutcome outcome) {
    this.answers = answers;
    this.backend = backend;
    this.vocabulary = vocabulary;
    this.outcome = outcome;
    start = new int[outcome.length.length + 1];
    for (int task = 0; task < outcome.length.length; task++) {
      start[task + 1] = start[task] + outcome.length[task];
    }
  }

  /**
   * Returns the table that the texts were built from.
   *
   * @return the table
   */
  public TextAnswers answers() {
    return answers;
  }

  /**
   * Returns the backend that did the work.
   *
   * @return its description
   */
  public BackendInfo backend() {
    return backend;
  }

  /**
   * Returns a task's text.
   *
   * @param task the name of the task
   * @return the words with single spaces between them
   * @throws IllegalArgumentException when the table has no such task
   */
  public String text(String task) {
    int index = answers.tasks().indexOf(task);
    if (index < 0) {
      throw new IllegalArgumentException("no task " + task + " in the table");
    }
    return text(index);
  }

  /**
   * Returns a task's text.
   *
   * @param task the index of the task
   * @return the words with single spaces between them
   * @throws IndexOutOfBoundsException when there is no such task
   */
  public String text(int task) {
    return String.join(" ", words(task));
  }

  /**
   * Returns a task's words.
   *
   * @param task the index of the task
   * @return an unmodifiable list
   * @throws IndexOutOfBoundsException when there is no such task
   */
  public List<String> words(int task) {
    Objects.checkIndex(task, outcome.length.length);
    List<String> words = new ArrayList<>(outcome.length[task]);
    for (int i = start[task]; i < start[task + 1]; i++) {
      words.add(vocabulary[outcome.word[i]]);
    }
    return Collections.unmodifiableList(words);
  }

  /**
   * Returns how sure each word of a task is.
   *
   * @param task the index of the task
   * @return the share of the votes that each of {@link #words} has in its place, from 0 to 1, in an
   *     array that belongs to the caller
   * @throws IndexOutOfBoundsException when there is no such task
   */
  public double[] shares(int task) {
    Objects.checkIndex(task, outcome.length.length);
    return Arrays.copyOfRange(outcome.share, start[task], start[task + 1]);
  }

  /**
   * Returns the answer that a task's alignment began with: the first one, or with reliability the
   * one that is most similar to all others.
   *
   * @param task the index of the task
   * @return the row in the table
   * @throws IndexOutOfBoundsException when there is no such task
   */
  public int backbone(int task) {
    return outcome.backbone[Objects.checkIndex(task, outcome.length.length)];
  }

  /**
   * Returns how much an answer counted.
   *
   * @param row the answer's place in the table
   * @return the weight, at least 0; 1 without reliability
   * @throws IndexOutOfBoundsException when there is no such row
   */
  public double weight(int row) {
    return outcome.weight[Objects.checkIndex(row, outcome.weight.length)];
  }

  /**
   * Returns how far others agree with an expert.
   *
   * @param expert the index of the expert
   * @return the mean similarity of the expert's texts to those of others, from 0 to 1; NaN without
   *     reliability and where no expert has answers to two tasks
   * @throws IndexOutOfBoundsException when there is no such expert
   */
  public double skill(int expert) {
    return outcome.skill[Objects.checkIndex(expert, outcome.skill.length)];
  }
}
