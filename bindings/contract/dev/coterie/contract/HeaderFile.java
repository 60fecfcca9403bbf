package dev.coterie.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code bindings/coterie.h} declares. Reads the form that cbindgen writes, and no other. */
public final class HeaderFile {
  private static final Pattern DEFINE = Pattern.compile("(?m)^#define (COTERIE_\\w+) (\\d+)$");
  private static final Pattern STRUCT =
      Pattern.compile("(?s)typedef struct \\{(.*?)\\} (coterie_\\w+);");
  private static final Pattern FIELD =
      Pattern.compile("((?:const )?\\w+ \\**)(\\w+)(?:\\[(\\d+)\\])?;");
  private static final Pattern FUNCTION =
      Pattern.compile(
          "(?m)((?:^//[^\\n]*\\n)+)^((?:const )?\\w+ \\**)(coterie_\\w+)\\(([^)]*)\\);");
  private static final Pattern PARAMETER = Pattern.compile("((?:const )?\\w+ \\**)(\\w+)");

  private final Map<String, Integer> constants = new LinkedHashMap<>();
  private final Map<String, Struct> structs = new LinkedHashMap<>();
  private final Map<String, Function> functions = new LinkedHashMap<>();

  /**
   * A struct.
   *
   * @param size its size in bytes
   * @param alignment its alignment in bytes
   * @param fields its fields by name, in order
   */
  public record Struct(int size, int alignment, Map<String, Field> fields) {}

  /**
   * A field.
   *
   * @param offset its place in bytes
   * @param type its type, or that of its elements
   * @param count 1, or the length of an array
   */
  public record Field(int offset, CType type, int count) {}

  /**
   * A function.
   *
   * @param result what it returns
   * @param parameters what it takes
   * @param critical whether its description says that it may be bound as a critical function
   */
  public record Function(CType result, List<CType> parameters, boolean critical) {}

  private HeaderFile(String text) {
    Matcher define = DEFINE.matcher(text);
    while (define.find()) {
      constants.put(define.group(1), Integer.valueOf(define.group(2)));
    }
    Matcher function = FUNCTION.matcher(text);
    while (function.find()) {
      functions.put(function.group(3), parseFunction(function));
    }
    Matcher struct = STRUCT.matcher(text.replaceAll("(?m)//.*$", ""));
    while (struct.find()) {
      structs.put(struct.group(2), parseStruct(struct.group(1)));
    }
  }

  /** Reads the header. */
  public static HeaderFile read() {
    return new HeaderFile(TestSetting.text("bindings/coterie.h"));
  }

  /** Returns the header's SHA-256 in hexadecimal. */
  public static String sha256() {
    try {
      byte[] bytes = Files.readAllBytes(path());
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Path path() {
    return TestSetting.file("bindings/coterie.h");
  }

  private static Function parseFunction(Matcher function) {
    List<CType> parameters = new ArrayList<>();
    String list = function.group(4).strip();
    if (!list.equals("void")) {
      for (String parameter : list.split(",")) {
        Matcher match = PARAMETER.matcher(parameter.strip());
        if (!match.matches()) {
          throw new IllegalArgumentException("not a parameter: " + parameter);
        }
        parameters.add(CType.parse(match.group(1)));
      }
    }
    String description = function.group(1);
    boolean critical = description.contains("Kind: critical");
    if (critical == description.contains("Kind: normal")) {
      throw new IllegalArgumentException("no kind in the description of " + function.group(3));
    }
    return new Function(CType.parse(function.group(2)), List.copyOf(parameters), critical);
  }

  private static Struct parseStruct(String body) {
    Map<String, Field> fields = new LinkedHashMap<>();
    int offset = 0;
    int alignment = 1;
    Matcher match = FIELD.matcher(body);
    while (match.find()) {
      CType type = CType.parse(match.group(1));
      int count = match.group(3) == null ? 1 : Integer.parseInt(match.group(3));
      offset = roundUp(offset, type.bytes());
      fields.put(match.group(2), new Field(offset, type, count));
      offset += type.bytes() * count;
      alignment = Math.max(alignment, type.bytes());
    }
    return new Struct(roundUp(offset, alignment), alignment, fields);
  }

  private static int roundUp(int offset, int alignment) {
    return (offset + alignment - 1) / alignment * alignment;
  }

  /** Returns the numeric constants by name. */
  public Map<String, Integer> constants() {
    return constants;
  }

  /** Returns the structs by name. */
  public Map<String, Struct> structs() {
    return structs;
  }

  /** Returns the functions by name. */
  public Map<String, Function> functions() {
    return functions;
  }
}
