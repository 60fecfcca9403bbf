package dev.coterie.cli;

import dev.coterie.consensus.Consensus;

/** The result of a method and how long it took. */
record Fit(String method, Consensus consensus, long nanos) {}
