package dev.coterie.spi;

import dev.coterie.consensus.AnswerTable;

/** What engines may do with an {@link AnswerTable} that users may not. */
public abstract class TableAccess {
  private static volatile TableAccess instance;

  /** Only {@link AnswerTable} makes one. */
  protected TableAccess() {}

  /** Called once by {@link AnswerTable}, before there is any table. */
  public static void set(TableAccess access) {
    instance = access;
  }

  /** Returns the access; whoever has a table to ask about finds it set. */
  public static TableAccess get() {
    return instance;
  }

  /**
   * Returns the columns as a backend reads them.
   *
   * @throws IllegalStateException when the table is closed
   */
  public abstract Columns columns(AnswerTable table, Backend backend);
}
