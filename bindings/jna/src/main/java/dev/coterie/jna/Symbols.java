package dev.coterie.jna;

import com.sun.jna.Native;

/** The functions of {@code coterie.h} for JNA's direct mapping. Pointers are plain addresses. */
final class Symbols {
  static {
    Native.register(Symbols.class, LoadedLibrary.get());
  }

  private Symbols() {}

  static native long coterie_build_info();

  static native int coterie_isa();

  static native int coterie_isa_select(int isa, long error);

  static native int coterie_memory_allocate(long bytes, long out, long error);

  static native int coterie_memory_release(long handle, long error);

  static native int coterie_memory_stats(long out, long error);

  static native int coterie_consensus_fit(long problem, long outcome, long control, long error);

  static native int coterie_online_create(long options, long out, long error);

  static native int coterie_online_add(long handle, long answers, long error);

  static native int coterie_online_remove(
      long handle, long task, long expert, long pairs, long error);

  static native int coterie_online_refit(
      long handle, int threads, long summary, long control, long error);

  static native int coterie_online_read(long handle, long view, long error);

  static native int coterie_online_statistics(long handle, long out, long error);

  static native int coterie_online_save(
      long handle,
      long names,
      long namesLength,
      long buffer,
      long capacity,
      long length,
      long error);

  static native int coterie_online_load(long buffer, long length, long out, long error);

  static native int coterie_online_release(long handle, long error);

  static native int coterie_acquisition_plan(long question, long out, long error);

  static native int coterie_agreement_measure(
      long problem, long out, long outLength, long control, long error);

  static native int coterie_pairwise_fit(long problem, long outcome, long control, long error);

  static native int coterie_numeric_fit(long problem, long outcome, long control, long error);

  static native int coterie_text_rover(long problem, long outcome, long control, long error);

  static native int coterie_text_similarities(
      long problem, int task, long out, long outLength, long control, long error);

  static native int coterie_text_pairs(
      long problem, int task, long found, long control, long error);

  static native int coterie_text_consensus(long problem, long outcome, long control, long error);

  static native int coterie_text_wire(
      long options,
      long message,
      long length,
      long out,
      long capacity,
      long written,
      long control,
      long error);

  static native int coterie_wire_check(
      long message, long length, long out, long capacity, long report, long error);

  static native int coterie_selftest_panic(long error);

  static native int coterie_exp_f64(double[] x, double[] out, long n);

  static native int coterie_log_f64(double[] x, double[] out, long n);

  static native int coterie_sum_f64(double[] x, long n, double[] out);
}
