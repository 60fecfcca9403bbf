package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * The fits of one or several methods, closed together.
 *
 * @param <M> the type of the methods
 * @param <R> the type of the results
 */
final class Fits<M, R> implements AutoCloseable {
  private final List<Fit<R>> fits = new ArrayList<>();

  /** Fits a method that has been built. */
  interface Work<M, R> {
    R fit(M method);
  }

  /**
   * Fits all methods that were chosen. One that refuses the table is said so and left out, unless
   * it is the only one.
   */
  @SuppressWarnings("unchecked") // The methods of a kind make what the work of that kind takes.
  Fits(Session session, MethodOptions options, Settings settings, Work<M, R> work) {
    InputException refusal = null;
    for (Method<?> method : options.chosen()) {
      try (Progress progress = session.progress()) {
        progress.fitting(method.id());
        M built = (M) method.build(settings);
        long begin = System.nanoTime();
        R result = work.fit(built);
        fits.add(new Fit<>(method.id(), result, System.nanoTime() - begin));
      } catch (IllegalArgumentException e) {
        refusal = refusal(method, e);
        if (options.compares()) {
          session.complain(refusal.getMessage());
        }
      } catch (RuntimeException | Error e) {
        close();
        throw e;
      }
    }
    if (fits.isEmpty()) {
      throw refusal;
    }
  }

  /** The library may begin with the name of the method itself. */
  static InputException refusal(Method<?> method, IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    boolean named = message.startsWith(method.id() + " ");
    return new InputException(named ? message : method.id() + ": " + message);
  }

  List<Fit<R>> all() {
    return fits;
  }

  @Override
  public void close() {
    for (Fit<R> fit : fits) {
      if (fit.result() instanceof AutoCloseable result) {
        try {
          result.close();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
