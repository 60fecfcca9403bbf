package dev.coterie.cli.method;

import dev.coterie.consensus.BinaryRelevance;
import dev.coterie.consensus.ConsensusMethod;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The methods for sets of labels: those for labels, asked of each label whether it holds. */
final class MultiLabelMethods {
  /** A question with two answers has no ranks. */
  private static final String OF_RANKS = "ordinal";

  static final List<Method<BinaryRelevance>> ALL =
      Catalogue.categorical().stream()
          .filter(method -> !method.id().equals(OF_RANKS))
          .map(MultiLabelMethods::ofEachLabel)
          .toList();

  private MultiLabelMethods() {}

  private static Method<BinaryRelevance> ofEachLabel(Method<ConsensusMethod> method) {
    Map<MethodOption, Object> options = new EnumMap<>(method.options());
    options.remove(MethodOption.CLASS_PRIORS);
    // An expert has one set of labels for a task.
    options.remove(MethodOption.REPEATS);
    return new Method<>(
        method.id(),
        Kind.MULTI_LABEL,
        method.description(),
        options,
        settings ->
            settings.hasGold()
                ? BinaryRelevance.of(label -> method.build(settings.asking(label)))
                : BinaryRelevance.of(method.build(settings)));
  }
}
