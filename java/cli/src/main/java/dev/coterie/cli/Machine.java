package dev.coterie.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The machine and the Java runtime, in words. */
final class Machine {
  private static final List<String> INTERESTING =
      List.of("sse2", "avx", "avx2", "fma", "avx512f", "avx512dq", "avx512vl", "asimd", "sve");

  private Machine() {}

  /** Returns what is known, by name. */
  static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "java",
        property("java.version")
            + ", "
            + property("java.vendor")
            + ", "
            + property("java.vm.name"));
    facts.put("java_home", property("java.home"));
    facts.put(
        "os", property("os.name") + " " + property("os.version") + ", " + property("os.arch"));
    Map<String, String> cpu = cpuInfo();
    facts.put("cpu", cpu.getOrDefault("model name", unknownModel()));
    String features = cpu.getOrDefault("flags", cpu.getOrDefault("Features", ""));
    List<String> present = new ArrayList<>(INTERESTING);
    present.retainAll(List.of(features.split(" ")));
    facts.put("instruction_sets", present.isEmpty() ? "unknown" : String.join(" ", present));
    Runtime runtime = Runtime.getRuntime();
    facts.put("cores", Integer.toString(runtime.availableProcessors()));
    facts.put("heap_limit", (runtime.maxMemory() >> 20) + " MiB");
    return facts;
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static String unknownModel() {
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    return windows == null ? property("os.arch") : windows;
  }

  /** Returns what Linux says about the first core; empty elsewhere. */
  private static Map<String, String> cpuInfo() {
    Map<String, String> info = new LinkedHashMap<>();
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return info;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          info.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
      }
    } catch (IOException e) {
      // It is a convenience; other facts remain.
    }
    return info;
  }
}
