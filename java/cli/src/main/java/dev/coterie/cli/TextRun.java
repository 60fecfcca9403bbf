package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.input.Quoted;
import dev.coterie.cli.input.TextFile;
import dev.coterie.cli.measure.TextTruth;
import dev.coterie.cli.output.TextOutput;
import dev.coterie.text.Embedder;
import dev.coterie.text.EmbedderException;
import dev.coterie.text.EmbedderProvider;
import dev.coterie.text.TextResult;
import dev.coterie.text.TextTable;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** One run of {@code coterie text}: reads, embeds, fits, writes, reports. */
final class TextRun {
  private final Session session;
  private final TextOptions options;
  private final TextInputOptions inputs;
  private final String truthFile;

  /** Makes a run; {@code truthFile} may be null. */
  TextRun(Session session, TextOptions options, TextInputOptions inputs, String truthFile) {
    this.session = session;
    this.options = options;
    this.inputs = inputs;
    this.truthFile = truthFile;
  }

  void run() throws IOException {
    try (Interruption interruption = new Interruption(session.control())) {
      long start = System.nanoTime();
      session.openBackend(options.backend());
      long begin = System.nanoTime();
      EmbedderProvider provider = options.embedder() == null ? null : find(options.embedder());
      LabelFile truthTexts =
          truthFile == null
              ? null
              : LabelFile.readTexts(session.open(truthFile), inputs.delimiter(), inputs.columns());
      TextTable read = read();
      interruption.busy();
      TextTruth truth =
          truthTexts == null ? null : new TextTruth(truthTexts, read, session.sourceName());
      TextTable table = embedded(read, provider);
      long fitting = System.nanoTime();
      TextResult result = fit(table);
      long end = System.nanoTime();
      TextTruth.Errors errors = truth == null ? null : truth.errors(result, session.control());
      session.write(new Written(new TextOutput(result), options.described()));
      if (session.outputs().showsTable()) {
        TextReport report = new TextReport(result, session.outputs().top());
        report.times(begin - start, fitting - begin);
        report.read(session.sourceName(), truth, errors);
        session.print(report.of(end - fitting));
      }
    }
  }

  private TextTable read() {
    try (Progress progress = session.progress()) {
      return inputs.isJsonLines(session.fileName())
          ? TextFile.readJsonLines(session.open(), options.repeats(), progress)
          : TextFile.read(
              session.open(), inputs.delimiter(), inputs.columns(), options.repeats(), progress);
    }
  }

  private static EmbedderProvider find(String id) {
    try {
      return EmbedderProvider.find(id);
    } catch (EmbedderException e) {
      String message = "--embedder " + Quoted.text(id) + ": " + e.getMessage();
      throw new InputException(
          message.contains("coterie-embeddings")
              ? message
              : message + "; minilm comes with the artifact dev.coterie:coterie-embeddings");
    }
  }

  private TextTable embedded(TextTable table, EmbedderProvider provider) {
    if (!options.usesEmbeddings()) {
      return table;
    }
    if (provider == null) {
      if (table.dimension() == 0) {
        throw new InputException(
            session.sourceName()
                + ": embedding-cosine needs embeddings, and the texts have none; give them in JSON"
                + " Lines, or name an --embedder");
      }
      return table;
    }
    if (table.dimension() > 0) {
      throw new InputException(
          session.sourceName() + ": the texts have embeddings already; leave out --embedder");
    }
    try (Progress progress = session.progress();
        Embedder embedder = provider.open()) {
      return table.embedded(new WatchedEmbedder(embedder, progress));
    }
  }

  private TextResult fit(TextTable table) {
    try (Progress progress = session.progress()) {
      progress.fitting("text", "task");
      return options.consensus().fit(table, session.control());
    } catch (IllegalArgumentException e) {
      throw new InputException(session.sourceName() + ": " + e.getMessage());
    }
  }

  /** The result in its forms. */
  private record Written(TextOutput output, Map<String, Object> options) implements Results {
    @Override
    public void json(Writer writer) throws IOException {
      output.json(writer, options);
    }

    @Override
    public void csv(Writer writer, char delimiter) throws IOException {
      output.tasks(writer, delimiter);
    }

    @Override
    public boolean hasExperts() {
      return output.result().table().experts().stream()
          .anyMatch(expert -> !Double.isNaN(output.result().skill(expert)));
    }

    @Override
    public void experts(Writer writer, char delimiter) throws IOException {
      output.experts(writer, delimiter);
    }
  }
}
