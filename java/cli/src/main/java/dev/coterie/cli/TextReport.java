package dev.coterie.cli;

import dev.coterie.cli.measure.TextTruth;
import dev.coterie.cli.output.Counted;
import dev.coterie.cli.output.TextOutput;
import dev.coterie.cli.output.TextTable;
import dev.coterie.text.TextAnswer;
import dev.coterie.text.TextCluster;
import dev.coterie.text.TextResult;
import dev.coterie.text.Theme;
import java.util.List;
import java.util.Map;

/** What a consensus of texts tells people. */
final class TextReport extends Report {
  private static final int MOST_NAMES = 20;
  private static final int MOST_CHARACTERS = 60;

  private final TextResult result;

  TextReport(TextResult result, int top) {
    super(top);
    this.result = result;
  }

  /** Says what was read, and how near the truth the answers are; that may be null. */
  void read(String name, TextTruth truth, TextTruth.Errors errors) {
    text.append(name).append(": ");
    text.append(Counted.of(result.table().responses().size(), "text")).append(" of ");
    text.append(Counted.of(result.table().experts().size(), "expert")).append(" to ");
    text.append(Counted.of(result.table().tasks().size(), "task")).append('\n');
    if (truth != null) {
      text.append("Truth: ").append(truth.remark()).append('\n');
      text.append("Word error rate: corpus ").append(TextTable.fixed(errors.corpus(), 4));
      text.append(", mean ").append(TextTable.fixed(errors.mean(), 4));
      text.append("; exact ").append(errors.exact()).append(" of ");
      text.append(Counted.of(truth.known(), "task")).append('\n');
    }
  }

  /** Returns the whole report. */
  String of(long nanos) {
    if (result.answers().size() == 1) {
      answer(result.answer());
    } else {
      tasks();
      summary();
      experts();
    }
    return end(result.backend(), List.of(new Fit<>("text", result, nanos)));
  }

  private void answer(TextAnswer answer) {
    text.append("\nAnswer of ").append(clean(answer.chosen().expert())).append('\n');
    answer.text().lines().forEach(line -> text.append("  ").append(clean(line)).append('\n'));
    text.append("\nConfidence: ").append(TextTable.fixed(answer.confidence(), 3));
    text.append("\nSupport: ").append(TextTable.fixed(answer.support(), 3)).append(" of the votes");
    List<String> supporters = TextOutput.experts(answer.supporters());
    text.append("\nSupporters: ").append(supporters.size()).append(" of ");
    text.append(Counted.of(TextOutput.experts(answer), "expert")).append(": ");
    text.append(clean(names(supporters))).append('\n');
    dissent(answer.dissent());
    themes(answer.themes());
  }

  private static String names(List<String> experts) {
    int shown = Math.min(experts.size(), MOST_NAMES);
    String names = String.join(", ", experts.subList(0, shown));
    return shown == experts.size() ? names : names + " and " + (experts.size() - shown) + " more";
  }

  private void dissent(List<TextCluster> clusters) {
    if (clusters.isEmpty()) {
      text.append("\nNobody dissents\n");
      return;
    }
    text.append("\nDissent\n");
    TextTable rows = new TextTable(">Support", ">Texts", "Expert", "Text");
    int shown = Math.min(clusters.size(), top());
    for (TextCluster cluster : clusters.subList(0, shown)) {
      rows.add(
          TextTable.fixed(cluster.support(), 3),
          Integer.toString(cluster.size()),
          cluster.medoid().expert(),
          shortened(cluster.medoid().text()));
    }
    text.append(rows);
    if (shown < clusters.size()) {
      text.append("  and ").append(Counted.of(clusters.size() - shown, "more cluster"));
      text.append("; --top shows more\n");
    }
  }

  private void themes(List<Theme> themes) {
    if (themes.isEmpty()) {
      return;
    }
    text.append("\nThemes: what the supporters share and the others do not have\n");
    TextTable rows = new TextTable(">Score", ">Supporting", ">Others", "Words");
    for (Theme theme : themes) {
      rows.add(
          TextTable.fixed(theme.score(), 3),
          Integer.toString(theme.inside()),
          Integer.toString(theme.outside()),
          theme.text());
    }
    text.append(rows);
  }

  private void tasks() {
    text.append('\n');
    TextTable rows = new TextTable("Task", ">Confidence", ">Support", ">Clusters", "Answer");
    for (TextAnswer answer : result.answers()) {
      rows.add(
          answer.task(),
          TextTable.fixed(answer.confidence(), 3),
          TextTable.fixed(answer.support(), 3),
          Integer.toString(1 + answer.dissent().size()),
          shortened(answer.text()));
    }
    text.append(rows);
  }

  private void summary() {
    int unanimous = 0;
    double confidence = 0;
    double support = 0;
    for (TextAnswer answer : result.answers()) {
      unanimous += answer.dissent().isEmpty() ? 1 : 0;
      confidence += answer.confidence();
      support += answer.support();
    }
    int tasks = result.answers().size();
    text.append("\nMeans: confidence ").append(TextTable.fixed(confidence / tasks, 3));
    text.append(", support ").append(TextTable.fixed(support / tasks, 3));
    text.append("; nobody dissents in ").append(Counted.of(unanimous, "task")).append('\n');
  }

  private void experts() {
    List<String> names = result.table().experts();
    List<Integer> least = first(names.size(), top(), i -> known(result.skill(names.get(i))));
    least.removeIf(expert -> Double.isNaN(result.skill(names.get(expert))));
    if (least.isEmpty()) {
      return;
    }
    Map<String, Long> texts = new TextOutput(result).textsByExpert();
    text.append("\nExperts with whom the others agree least\n");
    TextTable rows = new TextTable(">Skill", ">Texts", "Expert");
    for (int expert : least) {
      String name = names.get(expert);
      rows.add(TextTable.fixed(result.skill(name), 3), Long.toString(texts.get(name)), name);
    }
    text.append(rows);
  }

  /** A skill that is not known comes last. */
  private static double known(double skill) {
    return Double.isNaN(skill) ? Double.POSITIVE_INFINITY : skill;
  }

  /** Returns the text on one line, cut where it is long. */
  private static String shortened(String text) {
    StringBuilder line = new StringBuilder();
    boolean blank = false;
    int characters = 0;
    for (int at = 0; at < text.length() && characters < MOST_CHARACTERS; ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      boolean white = Character.isWhitespace(c) || Character.isISOControl(c);
      if (!white || !blank) {
        line.appendCodePoint(white ? ' ' : c);
        characters++;
      }
      blank = white;
      if (characters == MOST_CHARACTERS && at < text.length()) {
        line.append("...");
      }
    }
    return line.toString();
  }

  /** Returns the text without characters that would steer a terminal. */
  private static String clean(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return line.toString();
  }
}
