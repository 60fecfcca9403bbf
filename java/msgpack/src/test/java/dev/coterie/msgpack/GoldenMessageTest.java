package dev.coterie.msgpack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares reader and writer with the golden messages. */
final class GoldenMessageTest {
  private final List<GoldenMessage> golden = GoldenMessage.all();

  @Test
  void acceptedMessagesMeanTheSameAndAreWrittenCanonically() {
    int accepted = 0;
    for (GoldenMessage each : golden) {
      if (each.accepted()) {
        WireForm form = WireForm.read(each.message());
        assertEquals(each.lines().subList(1, each.lines().size()), Means.of(form), each.name());
        assertArrayEquals(each.canonical(), form.toBytes(), each.name());
        accepted++;
      }
    }
    assertTrue(accepted > 60, accepted + " messages");
  }

  @Test
  void refusedMessagesAreRefusedAtTheSamePlaceForTheSameReason() {
    int refused = 0;
    for (GoldenMessage each : golden) {
      if (!each.accepted()) {
        WireException e =
            assertThrows(WireException.class, () -> WireForm.read(each.message()), each.name());
        String reason = e.reason().text();
        String line =
            "refused " + e.reason().number() + " " + e.position() + " " + e.field() + " " + reason;
        assertEquals(each.lines(), List.of(line), each.name());
        String text = "byte " + e.position() + " (" + e.field() + "): " + reason;
        assertEquals(text, e.getMessage(), each.name());
        refused++;
      }
    }
    assertTrue(refused > 600, refused + " messages");
  }
}
