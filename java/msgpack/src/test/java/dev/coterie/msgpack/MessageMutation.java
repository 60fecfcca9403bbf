package dev.coterie.msgpack;

import dev.coterie.testing.SplitMix64;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes messages that are almost right out of right ones: it knows where values begin and end, puts
 * others in their place, leaves some out, repeats some, and breaks single bytes.
 */
public final class MessageMutation {
  /** Values that readers have opinions about. */
  private static final List<byte[]> VALUES =
      List.of(
          hex("c0"),
          hex("c1"),
          hex("c2"),
          hex("00"),
          hex("7f"),
          hex("ff"),
          hex("ccff"),
          hex("ce80000000"),
          hex("cfffffffffffffffff"),
          hex("d38000000000000000"),
          hex("cf0020000000000001"),
          hex("ca7fc00000"),
          hex("caff800000"),
          hex("ca3f000000"),
          hex("cb3fb999999999999a"),
          hex("cb47efffffefffffff"),
          hex("cb36a0000000000000"),
          hex("a0"),
          hex("a180"),
          hex("a3eda080"),
          hex("a4f09f9982"),
          hex("d90161"),
          hex("90"),
          hex("80"),
          hex("9101"),
          hex("dc0000"),
          hex("dd00000000"),
          hex("ddffffffff"),
          hex("c400"),
          hex("c4040000803f"),
          hex("c40400007fc0"),
          hex("c6ffffffff"),
          hex("c40400000080"),
          hex("c70102ff"),
          hex("d40500"),
          hex("81a46e6f7465c3"),
          hex("a47461736b"),
          hex("a6657870657274"),
          hex("a66c6162656c73"),
          hex("91919191919191919191919191919190"));

  private final SplitMix64 random;

  /** Makes a sequence of mutations. */
  public MessageMutation(long seed) {
    random = new SplitMix64(seed);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** Returns a message that differs from the given one by one to four changes. */
  public byte[] apply(byte[] message) {
    byte[] result = message;
    for (int changes = 1 + random.below(2) * random.below(4); changes > 0; changes--) {
      result = random.below(4) == 0 ? changeByte(result) : changeValue(result);
    }
    return result;
  }

  private byte[] changeByte(byte[] message) {
    if (message.length == 0) {
      return message;
    }
    int at = random.below(message.length);
    byte[] one = {(byte) random.below(256)};
    return switch (random.below(5)) {
      case 0 -> splice(message, at, at, one);
      case 1 -> splice(message, at, at + 1, new byte[0]);
      case 2 -> splice(message, at, at + 1, one);
      case 3 -> Arrays.copyOf(message, at);
      default -> {
        one[0] = (byte) (message[at] ^ (1 << random.below(8)));
        yield splice(message, at, at + 1, one);
      }
    };
  }

  private byte[] changeValue(byte[] message) {
    List<int[]> places = new ArrayList<>();
    try {
      collect(message, 0, places, 0);
    } catch (WireException e) {
      // The places before the one that is broken are enough.
    }
    if (places.isEmpty()) {
      return changeByte(message);
    }
    int[] place = places.get(random.below(places.size()));
    int[] other = places.get(random.below(places.size()));
    byte[] value = Arrays.copyOfRange(message, other[0], other[1]);
    byte[] known = VALUES.get(random.below(VALUES.size()));
    return switch (random.below(6)) {
      case 0 -> splice(message, place[0], place[1], value);
      case 1 -> splice(message, place[0], place[0], value);
      case 2 -> splice(message, place[0], place[1], new byte[0]);
      case 3 -> splice(message, place[0], place[0], known);
      default -> splice(message, place[0], place[1], known);
    };
  }

  /** Collects where values begin and end, and returns the end of this one. */
  private static int collect(byte[] message, int at, List<int[]> places, int open) {
    Head head = Head.of(message, at);
    long values = head.values();
    if (open > 40 || places.size() > 2000) {
      throw Head.truncated(at);
    }
    int[] place = {at, head.start()};
    places.add(place);
    if (values < 0) {
      long end = head.start() + head.length();
      if (end > message.length) {
        throw Head.truncated(at);
      }
      place[1] = (int) end;
    }
    for (long i = 0; i < values; i++) {
      place[1] = collect(message, place[1], places, open + 1);
    }
    return place[1];
  }

  private static byte[] splice(byte[] message, int from, int to, byte[] between) {
    ByteArrayOutputStream result = new ByteArrayOutputStream(message.length + between.length);
    result.write(message, 0, from);
    result.writeBytes(between);
    result.write(message, to, message.length - to);
    return result.toByteArray();
  }
}
