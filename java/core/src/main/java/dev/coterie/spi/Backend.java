package dev.coterie.spi;

import dev.coterie.BackendInfo;

/** One way to do the work. Backends live as long as the process and are safe for use by many threads. */
public interface Backend {

  /** Returns what this backend is, for logs and bug reports. */
  BackendInfo info();

  /** Returns where this backend's engines read tables and write results without a copy. */
  Storage storage();

  /** Returns the consensus engine. */
  ConsensusEngine consensus();

  /** Returns the elementary kernels on heap arrays, as the parity suite and {@code coterie doctor} call them. */
  KernelProbe kernels();
}
