package dev.coterie.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.FitControl;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class RoverTest {
  private static final Rover JAVA = Rover.builder().backend("scalar").build();

  private static TextAnswers.Builder toy() {
    return TextAnswers.builder()
        .add("t1", "w1", "a b c d")
        .add("t1", "w2", "b z d e")
        .add("t1", "w3", "b c d e f");
  }

  @Test
  void eachPlaceGoesToTheWordWithTheMostVotes() {
    RoverResult result = JAVA.aggregate(toy().add("t2", "w1", "x").build());
    assertEquals("b c d e", result.text("t1"));
    assertEquals(List.of("x"), result.words(1));
    assertArrayEquals(new double[] {1.0, 2 / 3.0, 1.0, 2 / 3.0}, result.shares(0));
    assertEquals(3, result.backbone(1));
    assertEquals(1.0, result.weight(2));
    assertTrue(Double.isNaN(result.skill(0)));
    assertEquals("scalar", result.backend().id());
    assertThrows(IllegalArgumentException.class, () -> result.text("t3"));
    assertThrows(IndexOutOfBoundsException.class, () -> result.text(2));
  }

  @Test
  void tiesGoToTheLongerWordThenToTheOneOfLargerCodePoints() {
    String astral = new String(Character.toChars(0x1F600));
    assertEquals("bb", pair("a", "bb"));
    assertEquals("b", pair("b", "a"));
    // By UTF-16 units U+FFFD would be the larger one.
    assertEquals(astral, pair(astral, "\uFFFD"));
    assertEquals("aa", pair(astral, "aa"));
  }

  private static String pair(String one, String other) {
    TextAnswers answers = TextAnswers.builder().add("t", "a", one).add("t", "b", other).build();
    return JAVA.aggregate(answers).text(0);
  }

  @Test
  void spacesMakeEmptyWordsThatAreNoWords() {
    TextAnswers answers = TextAnswers.builder().add("t", "a", " a  b ").add("s", "a", "").build();
    RoverResult result = JAVA.aggregate(answers);
    assertEquals("a b", result.text("t"));
    assertEquals("", result.text("s"));
  }

  @Test
  void aTokeniserMakesTheWords() {
    Rover letters =
        Rover.builder()
            .backend("scalar")
            .tokeniser(text -> List.of(text.toLowerCase(java.util.Locale.ROOT).split("")))
            .build();
    TextAnswers answers =
        TextAnswers.builder()
            .add("t", "a", "Cat")
            .add("t", "b", "cut")
            .add("t", "c", "cAt")
            .build();
    assertEquals("c a t", letters.aggregate(answers).text(0));
    Rover nothing = Rover.builder().tokeniser(text -> null).build();
    assertThrows(NullPointerException.class, () -> nothing.aggregate(answers));
  }

  @Test
  void reliabilityBeginsWithTheMostSimilarTextAndWeighsVotes() {
    TextAnswers.Builder builder = TextAnswers.builder();
    for (int task = 0; task < 6; task++) {
      builder.add("t" + task, "bad", "one thing or another");
      builder.add("t" + task, "good", "the cat number " + task + " sat");
      builder.add("t" + task, "fair", "the cat number " + task + " sits", 0.9);
    }
    Rover rover = Rover.builder().backend("scalar").reliability(true).build();
    RoverResult result = rover.aggregate(builder.build());
    assertEquals("the cat number 3 sat", result.text("t3"));
    assertEquals(10, result.backbone(3));
    assertTrue(result.skill(1) > result.skill(0));
    assertTrue(result.weight(1) > result.weight(0));
  }

  @Test
  void tasksDoNotTouchEachOther() {
    TextAnswers mixed =
        TextAnswers.builder()
            .add("t1", "w1", "a b")
            .add("t2", "w1", "x y z")
            .add("t1", "w2", "a c")
            .add("t2", "w2", "y z")
            .add("t1", "w3", "a c")
            .build();
    RoverResult result = JAVA.aggregate(mixed);
    assertEquals("a c", result.text("t1"));
    assertEquals("x y z", result.text("t2"));
  }

  @Test
  void whatIsTooLongToAlignIsRefusedWithItsRow() {
    String text = "a ".repeat(40_000).trim();
    TextAnswers answers = TextAnswers.builder().add("t", "a", text).add("t", "b", text).build();
    Exception e = assertThrows(IllegalArgumentException.class, () -> JAVA.aggregate(answers));
    assertEquals(
        "row 1: 40000 words against 40000 places are more than 1073741824 to compare: cut the texts"
            + " into parts",
        e.getMessage());
  }

  @Test
  void tooManyRowsForReliabilityAreRefusedWithTheirTask() {
    TextAnswers.Builder builder = TextAnswers.builder();
    for (int i = 0; i < 16_385; i++) {
      builder.add("t", "e" + i, "");
    }
    TextAnswers answers = builder.build();
    Rover rover = Rover.builder().backend("scalar").reliability(true).build();
    Exception e = assertThrows(IllegalArgumentException.class, () -> rover.aggregate(answers));
    assertEquals(
        "task 0 has 16385 rows; with reliability a task may have 16384: do without it",
        e.getMessage());
    assertEquals("", JAVA.aggregate(answers).text(0));
  }

  @Test
  void aCancelledRunEnds() {
    FitControl control = new FitControl();
    control.cancel();
    TextAnswers answers = toy().build();
    assertThrows(CancellationException.class, () -> JAVA.aggregate(answers, control));
  }

  @Test
  void tablesKeepTheirRowsAndRefuseBadOnes() {
    TextAnswers.Builder builder = toy().add("t2", "w1", "y", 0.25);
    TextAnswers answers = builder.build();
    assertEquals(4, answers.size());
    assertEquals(List.of("t1", "t2"), answers.tasks());
    assertEquals(Arrays.asList("w1", "w2", "w3"), answers.experts());
    assertEquals("y", answers.text(3));
    assertEquals(1, answers.task(3));
    assertEquals(0, answers.expert(3));
    assertEquals(0.25, answers.confidence(3));
    assertEquals(1.0, answers.confidence(0));
    assertThrows(IllegalStateException.class, () -> builder.add("t", "e", ""));
    assertThrows(IllegalStateException.class, () -> TextAnswers.builder().build());
    assertThrows(NullPointerException.class, () -> toy().add("t", "e", null));
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> toy().add("t", "e", "x", Double.NaN));
    assertEquals("row 3: confidence NaN is not in 0 to 1; task t", e.getMessage());
  }
}
