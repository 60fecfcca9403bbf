package dev.coterie.ffm;

import static java.lang.foreign.MemorySegment.ofAddress;
import static java.lang.foreign.MemorySegment.ofArray;

import dev.coterie.ffm.generated.CoterieH;
import dev.coterie.spi.NativeFunctions;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The native functions through Panama. Addresses become segments of the global scope, which have no
 * liveness to check on each call; the callers of {@link NativeFunctions} keep them valid.
 */
final class FfmFunctions implements NativeFunctions {

  private FfmFunctions() {}

  /**
   * Loads the library and returns its functions. Each function is bound when it is first called, so
   * that {@link #abiVersion} can be asked of a library that lacks others.
   *
   * @throws IllegalCallerException when this module may not use native access
   * @throws UnsatisfiedLinkError saying why when the file cannot be loaded
   */
  static NativeFunctions load(Path path) {
    LoadedLibrary.load(path);
    return new FfmFunctions();
  }

  /**
   * The functions that take heap arrays. jextract cannot bind critical functions, so that its
   * addresses and descriptors are bound here again. A critical call stays in the Java state of the
   * thread: it is bounded and short, as the header promises.
   */
  static final class Critical {
    static final MethodHandle EXP_F64 =
        bind(CoterieH.coterie_exp_f64$address(), CoterieH.coterie_exp_f64$descriptor());
    static final MethodHandle LOG_F64 =
        bind(CoterieH.coterie_log_f64$address(), CoterieH.coterie_log_f64$descriptor());
    static final MethodHandle SUM_F64 =
        bind(CoterieH.coterie_sum_f64$address(), CoterieH.coterie_sum_f64$descriptor());

    private Critical() {}

    private static MethodHandle bind(MemorySegment address, FunctionDescriptor descriptor) {
      return Linker.nativeLinker()
          .downcallHandle(address, descriptor, Linker.Option.critical(true));
    }
  }

  @Override
  public int abiVersion() {
    return CoterieH.coterie_abi_version();
  }

  @Override
  public String buildInfo() {
    return CoterieH.coterie_build_info().getString(0);
  }

  @Override
  public int isa() {
    return CoterieH.coterie_isa();
  }

  @Override
  public int isaSelect(int isa, long error) {
    return CoterieH.coterie_isa_select(isa, ofAddress(error));
  }

  @Override
  public int memoryAllocate(long bytes, long memory, long error) {
    return CoterieH.coterie_memory_allocate(bytes, ofAddress(memory), ofAddress(error));
  }

  @Override
  public int memoryRelease(long handle, long error) {
    return CoterieH.coterie_memory_release(handle, ofAddress(error));
  }

  @Override
  public int memoryStats(long stats, long error) {
    return CoterieH.coterie_memory_stats(ofAddress(stats), ofAddress(error));
  }

  @Override
  public int consensusFit(long problem, long outcome, long control, long error) {
    return CoterieH.coterie_consensus_fit(
        ofAddress(problem), ofAddress(outcome), ofAddress(control), ofAddress(error));
  }

  @Override
  public int onlineCreate(long options, long out, long error) {
    return CoterieH.coterie_online_create(ofAddress(options), ofAddress(out), ofAddress(error));
  }

  @Override
  public int onlineAdd(long handle, long answers, long error) {
    return CoterieH.coterie_online_add(handle, ofAddress(answers), ofAddress(error));
  }

  @Override
  public int onlineRemove(long handle, long task, long expert, long pairs, long error) {
    return CoterieH.coterie_online_remove(
        handle, ofAddress(task), ofAddress(expert), pairs, ofAddress(error));
  }

  @Override
  public int onlineRefit(long handle, int threads, long summary, long control, long error) {
    return CoterieH.coterie_online_refit(
        handle, threads, ofAddress(summary), ofAddress(control), ofAddress(error));
  }

  @Override
  public int onlineRead(long handle, long view, long error) {
    return CoterieH.coterie_online_read(handle, ofAddress(view), ofAddress(error));
  }

