package dev.coterie.msgpack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/** What is written here is MessagePack to another library, and the other way round. */
final class MsgpackJavaTest {
  @Test
  void whatIsWrittenIsOneValue() throws IOException {
    for (GoldenMessage each : GoldenMessage.all()) {
      if (each.accepted()) {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(each.canonical())) {
          Value value = unpacker.unpackValue();
          assertEquals(each.canonical().length, unpacker.getTotalReadBytes(), each.name());
          assertEquals("coterie", value.asArrayValue().get(0).asStringValue().asString());
        }
      }
    }
  }

  /** Texts, lengths and integers of another writer have the same bytes where they are shortest. */
  @Test
  void shortestFormsAreThoseOfAnotherWriter() throws IOException {
    Writer writer = new Writer();
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      for (int bits = 0; bits < 32; bits++) {
        for (int near = -1; near <= 1; near++) {
          writer.integer((1 << bits) + near);
          packer.packInt((1 << bits) + near);
          writer.integer(-(1 << bits) + near);
          packer.packInt(-(1 << bits) + near);
        }
      }
      for (int length : new int[] {0, 15, 16, 31, 32, 255, 256, 65_535, 65_536, 70_000}) {
        writer.text("x".repeat(length));
        packer.packString("x".repeat(length));
        writer.array(length);
        packer.packArrayHeader(length);
        writer.column(new int[length]);
        packer.packBinaryHeader(4 * length);
        packer.writePayload(new byte[4 * length]);
      }
      writer.number(0.5);
      packer.packFloat(0.5f);
      writer.number(0.1);
      packer.packDouble(0.1);
      writer.bool(true);
      packer.packBoolean(true);
      assertArrayEquals(packer.toByteArray(), writer.toBytes());
    }
  }

  @Test
  void messageOfAnotherWriterIsRead() throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packArrayHeader(4).packString("coterie").packLong(1).packString("responses");
      packer.packMapHeader(2).packString("made by").packString("another writer");
      packer.packString("rows").packArrayHeader(1).packMapHeader(5);
      packer.packString("text").packString("größer 🙂").packString("expert").packString("Ann");
      packer.packString("task").packNil().packString("confidence").packInt(1);
      packer.packString("embedding").packArrayHeader(3).packDouble(0.1).packInt(-70_000);
      packer.packFloat(Float.MIN_VALUE);
      ResponsesForm.Response row = ResponsesForm.read(packer.toByteArray()).rows().get(0);
      assertEquals("größer 🙂", row.text());
      assertEquals("Ann", row.expert());
      assertNull(row.task());
      assertEquals(1.0, row.confidence());
      assertEquals(Arrays.asList(0.1f, -70_000f, Float.MIN_VALUE), boxed(row.embedding()));
    }
  }

  private static List<Float> boxed(float[] values) {
    Float[] boxes = new Float[values.length];
    Arrays.setAll(boxes, i -> values[i]);
    return Arrays.asList(boxes);
  }
}
