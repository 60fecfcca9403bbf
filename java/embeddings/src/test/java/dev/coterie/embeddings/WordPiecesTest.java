package dev.coterie.embeddings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.text.EmbedderException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordPiecesTest {
  private static final WordPieces PIECES = new WordPieces(Vocabulary.load());

  @Test
  void theyAreThoseOfTheReference() throws IOException {
    List<Reference> references = Reference.all();
    assertTrue(references.size() >= 25);
    for (Reference reference : references) {
      List<long[]> windows = PIECES.windows(reference.text(), MiniLm.WINDOW_PIECES);
      assertEquals(reference.windows().size(), windows.size(), reference::text);
      for (int w = 0; w < windows.size(); w++) {
        assertArrayEquals(reference.windows().get(w), windows.get(w), reference::text);
      }
    }
  }

  @Test
  void windowsHoldWholeWords() {
    // One piece each but the last word, which has several and does not fit.
    List<long[]> windows = PIECES.windows("word ".repeat(253) + "unbelievably", 254);
    assertEquals(2, windows.size());
    assertEquals(255, windows.get(0).length);
    assertTrue(windows.get(1).length > 3);
  }

  @Test
  void theModelsOwnSignsAreText() {
    long[] window = PIECES.windows("[SEP]", 254).get(0);
    assertEquals(5, window.length); // bracket, sep, bracket in their frame
    assertEquals(102, window[4]);
    assertTrue(window[2] != 102);
  }

  @Test
  void brokenTextHasPieces() {
    List<long[]> broken = PIECES.windows("a\ud800b \udc00", 254);
    assertArrayEquals(PIECES.windows("ab", 254).get(0), broken.get(0));
  }

  @Test
  void aVocabularyWithoutFramesIsRefused() {
    Vocabulary empty = new Vocabulary(Map.of("a", 1), Map.of());
    EmbedderException e = assertThrows(EmbedderException.class, () -> new WordPieces(empty));
    assertTrue(e.getMessage().contains("[CLS]"), e.getMessage());
  }
}
