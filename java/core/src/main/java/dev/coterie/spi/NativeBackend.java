package dev.coterie.spi;

import dev.coterie.BackendInfo;
import dev.coterie.BackendUnavailableException;
import dev.coterie.CoterieNativeException;
import dev.coterie.internal.Settings;
import dev.coterie.internal.abi.Frame;
import dev.coterie.internal.abi.FramePool;
import dev.coterie.internal.abi.NativeAgreement;
import dev.coterie.internal.abi.NativeConsensus;
import dev.coterie.internal.abi.NativeKernels;
import dev.coterie.internal.abi.NativeMemory;
import dev.coterie.internal.abi.NativeNumeric;
import dev.coterie.internal.abi.NativeOnline;
import dev.coterie.internal.abi.NativePairwise;
import dev.coterie.internal.abi.NativeSequences;
import dev.coterie.internal.abi.NativeText;
import dev.coterie.internal.abi.Status;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backend over the functions of the native library: everything that the FFM and the JNA binding
 * have in common.
 */
public final class NativeBackend implements Backend {
  /** The major version of the C interface that this version speaks. */
  public static final int ABI_MAJOR = 1;

  /** The least minor version of the C interface that this version needs. */
  public static final int ABI_MINOR = 0;

  private static final Pattern VERSION = Pattern.compile("^coterie (\\S+) ");

  private final NativeFunctions functions;
  private final FramePool frames;
  private final NativeMemory memory;
  private final NativeConsensus consensus;
  private final NativeOnline online;
  private final NativeAgreement agreement;
  private final NativePairwise pairwise;
  private final NativeNumeric numeric;
  private final NativeSequences sequences;
  private final NativeText text;
  private final NativeKernels kernels;
  private final BackendInfo info;

  private NativeBackend(String id, NativeFunctions functions, NativeLibrary library, int abi) {
    this.functions = functions;
    this.frames = new FramePool(functions);
    selectIsa();
    this.memory = new NativeMemory(functions, frames);
    this.consensus = new NativeConsensus(functions, frames, memory);
    this.online = new NativeOnline(functions, frames, memory);
    this.agreement = new NativeAgreement(functions, frames, memory);
    this.pairwise = new NativePairwise(functions, frames, memory);
    this.numeric = new NativeNumeric(functions, frames, memory);
    this.sequences = new NativeSequences(functions, frames, memory);
    this.text = new NativeText(functions, frames, memory);
    this.kernels = new NativeKernels(functions);
    String build = functions.buildInfo();
    this.info =
        new BackendInfo(
            id,
            Isa.name(functions.isa()),
            library.bundled() ? null : library.path().toString(),
            library.version() != null ? library.version() : version(build),
            (abi >>> 16) + "." + (abi & 0xFFFF),
            build);
  }

  /**
   * Opens a backend. Before anything else the library's interface version is checked, by {@code
   * functions.abiVersion()} alone; then the instruction set is capped as {@code coterie.isa} says.
   *
   * @param id the backend's id
   * @param functions the bound functions
   * @param library where they come from
   * @return the backend
   * @throws BackendUnavailableException when the versions do not fit
   * @throws IllegalArgumentException when {@code coterie.isa} is unknown or names what this machine
   *     lacks
   */
  public static NativeBackend open(String id, NativeFunctions functions, NativeLibrary library) {
    int abi = functions.abiVersion();
    checkAbi(abi, library);
    return new NativeBackend(id, functions, library, abi);
  }

  /**
   * Checks a library's interface version; a binding that binds lazily may call it first.
   *
   * @param abi the version, as {@code coterie_abi_version} returns it
   * @param library where it comes from
   * @throws BackendUnavailableException when this version of Coterie cannot use the library
   */
  public static void checkAbi(int abi, NativeLibrary library) {
    if (abi >>> 16 != ABI_MAJOR || (abi & 0xFFFF) < ABI_MINOR) {
      throw new BackendUnavailableException(
          library.description()
              + " speaks version "
              + (abi >>> 16)
              + "."
              + (abi & 0xFFFF)
              + " of the interface, but this coterie-core needs "
              + ABI_MAJOR
              + "."
              + ABI_MINOR
              + " or a later "
              + ABI_MAJOR
              + ".x: use coterie-natives and coterie-core of the same version");
    }
  }

  /** Returns the version in {@code coterie 0.1.0 abi 1.0 ...}, or null. */
  private static String version(String buildInfo) {
    Matcher matcher = VERSION.matcher(buildInfo);
    return matcher.find() ? matcher.group(1) : null;
  }

  private void selectIsa() {
    int isa = Isa.checkSetting(Settings.get(Isa.SETTING));
    if (isa < 0) {
      return;
    }
    Frame frame = frames.acquire();
    try {
      int status = functions.isaSelect(isa, frame.error());
      if (status == Status.UNSUPPORTED) {
        throw new IllegalArgumentException(
            "coterie.isa asks for "
                + Isa.name(isa)
                + ", which cannot be used here ("
                + frame.message()
                + "): the best here is "
                + Isa.name(functions.isa())
                + "; leave the setting out to get it");
      }
      frame.check(status);
    } finally {
      frames.release(frame);
    }
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public Storage storage() {
    return Storage.OFF_HEAP;
  }

  @Override
  public ConsensusEngine consensus() {
    return consensus;
  }

  @Override
  public OnlineEngine online() {
    return online;
  }

  @Override
  public AgreementEngine agreement() {
    return agreement;
  }

  @Override
  public PairwiseEngine pairwise() {
    return pairwise;
  }

  @Override
  public NumericEngine numeric() {
    return numeric;
  }

  @Override
  public SequenceEngine sequences() {
    return sequences;
  }

  @Override
  public TextEngine text() {
    return text;
  }

  @Override
  public KernelProbe kernels() {
    return kernels;
  }

  @Override
  public MemorySource memory() {
    return memory;
  }

  @Override
  public String selfTest() {
    Frame frame = frames.acquire();
    try {
      int status = functions.selftestPanic(frame.error());
      if (status != Status.PANIC) {
        throw new CoterieNativeException(
            status, "the self-test returned status " + status + " instead of " + Status.PANIC);
      }
      return frame.message();
    } finally {
      frames.release(frame);
    }
  }
}
