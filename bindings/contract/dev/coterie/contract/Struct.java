package dev.coterie.contract;

import dev.coterie.spi.NativeFunctions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** One struct of the C interface in native memory, laid out as the header says. */
final class Struct {
  private final HeaderFile.Struct layout;
  private final ByteBuffer buffer;
  private final long address;

  Struct(NativeFunctions functions, HeaderFile header, String name) {
    layout = header.structs().get(name);
    buffer = ByteBuffer.allocateDirect(layout.size()).order(ByteOrder.nativeOrder());
    address = functions.address(buffer);
  }

  long address() {
    return address;
  }

  void put(String field, int value) {
    buffer.putInt(layout.fields().get(field).offset(), value);
  }

  void put(String field, double value) {
    buffer.putDouble(layout.fields().get(field).offset(), value);
  }

  int intAt(String field) {
    return buffer.getInt(layout.fields().get(field).offset());
  }

  long longAt(String field) {
    return buffer.getLong(layout.fields().get(field).offset());
  }

  /** Returns the message of an error struct. */
  String message() {
    byte[] bytes = new byte[intAt("length")];
    buffer.get(layout.fields().get("message").offset(), bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
