package dev.coterie.testing;

import dev.coterie.internal.abi.Layouts;
import dev.coterie.internal.abi.Status;
import dev.coterie.spi.NativeFunctions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Stands in for the native library where a test is about what lies above it: statuses and messages,
 * struct contents, counts. It computes nothing: results of the real library are tested with the
 * bindings. Addresses are made up; each direct buffer gets a range of its own.
 */
public class FakeNative implements NativeFunctions {
  private final TreeMap<Long, ByteBuffer> space = new TreeMap<>();
  private final Map<Long, Long> blocks = new TreeMap<>();
  private long nextAddress = 1 << 20;
  private long nextHandle = 1;

  public int abi = 1 << 16;
  public int isa = 1;
  public Set<Integer> isas = new HashSet<>(Set.of(0, 1));
  public int nextStatus = Status.OK;
  public String nextMessage = "";
  public int abiCalls;
  public int otherCalls;

  /** What happens inside a fit, with the struct addresses. */
  public interface Fit {
    int fit(long problem, long outcome, long control, long error);
  }

  public Fit fit = (problem, outcome, control, error) -> Status.OK;

  private int answer(long error) {
    otherCalls++;
    int status = nextStatus;
    nextStatus = Status.OK;
    return status == Status.OK ? status : fail(status, nextMessage, error);
  }

  public int fail(int status, String message, long error) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    ByteBuffer struct = at(error, Layouts.Error.SIZE);
    struct.putInt(Layouts.Error.CODE, status).putInt(Layouts.Error.LENGTH, bytes.length);
    struct.put(Layouts.Error.MESSAGE, bytes);
    return status;
  }

  public synchronized int liveBlocks() {
    return blocks.size();
  }

  /** Returns the bytes at a made-up address. */
  public synchronized ByteBuffer at(long address, int bytes) {
    Map.Entry<Long, ByteBuffer> entry = space.floorEntry(address);
    return entry
        .getValue()
        .slice((int) (address - entry.getKey()), bytes)
        .order(ByteOrder.nativeOrder());
  }

  @Override
  public int abiVersion() {
    abiCalls++;
    return abi;
  }

  @Override
  public String buildInfo() {
    otherCalls++;
    return "coterie 9.8.7 abi 1.0 fake";
  }

  @Override
  public int isa() {
    otherCalls++;
    return isa;
  }

  @Override
  public int isaSelect(int wanted, long error) {
    if (!isas.contains(wanted)) {
      return fail(Status.UNSUPPORTED, "not on this machine", error);
    }
    isa = wanted;
    return answer(error);
  }

  @Override
  public synchronized int memoryAllocate(long bytes, long memory, long error) {
    if (nextStatus != Status.OK) {
      return answer(error);
    }
    ByteBuffer buffer = ByteBuffer.allocateDirect((int) bytes);
    long address = address(buffer);
    at(memory, Layouts.Memory.SIZE)
        .putLong(Layouts.Memory.HANDLE, nextHandle)
        .putLong(Layouts.Memory.ADDRESS, address)
        .putLong(Layouts.Memory.BYTES, bytes);
    blocks.put(nextHandle++, address);
    return Status.OK;
  }

  @Override
  public synchronized int memoryRelease(long handle, long error) {
    return blocks.remove(handle) == null
        ? fail(Status.STALE_HANDLE, "handle " + handle + " is closed", error)
        : Status.OK;
  }

  @Override
  public synchronized int memoryStats(long stats, long error) {
    at(stats, Layouts.MemoryStats.SIZE).putLong(Layouts.MemoryStats.BLOCKS, blocks.size());
    return Status.OK;
  }

  @Override
  public int consensusFit(long problem, long outcome, long control, long error) {
    return nextStatus != Status.OK ? answer(error) : fit.fit(problem, outcome, control, error);
  }

  @Override
  public int onlineCreate(long options, long out, long error) {
    return answer(error);
  }

  @Override
  public int onlineAdd(long handle, long answers, long error) {
    return answer(error);
  }

  @Override
  public int onlineRemove(long handle, long task, long expert, long pairs, long error) {
    return answer(error);
  }

  @Override
  public int onlineRefit(long handle, int threads, long summary, long control, long error) {
    return answer(error);
  }

  @Override
  public int onlineRead(long handle, long view, long error) {
    return answer(error);
  }

  @Override
  public int onlineStatistics(long handle, long out, long error) {
    return answer(error);
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
    return answer(error);
  }

  @Override
  public int onlineLoad(long buffer, long length, long out, long error) {
    return answer(error);
  }

  @Override
  public int onlineRelease(long handle, long error) {
    return answer(error);
  }

  @Override
  public int acquisitionPlan(long question, long out, long error) {
    return answer(error);
  }

  @Override
  public int agreementMeasure(long problem, long out, long outLength, long control, long error) {
    return answer(error);
  }

  @Override
  public int pairwiseFit(long problem, long outcome, long control, long error) {
    return nextStatus != Status.OK ? answer(error) : fit.fit(problem, outcome, control, error);
  }

  @Override
  public int numericFit(long problem, long outcome, long control, long error) {
    return nextStatus != Status.OK ? answer(error) : fit.fit(problem, outcome, control, error);
  }

  @Override
  public int textRover(long problem, long outcome, long control, long error) {
    return nextStatus != Status.OK ? answer(error) : fit.fit(problem, outcome, control, error);
  }

  @Override
  public int textSimilarities(
      long problem, int task, long out, long outLength, long control, long error) {
    return answer(error);
  }

  @Override
  public int textPairs(long problem, int task, long found, long control, long error) {
    return answer(error);
  }

  @Override
  public int textConsensus(long problem, long outcome, long control, long error) {
    return answer(error);
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
    return answer(error);
  }

  @Override
  public int wireCheck(
      long message, long length, long out, long capacity, long report, long error) {
    return answer(error);
  }

  @Override
  public int selftestPanic(long error) {
    return nextStatus != Status.OK
        ? answer(error)
        : fail(Status.PANIC, "panicked on purpose", error);
  }

  @Override
  public int expF64(double[] x, double[] out, long n) {
    return answerWithoutError();
  }

  @Override
  public int logF64(double[] x, double[] out, long n) {
    return answerWithoutError();
  }

  @Override
  public int sumF64(double[] x, long n, double[] out) {
    out[0] = n;
    return answerWithoutError();
  }

  private int answerWithoutError() {
    int status = nextStatus;
    nextStatus = Status.OK;
    return status;
  }

  @Override
  public synchronized long address(ByteBuffer direct) {
    long address = nextAddress;
    nextAddress += (direct.capacity() / 4096 + 2) * 4096L;
    space.put(address, direct.duplicate().order(ByteOrder.nativeOrder()));
    return address;
  }

  @Override
  public ByteBuffer view(long address, int bytes) {
    return at(address, bytes);
  }
}
