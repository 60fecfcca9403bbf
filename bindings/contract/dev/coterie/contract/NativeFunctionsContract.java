package dev.coterie.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.spi.Isa;
import dev.coterie.spi.NativeFunctions;
import dev.coterie.testing.GoldenData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every binding does with the real library. */
@NeedsLibrary
public abstract class NativeFunctionsContract {
  private final HeaderFile header = HeaderFile.read();
  private final NativeFunctions functions = functions();
  private final int isa = functions.isa();
  private final Struct error = new Struct(functions, header, "coterie_error_t");

  /** Returns the binding's functions. */
  protected abstract NativeFunctions functions();

  @AfterEach
  void restoreIsa() {
    assertOk(functions.isaSelect(isa, error.address()));
  }

  @Test
  void versionIsThatOfTheHeader() {
    assertEquals(
        constant("COTERIE_ABI_MAJOR") << 16 | constant("COTERIE_ABI_MINOR"),
        functions.abiVersion());
  }

  @Test
  void buildInfoIsOneLine() {
    String info = functions.buildInfo();
    assertTrue(info.length() > 10 && info.length() < 500, info);
    assertEquals(1, info.lines().count(), info);
  }

  @Test
  void everyInstructionSetOfThisMachineCanBeSelected() {
    for (int wanted : selectableIsas()) {
      assertOk(functions.isaSelect(wanted, error.address()));
      assertEquals(wanted, functions.isa());
    }
  }

  @Test
  void unknownInstructionSetIsRefusedWithMessage() {
    int status = functions.isaSelect(99, error.address());
    assertEquals(constant("COTERIE_INVALID_ARGUMENT"), status);
    assertEquals(status, error.intAt("code"));
    assertTrue(error.message().contains("99"), error.message());
    assertEquals(isa, functions.isa());
  }

  @Test
  void errorMayBeNull() {
    assertEquals(constant("COTERIE_INVALID_ARGUMENT"), functions.isaSelect(-1, 0));
    assertEquals(constant("COTERIE_STALE_HANDLE"), functions.memoryRelease(0, 0));
  }

  @Test
  void panicComesBackAsStatusAndTheProcessLives() {
    for (int i = 0; i < 3; i++) {
      assertEquals(constant("COTERIE_PANIC"), functions.selftestPanic(error.address()));
      assertEquals(constant("COTERIE_PANIC"), error.intAt("code"));
      assertTrue(error.message().length() > 5, error.message());
    }
    assertEquals(constant("COTERIE_PANIC"), functions.selftestPanic(0));
    assertOk(functions.isaSelect(isa, error.address()));
  }

  @Test
  void exponentialAndLogarithmAreGolden() {
    double[][] exp = pairs("exp");
    double[][] log = pairs("log");
    for (int each : selectableIsas()) {
      assertOk(functions.isaSelect(each, error.address()));
      double[] out = new double[exp[0].length];
      assertOk(functions.expF64(exp[0], out, out.length));
      assertSameBits("exp on " + Isa.name(each), exp[0], exp[1], out);
      out = new double[log[0].length];
      assertOk(functions.logF64(log[0], out, out.length));
      assertSameBits("log on " + Isa.name(each), log[0], log[1], out);
    }
  }

  @Test
  void resultMayReplaceInputAndOnlyTheFirstElementsCount() {
    double[][] exp = pairs("exp");
    double[] values = exp[0].clone();
    int n = values.length - 1;
    assertOk(functions.expF64(values, values, n));
    assertArrayEquals(Arrays.copyOf(exp[1], n), Arrays.copyOf(values, n));
    assertEquals(exp[0][n], values[n]);
  }

