package dev.coterie.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.coterie.BackendInfo;
import dev.coterie.internal.library.Platform;
import dev.coterie.testing.FakeNative;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds files that look like libraries in real jars; loading them is the bindings' part. */
class NativeLibrariesTest {
  private static final Platform PLATFORM = new Platform("linux", "x86_64");
  private static final String FOLDER = "META-INF/native/linux-x86_64/";

  @TempDir Path directory;
  private final Map<String, String> settings = new HashMap<>();
  private final List<URLClassLoader> loaders = new ArrayList<>();
  private Path tmpdir;

  @BeforeEach
  void prepare() throws IOException {
    tmpdir = Files.createDirectory(directory.resolve("with a blank"));
    settings.put("coterie.library.tmpdir", tmpdir.toString());
  }

  @AfterEach
  void close() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
  }

  @Test
  void copiesABundledLibraryIntoADirectoryOfItsOwn() throws Exception {
    byte[] content = library(62, 1);
    NativeLibrary library = find(jar("a.jar", "1.0", content, sha256(content)));
    assertArrayEquals(content, Files.readAllBytes(library.path()));
    assertEquals("libcoterie.so", library.path().getFileName().toString());
    assertEquals("0.1.0", library.version());
    assertEquals("bundled", library.origin());
    assertEquals("the bundled native library", library.description());
    BackendInfo info = NativeBackend.open("jna", new FakeNative(), library).info();
    assertNull(info.libraryPath());
    assertTrue(info.bundled());
    assertTrue(info.toString().contains(", bundled library 0.1.0, ABI "), info.toString());
    assertFalse(info.toString().contains(tmpdir.toString()), info.toString());
    Path parent = library.path().getParent();
    assertEquals(tmpdir, parent.getParent());
    if (parent.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertEquals(
          PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(parent));
    }
    NativeLibrary second = find(directory.resolve("a.jar"));
    assertNotEquals(parent, second.path().getParent());
    assumeTrue(Platform.current().posix());
    library.loaded();
    assertFalse(Files.exists(parent));
    second.loadFailed(new UnsatisfiedLinkError("x"));
    assertEquals(0, leftovers());
  }

  @Test
  void doesNotKeepTheJarOpen() throws Exception {
    byte[] content = library(62, 1);
    Path jar = jar("a.jar", "1.0", content, sha256(content));
    find(jar).loaded();
    loaders.get(0).close();
    Path open = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(open));
    try (Stream<Path> descriptors = Files.list(open)) {
      assertTrue(
          descriptors.noneMatch(
              descriptor -> {
                try {
                  return Files.readSymbolicLink(descriptor).equals(jar.toRealPath());
                } catch (IOException e) {
                  return false;
                }
              }));
    }
  }

  @Test
  void refusesAWrongHash() throws Exception {
    byte[] content = library(62, 1);
    Path jar = jar("a.jar", "1.0", content, sha256(new byte[1]));
    LibraryUnavailableException e = fails(jar);
    assertTrue(e.getMessage().contains("SHA-256"), e.getMessage());
    assertEquals(2, e.getSuppressed().length);
    assertEquals(0, leftovers());
  }

  @Test
  void refusesTwoDifferentLibrariesAndTakesTwoEqualOnes() throws Exception {
    byte[] one = library(62, 1);
    byte[] other = library(62, 2);
    Path a = jar("a.jar", "1.0", one, sha256(one));
    Path b = jar("b.jar", "1.0", other, sha256(other));
    LibraryUnavailableException e = fails(a, b);
    assertTrue(e.getMessage().contains("several different"), e.getMessage());
    assertTrue(e.getMessage().contains("b.jar"), e.getMessage());
    Path c = jar("c.jar", "1.0", one, sha256(one));
    assertArrayEquals(one, Files.readAllBytes(find(a, c).path()));
  }

  @Test
  void refusesAnotherPlatformAnotherInterfaceAndBrokenDescriptions() throws Exception {
    byte[] arm = library(183, 1);
    LibraryUnavailableException e = fails(jar("arm.jar", "1.0", arm, sha256(arm)));
    assertTrue(e.getMessage().contains("linux-aarch64"), e.getMessage());
    assertEquals(0, leftovers());
    byte[] content = library(62, 1);
    e = fails(jar("old.jar", "2.0", content, sha256(content)));
    assertTrue(e.getMessage().contains("of the same version"), e.getMessage());
    e = fails(write("p.jar", Map.of(FOLDER + "coterie.properties", bytes("version=1\n"))));
    assertTrue(e.getMessage().contains("lacks [abi, sha256, file]"), e.getMessage());
    String escaping = "version=1\nabi=1.0\nsha256=00\nfile=../x\n";
    e = fails(write("q.jar", Map.of(FOLDER + "coterie.properties", bytes(escaping))));
    assertTrue(e.getMessage().contains("plain name"), e.getMessage());
    String alone = "version=1\nabi=1.0\nsha256=00\nfile=x.so\n";
    e = fails(write("r.jar", Map.of(FOLDER + "coterie.properties", bytes(alone))));
    assertTrue(e.getMessage().contains("x.so is not among"), e.getMessage());
  }

  @Test
  void saysWhatToAddWhenNothingIsBundled() {
    LibraryUnavailableException e = fails();
    assertTrue(e.getMessage().contains("linux-x86_64"), e.getMessage());
    assertTrue(e.getMessage().contains("dev.coterie:coterie-natives"), e.getMessage());
    assertTrue(e.getMessage().contains("coterie.library.system=true"), e.getMessage());
    assertEquals(2, e.getSuppressed().length);
  }

  @Test
  void namesTheDirectoryThatIsNone() throws Exception {
    byte[] content = library(62, 1);
    Path jar = jar("a.jar", "1.0", content, sha256(content));
    Path file = Files.write(directory.resolve("file"), content);
    Path absent = directory.resolve("absent");
    for (Path wrong : List.of(file, absent)) {
      settings.put("coterie.library.tmpdir", wrong.toString());
      LibraryUnavailableException e = fails(jar);
      assertTrue(
          e.getMessage().contains("coterie.library.tmpdir=" + wrong + " is not a directory"),
          e.getMessage());
    }
    assertFalse(Files.exists(absent));
  }

  @Test
  void looksNowhereElseThanAtTheExplicitPath() throws Exception {
    byte[] content = library(62, 1);
    Path jar = jar("a.jar", "1.0", content, sha256(content));
    settings.put("coterie.library.path", directory.resolve("absent.so").toString());
    LibraryUnavailableException e = fails(jar);
    assertTrue(e.getMessage().contains("coterie.library.path="), e.getMessage());
    assertTrue(e.getMessage().contains("there is no file"), e.getMessage());
    Path arm = Files.write(directory.resolve("arm.so"), library(183, 1));
    settings.put("coterie.library.path", arm.toString());
    assertTrue(fails(jar).getMessage().contains("linux-aarch64"));
    Path good = Files.write(directory.resolve("good.so"), content);
    settings.put("coterie.library.path", good.toString());
    NativeLibrary library = find(jar);
    assertEquals(good, library.path());
    BackendInfo info = NativeBackend.open("jna", new FakeNative(), library).info();
    assertEquals(good.toString(), info.libraryPath());
    assertFalse(info.bundled());
    assertTrue(info.toString().endsWith(", " + good + ")"), info.toString());
    assertEquals("coterie.library.path", library.origin());
    library.loaded();
    assertTrue(Files.exists(good));
  }

  @Test
  void searchesTheSystemPathOnlyWhenAsked() throws Exception {
    String before = System.getProperty("java.library.path");
    Path file = Files.write(directory.resolve(System.mapLibraryName("coterie")), library(62, 1));
    System.setProperty("java.library.path", directory.toString());
    try {
      fails();
      settings.put("coterie.library.system", "true");
      assertEquals(file, find().path());
      Files.delete(file);
      assertTrue(fails().getMessage().contains("in java.library.path"));
    } finally {
      System.setProperty("java.library.path", before);
    }
  }

  private long leftovers() throws IOException {
    try (Stream<Path> files = Files.list(tmpdir)) {
      return files.count();
    }
  }

  private LibraryUnavailableException fails(Path... jars) {
    return assertThrows(LibraryUnavailableException.class, () -> find(jars));
  }

  private NativeLibrary find(Path... jars) throws IOException {
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = jars[i].toUri().toURL();
    }
    URLClassLoader loader = new URLClassLoader(urls, null);
    loaders.add(loader);
    return new NativeLibraries(settings::get, PLATFORM, List.of(loader)).find();
  }

  private Path jar(String name, String abi, byte[] content, String sha256) throws IOException {
    String description =
        "version=0.1.0\nabi=" + abi + "\nsha256=" + sha256 + "\nfile=libcoterie.so\n";
    return write(
        name,
        Map.of(
            FOLDER + "coterie.properties", bytes(description), FOLDER + "libcoterie.so", content));
  }

  private Path write(String name, Map<String, byte[]> entries) throws IOException {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey()));
        jar.write(entry.getValue());
      }
    }
    return file;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] library(int machine, int variant) {
    return ByteBuffer.allocate(5000)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0, 0x464C457F)
        .put(4, (byte) 2)
        .put(5, (byte) 1)
        .putShort(18, (short) machine)
        .putInt(100, variant)
        .array();
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }
}
