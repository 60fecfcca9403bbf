package dev.coterie.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.msgpack.GoldenMessage;
import dev.coterie.msgpack.MessageMutation;
import dev.coterie.msgpack.WireException;
import dev.coterie.msgpack.WireForm;
import dev.coterie.spi.NativeFunctions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The readers of the wire form in Rust and in Java accept the same messages, write the same bytes,
 * and refuse the others at the same byte, in the same field, for the same reason.
 */
@NeedsLibrary
public abstract class WireContract {
  /** How many mutated messages are compared; a longer run sets the property. */
  private static final int CASES = Integer.getInteger("coterie.test.wire.cases", 20_000);

  /** The first seed, for a run over messages that no run before had. */
  private static final long SEED = Long.getLong("coterie.test.wire.seed", 1L << 32);

  private static final int ROOM = 1 << 20;

  private final HeaderFile header = HeaderFile.read();
  private final NativeFunctions functions = functions();
  private final Struct error = new Struct(functions, header, "coterie_error_t");
  private final Struct report = new Struct(functions, header, "coterie_wire_report_t");
  private final ByteBuffer message = ByteBuffer.allocateDirect(ROOM);
  private final ByteBuffer out = ByteBuffer.allocateDirect(ROOM);
  private final long messageAddress = functions.address(message);
  private final long outAddress = functions.address(out);

  /** Returns the binding's functions. */
  protected abstract NativeFunctions functions();

  /** What a reader says of a message. */
  private record Verdict(int kind, int reason, int position, String result) {}

  private Verdict ofNative(byte[] bytes) {
    message.put(0, bytes);
    int status =
        functions.wireCheck(
            messageAddress, bytes.length, outAddress, ROOM, report.address(), error.address());
    assertEquals(header.constants().get("COTERIE_OK"), status);
    byte[] result = new byte[(int) report.longAt("written")];
    out.get(0, result);
    return new Verdict(
        report.intAt("kind"),
        report.intAt("reason"),
        (int) report.longAt("position"),
        text(report.intAt("reason"), result));
  }

  private static Verdict ofJava(byte[] bytes) {
    try {
      WireForm form = WireForm.read(bytes);
      return new Verdict(form.kind().number(), 0, 0, text(0, form.toBytes()));
    } catch (WireException e) {
      return new Verdict(-1, e.reason().number(), e.position(), e.getMessage());
    }
  }

  private static String text(int reason, byte[] result) {
    return reason == 0
        ? HexFormat.of().formatHex(result)
        : new String(result, StandardCharsets.UTF_8);
  }

  private Verdict compare(byte[] bytes, String name) {
    Verdict verdict = ofJava(bytes);
    assertEquals(verdict, ofNative(bytes), () -> name + ": " + HexFormat.of().formatHex(bytes));
    return verdict;
  }

  @Test
  void goldenMessages() {
    List<GoldenMessage> golden = GoldenMessage.all();
    for (GoldenMessage each : golden) {
      Verdict verdict = compare(each.message(), each.name());
      assertEquals(each.accepted(), verdict.reason() == 0, each.name());
    }
    assertTrue(golden.size() > 700, golden.size() + " messages");
  }

  @Test
  void everyBeginningOfAMessage() {
    for (GoldenMessage each : GoldenMessage.all()) {
      if (each.accepted() && each.message().length < 1000) {
        for (int length = 0; length < each.message().length; length++) {
          compare(Arrays.copyOf(each.message(), length), each.name() + " cut to " + length);
        }
      }
    }
  }

  @Test
  void mutatedMessages() {
    List<GoldenMessage> golden =
        GoldenMessage.all().stream()
            .filter(each -> each.accepted() && each.message().length < 2000)
            .toList();
    int accepted = 0;
    for (long seed = SEED; seed < SEED + CASES; seed++) {
      byte[] right = golden.get((int) (seed % golden.size())).message();
      byte[] mutated = new MessageMutation(seed).apply(right);
      accepted += compare(mutated, "seed " + seed).reason() == 0 ? 1 : 0;
    }
    assertTrue(accepted > CASES / 50 && accepted < CASES / 2, accepted + " of " + CASES);
  }

  @Test
  void reportAlone() {
    message.put(0, (byte) 0xc1);
    int status = functions.wireCheck(messageAddress, 1, 0, 0, report.address(), error.address());
    assertEquals(header.constants().get("COTERIE_OK"), status);
    assertEquals(3, report.intAt("reason"));
    status = functions.wireCheck(messageAddress, 1, outAddress, 1, report.address(), 0);
    assertEquals(header.constants().get("COTERIE_INVALID_ARGUMENT"), status);
    status = functions.wireCheck(0, 1, 0, 0, report.address(), error.address());
    assertEquals(header.constants().get("COTERIE_INVALID_ARGUMENT"), status);
    assertTrue(error.message().contains("message"), error.message());
  }
}
