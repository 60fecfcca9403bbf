package dev.coterie.jna;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.coterie.spi.NativeFunctions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The native functions through JNA's direct mapping. JNA copies heap arrays in and out. */
final class JnaFunctions implements NativeFunctions {

  private JnaFunctions() {}

  /**
   * Loads the library and returns its functions. Those but {@link #abiVersion} are bound when one
   * of them is first called, so that the version can be asked of a library that lacks others.
   *
   * @throws UnsatisfiedLinkError saying why when the file cannot be loaded
   */
  static NativeFunctions load(Path path) {
    LoadedLibrary.load(path);
    return new JnaFunctions();
  }

  @Override
  public int abiVersion() {
    return VersionSymbol.coterie_abi_version();
  }

  @Override
  public String buildInfo() {
    return new Pointer(Symbols.coterie_build_info()).getString(0, "UTF-8");
  }

  @Override
  public int isa() {
    return Symbols.coterie_isa();
  }

  @Override
  public int isaSelect(int isa, long error) {
    return Symbols.coterie_isa_select(isa, error);
  }

  @Override
  public int memoryAllocate(long bytes, long memory, long error) {
    return Symbols.coterie_memory_allocate(bytes, memory, error);
  }

  @Override
  public int memoryRelease(long handle, long error) {
    return Symbols.coterie_memory_release(handle, error);
  }

  @Override
  public int memoryStats(long stats, long error) {
    return Symbols.coterie_memory_stats(stats, error);
  }

  @Override
  public int consensusFit(long problem, long outcome, long control, long error) {
    return Symbols.coterie_consensus_fit(problem, outcome, control, error);
  }

  @Override
  public int onlineCreate(long options, long out, long error) {
    return Symbols.coterie_online_create(options, out, error);
  }

  @Override
  public int onlineAdd(long handle, long answers, long error) {
    return Symbols.coterie_online_add(handle, answers, error);
  }

  @Override
  public int onlineRemove(long handle, long task, long expert, long pairs, long error) {
    return Symbols.coterie_online_remove(handle, task, expert, pairs, error);
  }

  @Override
  public int onlineRefit(long handle, int threads, long summary, long control, long error) {
    return Symbols.coterie_online_refit(handle, threads, summary, control, error);
  }

  @Override
  public int onlineRead(long handle, long view, long error) {
    return Symbols.coterie_online_read(handle, view, error);
  }

  @Override
  public int onlineStatistics(long handle, long out, long error) {
    return Symbols.coterie_online_statistics(handle, out, error);
  }

  @Override
  public int onlineSave(
      long handle,
      long names,
      long namesLength,
      long buffer,
      long capacity,
      long length,
      long error) {
    return Symbols.coterie_online_save(handle, names, namesLength, buffer, capacity, length, error);
  }

  @Override
  public int onlineLoad(long buffer, long length, long out, long error) {
    return Symbols.coterie_online_load(buffer, length, out, error);
  }

  @Override
  public int onlineRelease(long handle, long error) {
    return Symbols.coterie_online_release(handle, error);
  }

  @Override
  public int acquisitionPlan(long question, long out, long error) {
    return Symbols.coterie_acquisition_plan(question, out, error);
  }

  @Override
  public int agreementMeasure(long problem, long out, long outLength, long control, long error) {
    return Symbols.coterie_agreement_measure(problem, out, outLength, control, error);
  }

  @Override
  public int pairwiseFit(long problem, long outcome, long control, long error) {
    return Symbols.coterie_pairwise_fit(problem, outcome, control, error);
  }

  @Override
  public int numericFit(long problem, long outcome, long control, long error) {
    return Symbols.coterie_numeric_fit(problem, outcome, control, error);
  }

  @Override
  public int textRover(long problem, long outcome, long control, long error) {
    return Symbols.coterie_text_rover(problem, outcome, control, error);
  }

  @Override
  public int textSimilarities(
      long problem, int task, long out, long outLength, long control, long error) {
    return Symbols.coterie_text_similarities(problem, task, out, outLength, control, error);
  }

  @Override
  public int textPairs(long problem, int task, long found, long control, long error) {
    return Symbols.coterie_text_pairs(problem, task, found, control, error);
  }

  @Override
  public int textConsensus(long problem, long outcome, long control, long error) {
    return Symbols.coterie_text_consensus(problem, outcome, control, error);
  }

  @Override
  public int textWire(
      long options,
      long message,
      long length,
      long out,
      long capacity,
      long written,
      long control,
      long error) {
    return Symbols.coterie_text_wire(
        options, message, length, out, capacity, written, control, error);
  }

  @Override
  public int wireCheck(
      long message, long length, long out, long capacity, long report, long error) {
    return Symbols.coterie_wire_check(message, length, out, capacity, report, error);
  }

  @Override
  public int selftestPanic(long error) {
    return Symbols.coterie_selftest_panic(error);
  }

  @Override
  public int expF64(double[] x, double[] out, long n) {
    return Symbols.coterie_exp_f64(x, out, n);
  }

  @Override
  public int logF64(double[] x, double[] out, long n) {
    return Symbols.coterie_log_f64(x, out, n);
  }

  @Override
  public int sumF64(double[] x, long n, double[] out) {
    return Symbols.coterie_sum_f64(x, n, out);
  }

  @Override
  public long address(ByteBuffer direct) {
    if (!direct.isDirect()) {
      throw new IllegalArgumentException("the buffer is not direct");
    }
    return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
  }

  @Override
  public ByteBuffer view(long address, int bytes) {
    return new Pointer(address).getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
  }
}
