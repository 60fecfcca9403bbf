package dev.coterie.spi;

import dev.coterie.BackendInfo;
import dev.coterie.consensus.Consensus;
import dev.coterie.internal.table.Names;

/** What other packages may do with a {@link Consensus} that users may not. */
public abstract class ResultAccess {
  private static volatile ResultAccess instance;

  /** Only {@link Consensus} makes one. */
  protected ResultAccess() {}

  /** Called once by {@link Consensus}. */
  public static void set(ResultAccess access) {
    instance = access;
  }

  /** Returns the access. */
  public static ResultAccess get() {
    if (instance == null) {
      try {
        Class.forName(Consensus.class.getName(), true, Consensus.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new AssertionError(e);
      }
    }
    return instance;
  }

  /** Makes a result of checked columns, their names, and numbers that nobody changes any more. */
  public abstract Consensus consensus(
      Names tasks,
      Names experts,
      Names labels,
      Columns.Heap columns,
      MethodKind method,
      BackendInfo backend,
      FitOutcome.Heap outcome);
}
