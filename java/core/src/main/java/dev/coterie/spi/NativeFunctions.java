package dev.coterie.spi;

import java.nio.ByteBuffer;

/**
 * The functions of {@code bindings/coterie.h}, one to one. Addresses are plain longs that the
 * caller keeps valid for the call; heap arrays appear only in functions that the header marks as
 * critical. Every result is a status unless said otherwise. Implemented by the FFM and the JNA
 * binding; all checks and meanings live above this interface.
 */
public interface NativeFunctions {

  /**
   * {@code coterie_abi_version}: major version in the upper 16 bits, minor version in the lower.
   */
  int abiVersion();

  /** {@code coterie_build_info}: one line about the library. */
  String buildInfo();

  /** {@code coterie_isa}: the instruction set in use. */
  int isa();

  /** {@code coterie_isa_select}. */
  int isaSelect(int isa, long error);

  /** {@code coterie_memory_allocate}. */
  int memoryAllocate(long bytes, long memory, long error);

  /** {@code coterie_memory_release}. */
  int memoryRelease(long handle, long error);

  /** {@code coterie_memory_stats}. */
  int memoryStats(long stats, long error);

  /** {@code coterie_consensus_fit}. */
  int consensusFit(long problem, long outcome, long control, long error);

  /** {@code coterie_online_create}. */
  int onlineCreate(long options, long out, long error);

  /** {@code coterie_online_add}. */
  int onlineAdd(long handle, long answers, long error);

  /** {@code coterie_online_remove}. */
  int onlineRemove(long handle, long task, long expert, long pairs, long error);

  /** {@code coterie_online_refit}. */
  int onlineRefit(long handle, int threads, long summary, long control, long error);

  /** {@code coterie_online_read}. */
  int onlineRead(long handle, long view, long error);

  /** {@code coterie_online_statistics}. */
  int onlineStatistics(long handle, long out, long error);

  /** {@code coterie_online_save}. */
  int onlineSave(
      long handle,
      long names,
      long namesLength,
      long buffer,
      long capacity,
      long length,
      long error);

  /** {@code coterie_online_load}. */
  int onlineLoad(long buffer, long length, long out, long error);

  /** {@code coterie_online_release}. */
  int onlineRelease(long handle, long error);

  /** {@code coterie_acquisition_plan}. */
  int acquisitionPlan(long question, long out, long error);

  /** {@code coterie_agreement_measure}. */
  int agreementMeasure(long problem, long out, long outLength, long control, long error);

  /** {@code coterie_pairwise_fit}. */
  int pairwiseFit(long problem, long outcome, long control, long error);

  /** {@code coterie_numeric_fit}. */
  int numericFit(long problem, long outcome, long control, long error);

  /** {@code coterie_text_rover}. */
  int textRover(long problem, long outcome, long control, long error);

  /** {@code coterie_text_similarities}. */
  int textSimilarities(long problem, int task, long out, long outLength, long control, long error);

  /** {@code coterie_text_pairs}. */
  int textPairs(long problem, int task, long found, long control, long error);

  /** {@code coterie_text_consensus}. */
  int textConsensus(long problem, long outcome, long control, long error);

  /** {@code coterie_text_wire}. */
  int textWire(
      long options,
      long message,
      long length,
      long out,
      long capacity,
      long written,
      long control,
      long error);

  /** {@code coterie_wire_check}. */
  int wireCheck(long message, long length, long out, long capacity, long report, long error);

  /** {@code coterie_selftest_panic}. */
  int selftestPanic(long error);

  /** {@code coterie_exp_f64}, critical. */
  int expF64(double[] x, double[] out, long n);

  /** {@code coterie_log_f64}, critical. */
  int logF64(double[] x, double[] out, long n);

  /** {@code coterie_sum_f64}, critical. */
  int sumF64(double[] x, long n, double[] out);

  /** Returns the address of a direct buffer's first byte; valid while the buffer is reachable. */
  long address(ByteBuffer direct);

  /**
   * Returns a direct buffer in native byte order over native memory, which it does not keep alive.
   */
  ByteBuffer view(long address, int bytes);
}