  @Test
  void sumIsGolden() {
    for (int each : selectableIsas()) {
      assertOk(functions.isaSelect(each, error.address()));
      for (String[] fields : GoldenData.kernel("sum")) {
        double[] x =
            GoldenData.sumInput(Integer.parseInt(fields[0]), Long.parseUnsignedLong(fields[1], 16));
        if (x.length <= constant("COTERIE_KERNEL_LIMIT")) {
          double[] out = new double[1];
          assertOk(functions.sumF64(x, x.length, out));
          assertEquals(
              Long.parseUnsignedLong(fields[2], 16), Double.doubleToRawLongBits(out[0]), fields[0]);
        }
      }
    }
  }

  @Test
  void kernelsRefuseMoreThanTheirLimit() {
    int limit = constant("COTERIE_KERNEL_LIMIT");
    double[] full = new double[limit + 1];
    assertOk(functions.expF64(full, full, limit));
    int refused = constant("COTERIE_INVALID_ARGUMENT");
    assertEquals(refused, functions.expF64(full, full, limit + 1));
    assertEquals(refused, functions.logF64(full, full, limit + 1));
    assertEquals(refused, functions.sumF64(full, -1, new double[1]));
  }

  @Test
  void memoryIsZeroedAlignedAndCounted() {
    Struct before = stats();
    SplittableRandom random = new SplittableRandom(7);
    for (int bytes : new int[] {0, 1, 63, 64, 65, 4096, 1_000_003}) {
      Struct memory = allocate(bytes);
      assertEquals(0, memory.longAt("address") % 64);
      assertEquals(bytes, memory.longAt("bytes"));
      assertEquals(before.longAt("blocks") + 1, stats().longAt("blocks"));
      assertEquals(before.longAt("bytes") + bytes, stats().longAt("bytes"));
      ByteBuffer view = functions.view(memory.longAt("address"), bytes);
      assertEquals(ByteOrder.nativeOrder(), view.order());
      assertEquals(bytes, view.capacity());
      for (int i = 0; i < bytes; i++) {
        assertEquals(0, view.get(i));
      }
      if (bytes >= 4096) {
        int at = random.nextInt(bytes - 8);
        view.putLong(at, 0x0123456789abcdefL);
        ByteBuffer other = functions.view(memory.longAt("address") + at, 8);
        assertEquals(0x0123456789abcdefL, other.getLong(0));
        assertEquals(memory.longAt("address") + at, functions.address(other));
      }
      assertOk(functions.memoryRelease(memory.longAt("handle"), error.address()));
    }
    assertEquals(before.longAt("blocks"), stats().longAt("blocks"));
  }

