package dev.coterie.spi;

import dev.coterie.BackendInfo;
import dev.coterie.internal.agreement.JavaAgreement;
import dev.coterie.internal.memory.DirectMemory;
import dev.coterie.internal.sequence.JavaSequences;
import dev.coterie.internal.text.JavaText;

/**
 * One way to do the work. Backends live as long as the process and are safe for use by many
 * threads.
 */
public interface Backend {

  /** Returns what this backend is, for logs and bug reports. */
  BackendInfo info();

  /** Returns where this backend's engines read tables and write results without a copy. */
  Storage storage();

  /** Returns the consensus engine. */
  ConsensusEngine consensus();

  /** Returns the engine of live models. */
  OnlineEngine online();

  /** Returns the engine of agreement measures; the one in Java unless the backend has its own. */
  default AgreementEngine agreement() {
    return JavaAgreement.ENGINE;
  }

  /** Returns the engine for numeric answers. */
  default NumericEngine numeric() {
    throw new UnsupportedOperationException(
        "backend " + info().id() + " has no engine for numeric answers");
  }

  /**
   * Returns the engine for comparisons.
   *
   * @throws UnsupportedOperationException when this backend has none
   */
  default PairwiseEngine pairwise() {
    throw new UnsupportedOperationException("backend " + info().id() + " has no pairwise engine");
  }

  /**
   * Returns the engine for texts; the one in Java over the scalar kernels unless the backend has
   * its own.
   */
  default TextEngine text() {
    return JavaText.SCALAR;
  }

  /** Returns the engine for sequences; the one in Java unless the backend has its own. */
  default SequenceEngine sequences() {
    return JavaSequences.ENGINE;
  }

  /**
   * Returns the elementary kernels on heap arrays, as the parity suite and {@code coterie doctor}
   * call them.
   */
  KernelProbe kernels();

  /**
   * Returns where blocks of off-heap memory come from; direct buffers unless the backend has
   * better.
   */
  default MemorySource memory() {
    return DirectMemory.SOURCE;
  }

  /**
   * Proves that a failure inside the backend comes back as an error.
   *
   * @return the message that came back, or a remark that this backend has no such test
   */
  default String selfTest() {
    return "backend " + info().id() + " is Java and has no native self-test";
  }
}
