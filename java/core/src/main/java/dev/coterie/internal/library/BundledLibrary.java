package dev.coterie.internal.library;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The library of one platform among the resources, as coterie-natives holds it. */
public final class BundledLibrary {
  private static final String PROPERTIES = "coterie.properties";

  private final List<ClassLoader> loaders;
  private final String folder;

  /** Looks in class loaders for the library of a platform. */
  public BundledLibrary(List<ClassLoader> loaders, Platform platform) {
    this.loaders = loaders;
    this.folder = "META-INF/native/" + platform + "/";
  }

  /** What a properties file says about a library. */
  private record Description(String version, String abi, String sha256, String file) {}

  /** A library that has been copied out. */
  public record Extracted(Extraction extraction, String version) {
    /** Returns the file. */
    public Path path() {
      return extraction.file();
    }
  }

  /**
   * Copies the library out.
   *
   * @param parent the directory for extracted libraries
   * @param abiMajor the major version of the interface that is needed
   * @throws IOException saying what is wrong and the cure
   */
  public Extracted extract(Path parent, int abiMajor) throws IOException {
    Description description = describe();
    if (!description.abi.startsWith(abiMajor + ".")) {
      throw new IOException(
          "the bundled library speaks version "
              + description.abi
              + " of the interface, but this coterie-core needs "
              + abiMajor
              + ".x: use coterie-natives and coterie-core of the same version");
    }
    IOException failure =
        new IOException(
            folder + description.file + " is not among the resources, though its description is");
    for (URL url : resources(folder + description.file)) {
      try (InputStream in = open(url)) {
        return new Extracted(
            Extraction.extract(in, description.file, description.sha256, parent),
            description.version);
      } catch (IOException e) {
        failure =
            new IOException(
                "the bundled library "
                    + url
                    + " cannot be copied to "
                    + parent
                    + " (coterie.library.tmpdir): "
                    + e.getMessage(),
                e);
      }
    }
    throw failure;
  }

  private Description describe() throws IOException {
    Map<String, Description> found = new LinkedHashMap<>();
    for (URL url : resources(folder + PROPERTIES)) {
      found.put(url.toExternalForm(), read(url));
    }
    if (found.isEmpty()) {
      throw new IOException(
          "no bundled library: there is no resource "
              + folder
              + PROPERTIES
              + "; add the artifact dev.coterie:coterie-natives, or set coterie.library.path");
    }
    Set<String> hashes = new LinkedHashSet<>();
    found.values().forEach(description -> hashes.add(description.sha256));
    if (hashes.size() > 1) {
      throw new IOException(
          "several different libraries are bundled; keep one version of coterie-natives: "
              + found.keySet());
    }
    return found.values().iterator().next();
  }

  private Collection<URL> resources(String name) throws IOException {
    // By their text: comparing URLs themselves may ask a name server.
    Map<String, URL> result = new LinkedHashMap<>();
    for (ClassLoader loader : loaders) {
      for (URL url : Collections.list(loader.getResources(name))) {
        result.putIfAbsent(url.toExternalForm(), url);
      }
    }
    return result.values();
  }

  private static Description read(URL url) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = open(url)) {
      properties.load(in);
    }
    List<String> missing = new ArrayList<>();
    for (String key : List.of("version", "abi", "sha256", "file")) {
      if (properties.getProperty(key, "").isBlank()) {
        missing.add(key);
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException(url + " lacks " + missing);
    }
    String file = properties.getProperty("file").strip();
    if (!file.matches("[A-Za-z0-9._-]+") || file.startsWith(".")) {
      throw new IOException(url + " names the file \"" + file + "\", which is not a plain name");
    }
    return new Description(
        properties.getProperty("version").strip(),
        properties.getProperty("abi").strip(),
        properties.getProperty("sha256").strip().toLowerCase(Locale.ROOT),
        file);
  }

  private static InputStream open(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    // A cached jar stays open for ever, and is shared with whoever closes it.
    connection.setUseCaches(false);
    return connection.getInputStream();
  }
}
