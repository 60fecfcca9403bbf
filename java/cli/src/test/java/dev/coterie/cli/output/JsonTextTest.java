package dev.coterie.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** JSON, as another parser reads it. */
class JsonTextTest {
  @Test
  void escapesEveryCharacterThatMustBe() throws IOException {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 0x250; c++) {
      all.append(c);
    }
    all.append("\u2028\u2029\ud83d\ude00\uffff");
    StringWriter writer = new StringWriter();
    new JsonText(writer).openInline('[').value(all.toString()).close(']');
    JsonNode read = new ObjectMapper().readTree(writer.toString());
    assertEquals(all.toString(), read.get(0).textValue());
  }

  @Test
  void laysOutNestedThings() throws IOException {
    StringWriter writer = new StringWriter();
    JsonText json = new JsonText(writer);
    json.openLines('{').name("a").value(1L).name("b").openLines('[');
    json.openInline('{').name("x").value(0.5).name("y").value((String) null).close('}');
    json.openInline('[').close(']').close(']').name("c").value(Double.NaN);
    json.name("d").openLines('[').close(']').name("e").value(true).close('}');
    assertEquals(
        """
        {
          "a": 1,
          "b": [
            {"x": 0.5, "y": null},
            []
          ],
          "c": null,
          "d": [],
          "e": true
        }
        """,
        writer.toString());
    new ObjectMapper().readTree(writer.toString());
  }
}
