package dev.coterie.embeddings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.coterie.text.EmbedderException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The numbers of the model's word pieces: of those that begin a word, and of those that continue
 * one.
 */
record Vocabulary(Map<String, Integer> beginnings, Map<String, Integer> continuations) {
  private static final String RESOURCE = "all-minilm-l6-v2-q-tokenizer.json";
  private static final String CONTINUES = "##";

  /** Reads {@code model.vocab} of the file that comes with the model. */
  static Vocabulary load() {
    Vocabulary vocabulary = new Vocabulary(new HashMap<>(65536), new HashMap<>(16384));
    try (JsonParser json = JsonFactory.builder().build().createParser(Session.resource(RESOURCE))) {
      json.nextToken();
      enter(json, "model");
      enter(json, "vocab");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        vocabulary.add(json.currentName(), json.nextIntValue(-1));
      }
    } catch (IOException e) {
      throw new EmbedderException("the model's file " + RESOURCE + " cannot be read: " + e, e);
    }
    return vocabulary;
  }

  /** Goes into the object that the present one has under the name. */
  private static void enter(JsonParser json, String name) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String found = json.currentName();
      json.nextToken();
      if (found.equals(name)) {
        return;
      }
      json.skipChildren();
    }
    throw new EmbedderException("the model's file " + RESOURCE + " has no " + name);
  }

  private void add(String piece, int number) {
    if (piece.startsWith(CONTINUES) && piece.length() > CONTINUES.length()) {
      continuations.put(piece.substring(CONTINUES.length()), number);
    } else {
      beginnings.put(piece, number);
    }
  }

  /** Returns the number of a piece that must be there. */
  int number(String piece) {
    Integer number = beginnings.get(piece);
    if (number == null) {
      throw new EmbedderException("the model's file " + RESOURCE + " has no piece " + piece);
    }
    return number;
  }
}
