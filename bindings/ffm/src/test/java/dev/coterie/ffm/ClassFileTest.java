package dev.coterie.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** JDK 17 must be able to read what it finds first: the provider and the module descriptor. */
final class ClassFileTest {
  private static final int JDK_17 = 61;
  private static final int JDK_23 = 67;

  @Test
  void providerAndModuleAreForJdk17AndAllElseForJdk23() throws Exception {
    Map<String, Integer> majors = majors();
    assertTrue(majors.containsKey("module-info.class"), majors.toString());
    assertTrue(majors.containsKey("dev/coterie/ffm/FfmBackendProvider.class"), majors.toString());
    assertTrue(majors.size() > 10, majors.toString());
    majors.forEach(
        (name, major) -> {
          boolean first = name.equals("module-info.class") || name.contains("BackendProvider");
          assertEquals(first ? JDK_17 : JDK_23, major, name);
        });
  }

  private static Map<String, Integer> majors() throws IOException, URISyntaxException {
    Path root =
        Path.of(FfmFunctions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Map<String, Integer> result = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
          assertEquals(0xCAFEBABE, in.readInt());
          assertEquals(0, in.readUnsignedShort());
          result.put(root.relativize(file).toString().replace('\\', '/'), in.readUnsignedShort());
        }
      }
    }
    return result;
  }
}
