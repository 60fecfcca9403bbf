package dev.coterie.internal.online;

import dev.coterie.spi.OnlineModel;
import java.util.Arrays;
import java.util.Objects;

/** Copies parts of a model out. */
final class Reading {
  private Reading() {}

  static void read(AnswerStore store, Incremental incremental, OnlineModel.View view) {
    Objects.checkFromIndexSize(view.firstTask, view.tasks, store.tasks);
    Objects.checkFromIndexSize(view.firstExpert, view.experts, store.experts);
    int k = store.k;
    if (view.posterior != null) {
      System.arraycopy(store.posterior, view.firstTask * k, view.posterior, 0, view.tasks * k);
    }
    int row = 0;
    for (int i = 0; i < view.tasks; i++) {
      int task = view.firstTask + i;
      if (view.answer != null || view.runnerUp != null) {
        decide(store, task, i, view);
      }
      if (view.taskAnswers != null) {
        view.taskAnswers[i] = store.givenCount[task];
      }
      row = given(store, task, row, view);
    }
    if (view.prior != null) {
      for (int j = 0; j < k; j++) {
        view.prior[j] = incremental.prior(j);
      }
    }
    experts(store, incremental, view);
  }

  private static void decide(AnswerStore store, int task, int at, OnlineModel.View view) {
    int best = -1;
    int second = -1;
    if (store.givenCount[task] > 0) {
      int row = task * store.k;
      double[] posterior = store.posterior;
      for (int j = 0; j < store.k; j++) {
        if (best < 0 || posterior[row + j] > posterior[row + best]) {
          second = best;
          best = j;
        } else if (second < 0 || posterior[row + j] > posterior[row + second]) {
          second = j;
        }
      }
    }
    if (view.answer != null) {
      view.answer[at] = best;
    }
    if (view.runnerUp != null) {
      view.runnerUp[at] = second;
    }
  }

  /** Copies the answers of a task to a row on; returns the row after them. */
  private static int given(AnswerStore store, int task, int row, OnlineModel.View view) {
    int[] given = store.given[task];
    for (int i = 0; i < store.givenCount[task]; i++) {
      int at = AnswerStore.STRIDE * i;
      if (view.givenExpert != null) {
        view.givenExpert[row + i] = given[at];
      }
      if (view.givenLabel != null) {
        view.givenLabel[row + i] = given[at + 1];
      }
      if (view.givenWeight != null) {
        view.givenWeight[row + i] = Float.intBitsToFloat(given[at + 2]);
      }
    }
    return row + store.givenCount[task];
  }

  private static void experts(AnswerStore store, Incremental incremental, OnlineModel.View view) {
    int k = store.k;
    boolean matrices = view.confusion != null || view.skill != null;
    double[] matrix = matrices ? new double[k * k] : null;
    for (int i = 0; i < view.experts; i++) {
      int expert = view.firstExpert + i;
      if (view.expertAnswers != null) {
        view.expertAnswers[i] = store.tasksOfCount[expert];
      }
      if (matrices) {
        confusion(incremental, expert, matrix, k);
      }
      if (view.confusion != null) {
        System.arraycopy(matrix, 0, view.confusion, i * k * k, k * k);
      }
      if (view.skill != null) {
        double skill = 0.0;
        for (int j = 0; j < k; j++) {
          skill = skill + incremental.prior(j) * matrix[j * k + j];
        }
        view.skill[i] = skill;
      }
    }
  }

  private static void confusion(Incremental incremental, int expert, double[] matrix, int k) {
    double[] totals = new double[k];
    Arrays.fill(totals, 0.0);
    for (int label = 0; label < k; label++) {
      for (int truth = 0; truth < k; truth++) {
        double amount = incremental.amount(expert * k * k, label, truth);
        matrix[label * k + truth] = amount;
        totals[truth] = totals[truth] + amount;
      }
    }
    for (int i = 0; i < k * k; i++) {
      matrix[i] = matrix[i] / totals[i % k];
    }
  }
}
