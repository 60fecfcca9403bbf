package dev.coterie.cli.accuracy;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.output.Counted;
import java.util.BitSet;

/** The tasks whose truth methods are told, and on which they are not measured therefore. */
final class Known {
  private Known() {}

  /**
   * Draws tasks.
   *
   * @param usable the tasks whose truth a method can be told
   * @param wanted how many
   * @param known how many tasks have a known truth, of which one at least has to remain
   * @param seed decides which
   * @param name the name of the file of answers
   */
  static BitSet draw(BitSet usable, int wanted, int known, long seed, String name) {
    BitSet drawn = new BitSet();
    if (wanted == 0) {
      return drawn;
    }
    int size = usable.cardinality();
    int most = Math.min(size, known - 1);
    if (wanted > most) {
      throw new InputException(
          name
              + ": "
              + Counted.of(known, "task")
              + " with a known truth; --gold can be "
              + most
              + " at most");
    }
    Draw draw = new Draw(size, wanted, seed);
    int place = 0;
    for (int task = usable.nextSetBit(0); task >= 0; task = usable.nextSetBit(task + 1)) {
      drawn.set(task, draw.has(place++));
    }
    return drawn;
  }

  /** Says how many tasks were drawn. */
  static String remark(int drawn) {
    return drawn == 0 ? "" : "; besides, methods are told that of " + Counted.of(drawn, "task");
  }
}
