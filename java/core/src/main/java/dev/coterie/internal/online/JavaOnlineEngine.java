package dev.coterie.internal.online;

import dev.coterie.spi.ConsensusEngine;
import dev.coterie.spi.OnlineEngine;
import dev.coterie.spi.OnlineModel;

/** Live models and plans in Java. */
public final class JavaOnlineEngine implements OnlineEngine {
  private final ConsensusEngine engine;

  /** Makes an engine whose models are refitted by another one. */
  public JavaOnlineEngine(ConsensusEngine engine) {
    this.engine = engine;
  }

  @Override
  public OnlineModel create(int labels, OnlineModel.Options options) {
    OptionRanges.check(options);
    AnswerStore store = new AnswerStore();
    store.checkSizes(0, 0, labels);
    store.grow(0, 0, labels);
    return new JavaOnlineModel(engine, options, store);
  }

  @Override
  public OnlineModel load(byte[] state) {
    StateFile.Content content = StateFile.read(state);
    return new JavaOnlineModel(engine, content.options(), content.store());
  }

  @Override
  public Plan plan(Question question) {
    return new Planner(question).plan();
  }
}
