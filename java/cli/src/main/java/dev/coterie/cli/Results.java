package dev.coterie.cli;

import java.io.IOException;
import java.io.Writer;

/** A result that can be written in every form. */
interface Results {
  /** Writes all of it as one JSON document. */
  void json(Writer writer) throws IOException;

  /** Writes a line for each task or item. */
  void csv(Writer writer, char delimiter) throws IOException;

  /** Returns whether there are experts to write about. */
  boolean hasExperts();

  /** Writes a line for each expert. */
  void experts(Writer writer, char delimiter) throws IOException;
}
