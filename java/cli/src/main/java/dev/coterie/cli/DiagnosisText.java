package dev.coterie.cli;

import dev.coterie.BackendInfo;
import dev.coterie.cli.output.JsonText;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** Shows a diagnosis to people and to programs. */
final class DiagnosisText {
  private static final String INDENT = "             ";

  private DiagnosisText() {}

  /** Returns the diagnosis as text. */
  static String people(Diagnosis diagnosis) {
    StringBuilder text = new StringBuilder();
    line(text, "Coterie", Version.number());
    Map<String, String> facts = Machine.facts();
    line(text, "Java", facts.get("java"));
    line(text, "", facts.get("java_home"));
    line(text, "System", facts.get("os"));
    line(text, "CPU", facts.get("cpu") + ", " + facts.get("cores") + " cores");
    line(text, "", facts.get("instruction_sets"));
    line(text, "Heap", "at most " + facts.get("heap_limit"));
    diagnosis.settings().forEach((name, value) -> line(text, "Setting", name + " = " + value));
    text.append('\n');
    for (Diagnosis.BackendHealth backend : diagnosis.backends()) {
      backend(text, backend);
    }
    text.append('\n');
    if (diagnosis.chosen() == null) {
      line(text, "In use", "none");
    } else {
      line(text, "In use", diagnosis.chosen().id());
    }
    line(text, "Reason", diagnosis.reason());
    return text.toString();
  }

  private static void backend(StringBuilder text, Diagnosis.BackendHealth backend) {
    BackendInfo info = backend.info();
    if (info == null) {
      line(text, backend.id(), "not available");
      line(text, "", backend.problem());
      return;
    }
    line(text, backend.id(), (backend.agrees() ? "works, " : "FAULTY, ") + info.isa());
    if (info.bundled()) {
      line(text, "", "library bundled in coterie-natives");
    } else if (info.libraryPath() != null) {
      line(text, "", "library " + info.libraryPath());
    }
    if (info.abiVersion() != null) {
      line(text, "", "version " + info.libraryVersion() + ", ABI " + info.abiVersion());
    }
    if (info.buildInfo() != null) {
      line(text, "", info.buildInfo());
    }
    line(text, "", "check: " + backend.check());
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(INDENT, name.length(), INDENT.length());
    text.append(String.valueOf(value).replace("\n", "\n" + INDENT)).append('\n');
  }

  /** Writes the diagnosis as JSON. */
  static void json(Diagnosis diagnosis, Writer writer) throws IOException {
    JsonText json = new JsonText(writer);
    json.openLines('{').name("coterie").value(Version.number());
    for (Map.Entry<String, String> fact : Machine.facts().entrySet()) {
      json.name(fact.getKey()).value(fact.getValue());
    }
    json.name("settings").openInline('{');
    for (Map.Entry<String, String> setting : diagnosis.settings().entrySet()) {
      json.name(setting.getKey()).value(setting.getValue());
    }
    json.close('}');
    json.name("chosen").value(diagnosis.chosen() == null ? null : diagnosis.chosen().id());
    json.name("reason").value(diagnosis.reason());
    json.name("healthy").value(diagnosis.healthy());
    json.name("backends").openLines('[');
    for (Diagnosis.BackendHealth backend : diagnosis.backends()) {
      BackendInfo info = backend.info();
      json.openInline('{').name("id").value(backend.id());
      json.name("available").value(info != null);
      json.name("problem").value(backend.problem());
      json.name("isa").value(info == null ? null : info.isa());
      json.name("library_path").value(info == null ? null : info.libraryPath());
      json.name("library_version").value(info == null ? null : info.libraryVersion());
      json.name("abi_version").value(info == null ? null : info.abiVersion());
      json.name("build_info").value(info == null ? null : info.buildInfo());
      json.name("check").value(backend.check());
      json.name("agrees").value(backend.agrees());
      json.close('}');
    }
    json.close(']').close('}');
  }
}
