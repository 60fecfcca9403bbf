package dev.coterie.internal.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.testing.GoldenData;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void tokensAndSymbolsAreGolden() {
    List<String[]> lines =
        GoldenData.lines(GoldenData.folder().resolve("golden/text/tokens.txt"))
            .map(line -> line.split(" "))
            .toList();
    int texts = 0;
    for (int i = 0; i < lines.size(); i += 3) {
      String given = lines.get(i)[1];
      byte[] text = given.equals("-") ? new byte[0] : HEX.parseHex(given);
      List<String> tokens = Tokens.of(text).stream().map(HEX::formatHex).toList();
      assertEquals(rest(lines.get(i + 1)), tokens, given);
      IntList symbols = new IntList("symbols", 0);
      Tokens.symbols(text, symbols);
      int[] expected =
          rest(lines.get(i + 2)).stream().mapToInt(word -> Integer.parseInt(word, 16)).toArray();
      assertArrayEquals(expected, symbols.toArray(), given);
      texts++;
    }
    assertEquals(lines.size(), 3 * texts);
  }

  private static List<String> rest(String[] words) {
    return Arrays.asList(words).subList(1, words.length);
  }

  @Test
  void vocabulariesGrowAndForget() {
    Tokens tokens = new Tokens();
    for (int round = 0; round < 3; round++) {
      tokens.clear();
      assertEquals(StopWords.COUNT, tokens.vocabulary());
      IntList ids = new IntList("tokens", 0);
      for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < 5000; i++) {
          tokens.scan(TextOrder.bytes("the word" + i + "withAVeryLongTail" + i % 7), ids);
        }
      }
      assertEquals(StopWords.COUNT + 5000, tokens.vocabulary());
      for (int i = 0; i < 5000; i++) {
        assertEquals(StopWords.COUNT + i, ids.get(2 * i + 1));
        assertEquals(ids.get(2 * i + 1), ids.get(2 * (5000 + i) + 1));
      }
    }
  }
}
