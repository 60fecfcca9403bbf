package dev.coterie.cli.output;

import dev.coterie.consensus.AutoReport;
import java.io.IOException;
import java.util.Locale;

/** Writes how a result of {@code auto} came about. */
final class AutoJson {
  /** The method's id. */
  static final String METHOD = "auto";

  private AutoJson() {}

  /** Adds the member {@code auto} to an open object. */
  static void write(JsonText json, AutoReport report) throws IOException {
    json.name(METHOD).openLines('{');
    json.name("kind").value(word(report.kind()));
    json.name("rival").value(report.hasRival());
    json.name("effective_experts").value(report.effectiveExperts());
    json.name("answers_per_task").value(report.answersPerTask());
    json.name("correlated").value(report.correlated());
    json.name("overdispersion").value(report.overdispersion());
    json.name("overdispersion_error").value(report.overdispersionError());
    json.name("mean_temper").value(report.meanTemper());
    json.name("known_tasks").value(report.knownTasks());
    json.name("calibrated").value(report.isCalibrated());
    json.name("modes").openLines('[');
    for (AutoReport.Mode mode : report.modes()) {
      json.openInline('{').name("start").value(mode.start());
      json.name("weight").value(mode.weight());
      json.name("evidence").value(mode.evidence());
      json.name("drift").value(mode.drift());
      json.name("moved").value(mode.moved());
      json.name("members").openInline('[');
      for (AutoReport.Member member : mode.members()) {
        json.openInline('{').name("model").value(word(member.model()));
        json.name("weight").value(member.weight());
        json.name("drift").value(member.drift()).close('}');
      }
      json.close(']').close('}');
    }
    json.close(']').name("explanation").openLines('[');
    for (String line : report.explain().split("\n")) {
      json.value(line);
    }
    json.close(']').close('}');
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