  @Test
  void closedAndForgedHandlesAreRefused() {
    Struct memory = allocate(100);
    long handle = memory.longAt("handle");
    assertOk(functions.memoryRelease(handle, error.address()));
    int stale = constant("COTERIE_STALE_HANDLE");
    assertRefused(handle, stale);
    assertRefused(0, stale);
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < 1000; i++) {
      assertRefused(random.nextLong(), stale, constant("COTERIE_WRONG_HANDLE_TYPE"));
    }
    Struct next = allocate(100);
    assertNotEquals(handle, next.longAt("handle"));
    assertRefused(handle, stale);
    assertOk(functions.memoryRelease(next.longAt("handle"), error.address()));
  }

  @Test
  void impossibleMemoryIsRefused() {
    Struct memory = new Struct(functions, header, "coterie_memory_t");
    long[] sizes = {-1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 63};
    for (long bytes : sizes) {
      int status = functions.memoryAllocate(bytes, memory.address(), error.address());
      assertNotEquals(constant("COTERIE_OK"), status);
      assertNotEquals(constant("COTERIE_PANIC"), status, error.message());
      assertEquals(0, memory.longAt("handle"));
    }
  }

  @Test
  void nullStructsAreRefused() {
    int refused = constant("COTERIE_INVALID_ARGUMENT");
    assertEquals(refused, functions.memoryAllocate(1, 0, error.address()));
    assertEquals(refused, functions.memoryStats(0, error.address()));
    assertEquals(refused, functions.consensusFit(0, 0, 0, error.address()));
    Struct empty = new Struct(functions, header, "coterie_fit_problem_t");
    Struct outcome = new Struct(functions, header, "coterie_fit_outcome_t");
    assertEquals(
        refused, functions.consensusFit(empty.address(), outcome.address(), 0, error.address()));
    assertEquals(refused, functions.pairwiseFit(0, 0, 0, error.address()));
    Struct comparisons = new Struct(functions, header, "coterie_pairwise_problem_t");
    Struct scores = new Struct(functions, header, "coterie_pairwise_outcome_t");
    assertEquals(
        refused,
        functions.pairwiseFit(comparisons.address(), scores.address(), 0, error.address()));
    assertEquals(refused, functions.numericFit(0, 0, 0, error.address()));
    Struct numbers = new Struct(functions, header, "coterie_numeric_problem_t");
    Struct estimates = new Struct(functions, header, "coterie_numeric_outcome_t");
    assertEquals(
        refused, functions.numericFit(numbers.address(), estimates.address(), 0, error.address()));
    assertEquals(refused, functions.textRover(0, 0, 0, error.address()));
    Struct texts = new Struct(functions, header, "coterie_text_rover_problem_t");
    Struct built = new Struct(functions, header, "coterie_text_rover_outcome_t");
    assertEquals(
        refused, functions.textRover(texts.address(), built.address(), 0, error.address()));
  }

  @Test
  void addressIsThatOfTheFirstByteWhateverThePosition() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64);
    long address = functions.address(buffer);
    buffer.position(16).limit(32);
    assertEquals(address, functions.address(buffer));
    assertEquals(address + 16, functions.address(buffer.slice()));
    assertEquals(16, buffer.position());
    assertEquals(address, functions.address(buffer.asReadOnlyBuffer()));
    assertThrows(IllegalArgumentException.class, () -> functions.address(ByteBuffer.allocate(8)));
  }

  private int constant(String name) {
    return header.constants().get(name);
  }

  private void assertOk(int status) {
    assertEquals(constant("COTERIE_OK"), status);
  }

  private void assertRefused(long handle, Integer... statuses) {
    int status = functions.memoryRelease(handle, error.address());
    assertTrue(List.of(statuses).contains(status), Long.toHexString(handle) + ": " + status);
    assertEquals(status, error.intAt("code"));
  }

  private Struct allocate(long bytes) {
    Struct memory = new Struct(functions, header, "coterie_memory_t");
    assertOk(functions.memoryAllocate(bytes, memory.address(), error.address()));
    return memory;
  }

  private Struct stats() {
    Struct stats = new Struct(functions, header, "coterie_memory_stats_t");
    assertOk(functions.memoryStats(stats.address(), error.address()));
    return stats;
  }

  private List<Integer> selectableIsas() {
    List<Integer> result = new ArrayList<>();
    for (int each = 0; each < Isa.NAMES.size(); each++) {
      int status = functions.isaSelect(each, error.address());
      if (status == constant("COTERIE_OK")) {
        result.add(each);
      } else {
        assertEquals(constant("COTERIE_UNSUPPORTED"), status);
      }
    }
    assertTrue(result.contains(constant("COTERIE_ISA_SCALAR")));
    assertTrue(result.contains(isa));
    return result;
  }

  /** Returns the inputs and the results of a golden file. */
  private static double[][] pairs(String name) {
    List<String[]> lines = GoldenData.kernel(name);
    double[][] result = new double[2][lines.size()];
    for (int i = 0; i < lines.size(); i++) {
      result[0][i] = GoldenData.parseDouble(lines.get(i)[0]);
      result[1][i] = GoldenData.parseDouble(lines.get(i)[1]);
    }
    return result;
  }

  private static void assertSameBits(String what, double[] x, double[] expected, double[] actual) {
    for (int i = 0; i < x.length; i++) {
      assertEquals(
          Double.doubleToRawLongBits(expected[i]),
          Double.doubleToRawLongBits(actual[i]),
          what + " of " + x[i]);
    }
  }
}
