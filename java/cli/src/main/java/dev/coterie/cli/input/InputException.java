package dev.coterie.cli.input;

/**
 * Thrown when a file or an argument is not what it should be. The message is one line that says
 * where, what is wrong and what cures it.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception that belongs to no line of a file.
   *
   * @param message what is wrong, and the cure
   */
  public InputException(String message) {
    super(message);
  }

  /**
   * Makes an exception for a line of a file.
   *
   * @param name the file's name
   * @param line the line, from 1
   * @param message what is wrong, and the cure
   */
  public InputException(String name, long line, String message) {
    super(name + ":" + line + ": " + message);
  }
}
