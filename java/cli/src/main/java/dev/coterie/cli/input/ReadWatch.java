package dev.coterie.cli.input;

/** Is told how far reading has come, and may stop it by an exception. */
public interface ReadWatch {
  /**
   * Called every few thousand rows.
   *
   * @param rows the rows read so far
   */
  void rows(long rows);
}
