package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The threads of one fit: the caller and, when they have time, workers of the common pool. The
 * caller works through the parts of a job by itself if nobody helps, so a busy pool slows a fit
 * down but never blocks it. Used by one caller at a time.
 */
public final class Team {
  /** More threads than spans are of no use. */
  private static final int MOST = 256;

  private final int threads;
  private final int labels;
  private final FitControl control;
  private final AtomicReferenceArray<Workspace> workspaces;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile Job current;

  /** Some work that can be done in parts, in any order and by any thread. */
  public interface Work {
    /** Does one part in a workspace that no other thread uses meanwhile. */
    void part(int part, Workspace workspace);
  }

  /**
   * Makes a team.
   *
   * @param threads the most threads, 0 for as many as there are cores; more than {@value #MOST}
   *     count as so many
   * @param labels the number of labels, which the workspaces are made for
   * @param control stops the work
   */
  public Team(int threads, int labels, FitControl control) {
    int wanted = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    this.threads = Math.min(wanted, MOST);
    this.labels = labels;
    this.control = control;
    this.workspaces = new AtomicReferenceArray<>(this.threads);
  }

  /**
   * Does the parts {@code [0, parts)} and returns when all are done.
   *
   * @throws CancellationException when the control is cancelled before all are done
   */
  public void run(int parts, Work work) {
    Job job = new Job(parts, work);
    int helpers = Math.min(threads, parts) - 1;
    if (helpers > 0) {
      current = job;
      // A helper of an earlier job that has not begun yet will help with this one.
      for (int i = waiting.get(); i < helpers; i++) {
        waiting.incrementAndGet();
        ForkJoinPool.commonPool().execute(this::help);
      }
    }
    try {
      job.work();
      job.await();
    } finally {
      // A helper that begins later must not hold what the job refers to.
      current = null;
    }
  }

  /** Throws when the fit is cancelled. */
  public void checkCancelled() {
    if (control.isCancelled()) {
      throw new CancellationException("the fit was cancelled");
    }
  }

  private void help() {
    waiting.decrementAndGet();
    Job job = current;
    if (job != null) {
      job.work();
    }
  }

  private final class Job {
    private final int parts;
    private final Work work;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger members = new AtomicInteger();
    private final CountDownLatch done;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Job(int parts, Work work) {
      this.parts = parts;
      this.work = work;
      this.done = new CountDownLatch(parts);
    }

    void work() {
      int member = members.getAndIncrement();
      if (member >= threads) {
        return;
      }
      for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            checkCancelled();
            work.part(part, workspace(member));
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          done.countDown();
        }
      }
    }

    /** Returns the workspace of a place in the team, which only one thread takes in a job. */
    private Workspace workspace(int member) {
      Workspace workspace = workspaces.get(member);
      if (workspace == null) {
        workspace = new Workspace(labels);
        workspaces.set(member, workspace);
      }
      return workspace;
    }

    void await() {
      boolean interrupted = false;
      while (true) {
        try {
          done.await();
          break;
        } catch (InterruptedException e) {
          // The parts in flight still write into the caller's arrays: wait for them.
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
