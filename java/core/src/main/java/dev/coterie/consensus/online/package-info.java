/**
 * Consensus that is alive: answers come and go without a full refit, the model says which answer to
 * buy next and when to stop, and it is saved and restored as one file.
 *
 * <pre>{@code
 * try (OnlineConsensus online = OnlineConsensus.builder().labels("yes", "no").build()) {
 *   online.declare(List.of("question 1", "question 2"), List.of("Ann", "Bob", "Eve"));
 *   Acquisition acquisition = Acquisition.builder().confidence(0.95).build();
 *   for (Acquisition.Plan plan = acquisition.plan(online); !plan.asks().isEmpty(); ) {
 *     Acquisition.Ask ask = plan.asks().get(0);
 *     online.add(ask.task(), ask.expert(), askSomebody(ask.task(), ask.expert()));
 *     plan = acquisition.plan(online);
 *   }
 *   online.save(Path.of("questions.coterie"));
 * }
 * }</pre>
 */
package dev.coterie.consensus.online;
