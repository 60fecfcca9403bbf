package dev.coterie.cli;

import dev.coterie.BackendInfo;
import dev.coterie.Backends;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What works in this process and why.
 *
 * @param chosen the default backend, or null when there is none
 * @param reason why it was chosen, or why there is none
 * @param backends all backends in the order of preference
 * @param settings the settings that have a value
 */
record Diagnosis(
    BackendInfo chosen, String reason, List<BackendHealth> backends, Map<String, String> settings) {

  /**
   * The state of a backend.
   *
   * @param id its id
   * @param info what it is, or null when it is not available
   * @param problem why it is not available, or null
   * @param check what the self-check found, or null when it is not available
   * @param agrees whether the self-check passed
   */
  record BackendHealth(String id, BackendInfo info, String problem, String check, boolean agrees) {}

  private static final List<String> SETTINGS =
      List.of(
          "coterie.backend",
          "coterie.isa",
          "coterie.library.path",
          "coterie.library.system",
          "coterie.library.tmpdir",
          "coterie.log");

  static Diagnosis make() {
    Map<String, String> settings = activeSettings();
    BackendInfo chosen = null;
    String reason;
    try {
      chosen = Backends.current();
      String demanded = settings.get("coterie.backend");
      reason =
          demanded == null || demanded.strip().equals("auto")
              ? "the first that works, in this order: " + String.join(", ", Backends.ids())
              : "demanded by coterie.backend";
    } catch (RuntimeException e) {
      reason = e.getMessage();
    }
    List<BackendHealth> backends = new ArrayList<>();
    for (String id : Backends.ids()) {
      backends.add(health(id));
    }
    return new Diagnosis(chosen, reason, backends, settings);
  }

  private static BackendHealth health(String id) {
    BackendInfo info;
    try {
      info = Backends.ensureAvailable(id);
    } catch (RuntimeException e) {
      return new BackendHealth(id, null, e.getMessage(), null, true);
    }
    try {
      SelfCheck.againstScalar(id);
      String check = id.equals("scalar") ? "is the reference" : "same bits as scalar";
      if (info.abiVersion() != null) {
        Backends.selfTest(id);
        check += "; a panic in the library comes back as an error";
      }
      return new BackendHealth(id, info, null, check, true);
    } catch (RuntimeException e) {
      return new BackendHealth(id, info, null, "FAILED: " + e.getMessage(), false);
    }
  }

  /** Returns the settings that have a value. */
  static Map<String, String> activeSettings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String name : SETTINGS) {
      String variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
      String property = System.getProperty(name);
      String environment = System.getenv(variable);
      if (property != null && !property.isBlank()) {
        settings.put(name, property);
      } else if (environment != null && !environment.isBlank()) {
        settings.put(name, environment);
      }
    }
    return settings;
  }

  /** Returns whether the choice works and no check failed. */
  boolean healthy() {
    return chosen != null && backends.stream().allMatch(BackendHealth::agrees);
  }
}
