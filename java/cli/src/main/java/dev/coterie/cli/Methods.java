package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.input.Quoted;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.ConsensusMethod;
import dev.coterie.consensus.DawidSkene;
import dev.coterie.consensus.EmBuilder;
import dev.coterie.consensus.MajorityVote;
import dev.coterie.consensus.MethodBuilder;
import dev.coterie.consensus.OneCoinDawidSkene;
import dev.coterie.consensus.WeightedVote;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes methods from the options of the command line, checked against the table. */
final class Methods {
  private final MethodOptions options;
  private final Map<String, String> gold = new LinkedHashMap<>();

  /** Checks what the options say about tasks and labels; {@code goldFile} may be null. */
  Methods(MethodOptions options, LabelFile goldFile, AnswerTable table) {
    this.options = options;
    if (goldFile != null) {
      goldFile.entries().forEach((task, entry) -> addGold(goldFile, task, entry, table));
    }
    if (options.classPriors() != null) {
      checkPriors(table);
    }
  }

  private void addGold(LabelFile file, String task, LabelFile.Entry entry, AnswerTable table) {
    if (table.indexOfTask(task) < 0) {
      throw file.wrong(
          entry, "task " + Quoted.text(task) + " has no answers; correct it or delete the line");
    }
    if (table.indexOfLabel(entry.label()) < 0) {
      throw file.wrong(
          entry,
          "no expert ever gave label "
              + Quoted.text(entry.label())
              + "; correct it or delete the line");
    }
    gold.put(task, entry.label());
  }

  private void checkPriors(AnswerTable table) {
    Map<String, Double> priors = options.classPriors();
    for (String label : priors.keySet()) {
      if (table.indexOfLabel(label) < 0) {
        throw new InputException(
            "--class-priors name label "
                + Quoted.text(label)
                + ", which no expert ever gave; correct it or leave it out");
      }
    }
    for (int i = 0; i < table.labels(); i++) {
      if (!priors.containsKey(table.labelName(i))) {
        throw new InputException(
            "--class-priors lack label " + Quoted.text(table.labelName(i)) + "; add it");
      }
    }
  }

  /** Makes the method of this id. */
  ConsensusMethod method(String id) {
    return switch (id) {
      case "majority-vote" -> common(MajorityVote.builder()).build();
      case "weighted-vote" ->
          common(WeightedVote.builder()).positional(options.positional()).build();
      case "dawid-skene" -> em(DawidSkene.builder()).build();
      case "one-coin-dawid-skene" -> em(OneCoinDawidSkene.builder()).build();
      default -> throw new IllegalArgumentException("unknown method " + id);
    };
  }

  private <B extends MethodBuilder<B>> B common(B builder) {
    return builder
        .gold(gold)
        .repeats(options.repeats())
        .threads(options.threads())
        .backend(options.backend());
  }

  private <B extends EmBuilder<B>> B em(B builder) {
    if (options.classPriors() != null) {
      builder.classPriors(options.classPriors());
    }
    return common(builder)
        .maxIterations(options.maxIterations())
        .tolerance(options.tolerance())
        .smoothing(options.smoothing());
  }

  /** Returns the options that decide the result of a method, for its document. */
  Map<String, Object> described(String id) {
    Map<String, Object> described = new LinkedHashMap<>();
    if (id.endsWith("dawid-skene")) {
      described.put("max_iterations", options.maxIterations());
      described.put("tolerance", options.tolerance());
      described.put("smoothing", options.smoothing());
      described.put("class_priors", options.classPriors());
    }
    if (id.equals("weighted-vote")) {
      described.put("positional", options.positional());
    }
    described.put("repeats", options.repeatsWord());
    described.put("gold", gold);
    return described;
  }
}