  @Override
  public int onlineStatistics(long handle, long out, long error) {
    return CoterieH.coterie_online_statistics(handle, ofAddress(out), ofAddress(error));
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
    return CoterieH.coterie_online_save(
        handle,
        ofAddress(names),
        namesLength,
        ofAddress(buffer),
        capacity,
        ofAddress(length),
        ofAddress(error));
  }

  @Override
  public int onlineLoad(long buffer, long length, long out, long error) {
    return CoterieH.coterie_online_load(
        ofAddress(buffer), length, ofAddress(out), ofAddress(error));
  }

  @Override
  public int onlineRelease(long handle, long error) {
    return CoterieH.coterie_online_release(handle, ofAddress(error));
  }

  @Override
  public int acquisitionPlan(long question, long out, long error) {
    return CoterieH.coterie_acquisition_plan(ofAddress(question), ofAddress(out), ofAddress(error));
  }

  @Override
  public int agreementMeasure(long problem, long out, long outLength, long control, long error) {
    return CoterieH.coterie_agreement_measure(
        ofAddress(problem), ofAddress(out), outLength, ofAddress(control), ofAddress(error));
  }

  @Override
  public int pairwiseFit(long problem, long outcome, long control, long error) {
    return CoterieH.coterie_pairwise_fit(
        ofAddress(problem), ofAddress(outcome), ofAddress(control), ofAddress(error));
  }

  @Override
  public int numericFit(long problem, long outcome, long control, long error) {
    return CoterieH.coterie_numeric_fit(
        ofAddress(problem), ofAddress(outcome), ofAddress(control), ofAddress(error));
  }

  @Override
  public int textRover(long problem, long outcome, long control, long error) {
    return CoterieH.coterie_text_rover(
        ofAddress(problem), ofAddress(outcome), ofAddress(control), ofAddress(error));
  }

  @Override
  public int textSimilarities(
      long problem, int task, long out, long outLength, long control, long error) {
    return CoterieH.coterie_text_similarities(
        ofAddress(problem), task, ofAddress(out), outLength, ofAddress(control), ofAddress(error));
  }

  @Override
  public int textPairs(long problem, int task, long found, long control, long error) {
    return CoterieH.coterie_text_pairs(
        ofAddress(problem), task, ofAddress(found), ofAddress(control), ofAddress(error));
  }

  @Override
  public int textConsensus(long problem, long outcome, long control, long error) {
    return CoterieH.coterie_text_consensus(
        ofAddress(problem), ofAddress(outcome), ofAddress(control), ofAddress(error));
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
    return CoterieH.coterie_text_wire(
        ofAddress(options),
        ofAddress(message),
        length,
        ofAddress(out),
        capacity,
        ofAddress(written),
        ofAddress(control),
        ofAddress(error));
  }

  @Override
  public int wireCheck(
      long message, long length, long out, long capacity, long report, long error) {
    return CoterieH.coterie_wire_check(
        ofAddress(message), length, ofAddress(out), capacity, ofAddress(report), ofAddress(error));
  }

  @Override
  public int selftestPanic(long error) {
    return CoterieH.coterie_selftest_panic(ofAddress(error));
  }

  @Override
  public int expF64(double[] x, double[] out, long n) {
    try {
      return (int) Critical.EXP_F64.invokeExact(ofArray(x), ofArray(out), n);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  @Override
  public int logF64(double[] x, double[] out, long n) {
    try {
      return (int) Critical.LOG_F64.invokeExact(ofArray(x), ofArray(out), n);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  @Override
  public int sumF64(double[] x, long n, double[] out) {
    try {
      return (int) Critical.SUM_F64.invokeExact(ofArray(x), n, ofArray(out));
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  @Override
  public long address(ByteBuffer direct) {
    if (!direct.isDirect()) {
      throw new IllegalArgumentException("the buffer is not direct");
    }
    return MemorySegment.ofBuffer(direct.duplicate().position(0)).address();
  }

  @Override
  public ByteBuffer view(long address, int bytes) {
    return ofAddress(address).reinterpret(bytes).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /** Downcalls declare Throwable, but throw only unchecked ones. */
  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    if (e instanceof RuntimeException runtime) {
      return runtime;
    }
    return new IllegalStateException(e);
  }
}
