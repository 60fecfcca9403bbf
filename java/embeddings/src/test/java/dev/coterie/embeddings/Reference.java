package dev.coterie.embeddings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A text of {@code tests/data/minilm} with what others make of it. */
record Reference(String text, List<long[]> windows, double[] vector) {
  static List<Reference> all() throws IOException {
    Path file = Path.of(System.getProperty("coterie.test.data"), "minilm", "reference.json");
    List<Reference> all = new ArrayList<>();
    for (JsonNode node : new ObjectMapper().readTree(file.toFile())) {
      List<long[]> windows = new ArrayList<>();
      for (JsonNode window : node.get("windows")) {
        long[] pieces = new long[window.size()];
        for (int i = 0; i < pieces.length; i++) {
          pieces[i] = window.get(i).longValue();
        }
        windows.add(pieces);
      }
      double[] vector = new double[node.get("vector").size()];
      for (int d = 0; d < vector.length; d++) {
        vector[d] = node.get("vector").get(d).doubleValue();
      }
      all.add(new Reference(node.get("text").textValue(), windows, vector));
    }
    return all;
  }
}
