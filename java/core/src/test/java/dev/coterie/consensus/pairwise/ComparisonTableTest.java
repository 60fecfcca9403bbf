package dev.coterie.consensus.pairwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ComparisonTableTest {
  private static void refused(String text, Executable what) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, what);
    assertEquals(text, e.getMessage());
  }

  private static ComparisonTable.Builder builder() {
    return ComparisonTable.builder().backend("scalar");
  }

  @Test
  void keepsWhatWasAdded() {
    try (ComparisonTable table =
        builder()
            .add("Ann", "x", "y", Outcome.LEFT)
            .add("Bob", "z", "x", Outcome.TIE, 2.5f)
            .add("Ann", "y", "z", Outcome.RIGHT, 0)
            .build()) {
      assertEquals(List.of("x", "y", "z"), table.itemNames());
      assertEquals(List.of("Ann", "Bob"), table.expertNames());
      assertEquals(3, table.comparisons());
      assertEquals(2, table.left(1));
      assertEquals(0, table.right(1));
      assertEquals(1, table.expert(1));
      assertEquals(Outcome.TIE, table.outcome(1));
      assertEquals(1.0f, table.weight(0));
      assertEquals(2.5f, table.weight(1));
      assertTrue(table.weighted());
      assertEquals("z", table.itemName(table.indexOfItem("z")));
      assertEquals(-1, table.indexOfExpert("Eve"));
      assertEquals("ComparisonTable[3 comparisons, 3 items, 2 experts]", table.toString());
    }
  }

  @Test
  void keepsManyChunks() {
    ComparisonTable.Builder builder = builder();
    int rows = 50_000;
    for (int row = 0; row < rows; row++) {
      float weight = row == 40_000 ? 3 : 1;
      builder.add("i" + row % 100, "i" + (row % 100 + 1), Outcome.of(row % 3), weight);
    }
    try (ComparisonTable table = builder.build()) {
      for (int row = 0; row < rows; row += 997) {
        assertEquals("i" + row % 100, table.itemName(table.left(row)));
        assertEquals("i" + (row % 100 + 1), table.itemName(table.right(row)));
        assertEquals(Outcome.of(row % 3), table.outcome(row));
        assertEquals(1.0f, table.weight(row));
        assertEquals(-1, table.expert(row));
      }
      assertEquals(3.0f, table.weight(40_000));
      assertEquals(0, table.experts());
    }
  }

  @Test
  void namesTheWrongComparison() {
    ComparisonTable.Builder builder = builder().add("a", "b", Outcome.LEFT);
    refused(
        "comparison 1: item \"c\" is compared with itself: leave it out",
        () -> builder.add("c", "c", Outcome.TIE));
    refused("comparison 1: the left item has no name", () -> builder.add(null, "c", Outcome.TIE));
    refused("comparison 1: the right item has no name", () -> builder.add("c", null, Outcome.TIE));
    refused("comparison 1: the outcome is null", () -> builder.add("c", "d", null));
    refused(
        "comparison 1: weight NaN is not a finite number of at least 0",
        () -> builder.add("c", "d", Outcome.TIE, Float.NaN));
    refused(
        "comparison 1: weight -1.0 is not a finite number of at least 0",
        () -> builder.add("c", "d", Outcome.TIE, -1));
    refused(
        "comparison 1: names its expert, but earlier ones do not: name all or none",
        () -> builder.add("Ann", "c", "d", Outcome.TIE));
    ComparisonTable.Builder named = builder().add("Ann", "a", "b", Outcome.LEFT);
    refused(
        "comparison 1: does not name its expert, but earlier ones do: name all or none",
        () -> named.add("c", "d", Outcome.TIE));
    refused(
        "comparison 1: the expert has no name", () -> named.add(null, "c", "d", Outcome.TIE, 1));
    refused("the table has no comparisons: add at least one", () -> builder().build());
    try (ComparisonTable table = builder.build()) {
      assertEquals(2, table.items(), "refused comparisons leave no names");
    }
    assertThrows(IllegalStateException.class, () -> builder.add("a", "b", Outcome.LEFT));
  }

  @Test
  void namesTheWrongIndex() {
    Outcome[] two = {Outcome.LEFT, Outcome.TIE};
    int[] left = {0, 1};
    int[] right = {1, 2};
    refused(
        "comparison 1: right item 2 is not between 0 and 1 (the table has 2 items)",
        () -> ComparisonTable.ofIndices(left, right, two, 2));
    refused(
        "comparison 1: item \"1\" is compared with itself: leave it out",
        () -> ComparisonTable.ofIndices(left, new int[] {1, 1}, two, 2));
    refused(
        "comparison 0: the outcome is null",
        () -> ComparisonTable.ofIndices(left, right, new Outcome[2], 3));
    refused(
        "column right has 1 comparisons but column left has 2",
        () -> ComparisonTable.ofIndices(left, new int[1], two, 3));
    refused(
        "comparison 1: expert 5 is not between 0 and 1 (the table has 2 experts)",
        () -> ComparisonTable.ofIndices(new int[] {0, 5}, left, right, two, null, 3, 2, "scalar"));
    refused(
        "there are 2 experts but no column of them: give both or neither",
        () -> ComparisonTable.ofIndices(null, left, right, two, null, 3, 2, "scalar"));
    float[] weight = {1, Float.POSITIVE_INFINITY};
    refused(
        "comparison 1: weight Infinity is not a finite number of at least 0",
        () -> ComparisonTable.ofIndices(null, left, right, two, weight, 3, 0, "scalar"));
    refused(
        "the table has no comparisons: add at least one",
        () -> ComparisonTable.ofIndices(new int[0], new int[0], new Outcome[0], 3));
  }

  @Test
  void isUsableUntilItIsClosed() {
    float[] ones = {1, 1};
    ComparisonTable table =
        ComparisonTable.ofIndices(
            null,
            new int[] {0, 1},
            new int[] {1, 0},
            new Outcome[] {Outcome.LEFT, Outcome.LEFT},
            ones,
            2,
            0,
            "scalar");
    assertFalse(table.weighted());
    table.close();
    table.close();
    assertEquals("1", table.itemName(1));
    assertThrows(IllegalStateException.class, () -> table.left(0));
    PairwiseMethod method = Borda.builder().backend("scalar").build();
    assertThrows(IllegalStateException.class, () -> method.fit(table));
  }
}
