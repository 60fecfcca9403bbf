package dev.coterie.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The standard streams, all UTF-8.
 *
 * @param in standard input
 * @param out standard output, unbuffered
 * @param err standard error
 * @param interactive whether somebody watches standard error
 */
record Terminal(InputStream in, OutputStream out, PrintStream err, boolean interactive) {

  /** Returns the streams of the process. */
  static Terminal system() {
    return new Terminal(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        isTerminal());
  }

  private static boolean isTerminal() {
    Path standardError = Path.of("/proc/self/fd/2");
    if (Files.isSymbolicLink(standardError)) {
      try {
        String device = Files.readSymbolicLink(standardError).toString();
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
      } catch (IOException e) {
        return false;
      }
    }
    return hasConsole();
  }

  /** Looks where there is no {@code /proc}, at the cost of loading more classes. */
  @SuppressWarnings("SystemConsoleNull") // It is null up to JDK 21, and isTerminal tells since.
  private static boolean hasConsole() {
    Console console = System.console();
    try {
      return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Prints one line about what went wrong. */
  void complain(String message) {
    err.println("coterie: " + message.replace('\n', ' ').replace('\r', ' '));
  }

  /** Writes text to standard output. */
  void print(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
