package dev.coterie.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.BackendInfo;
import dev.coterie.BackendUnavailableException;
import dev.coterie.spi.Availability;
import dev.coterie.spi.Backend;
import dev.coterie.spi.BackendProvider;
import dev.coterie.spi.ConsensusEngine;
import dev.coterie.spi.KernelProbe;
import dev.coterie.spi.OnlineEngine;
import dev.coterie.spi.Storage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

class BackendRegistryTest {
  private record NamedBackend(BackendInfo info) implements Backend {
    @Override
    public Storage storage() {
      return Storage.HEAP;
    }

    @Override
    public ConsensusEngine consensus() {
      throw new AssertionError();
    }

    @Override
    public OnlineEngine online() {
      throw new AssertionError();
    }

    @Override
    public KernelProbe kernels() {
      throw new AssertionError();
    }
  }

  /** A provider that opens, or fails as told. */
  public static class Provider implements BackendProvider {
    final String id;
    Availability availability = Availability.yes("");
    RuntimeException failure;
    Error error;
    int opened;

    Provider(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public Availability availability() {
      return availability;
    }

    @Override
    public Backend open() {
      opened++;
      if (failure != null) {
        throw failure;
      }
      if (error != null) {
        throw error;
      }
      return new NamedBackend(BackendInfo.ofJava(id, "test"));
    }
  }

  /**
   * An iterator of providers and of things to be thrown, by {@code hasNext()} or by {@code next()}.
   */
  private static final class Walk implements Iterator<BackendProvider> {
    private final List<Object> items;
    private final boolean early;
    private int at;

    Walk(boolean early, Object... items) {
      this.early = early;
      this.items = List.of(items);
    }

    @Override
    public boolean hasNext() {
      if (early && at < items.size() && items.get(at) instanceof Error error) {
        at++;
        throw error;
      }
      return at < items.size();
    }

    @Override
    public BackendProvider next() {
      Object item = items.get(at++);
      if (item instanceof Error error) {
        throw error;
      }
      return (BackendProvider) item;
    }
  }

  private static BackendRegistry registry(
      Map<String, String> settings, Iterator<BackendProvider> services) {
    return new BackendRegistry(
        settings::get,
        new Discovery(Map.of()) {
          @Override
          Iterator<BackendProvider> services(ClassLoader loader) {
            return services;
          }
        });
  }

  private final Provider ffm = new Provider("ffm");
  private final Provider jna = new Provider("jna");
  private final Provider vectorapi = new Provider("vectorapi");

  private BackendRegistry all(Map<String, String> settings) {
    // Not in the order of preference.
    return registry(settings, List.<BackendProvider>of(vectorapi, jna, ffm).iterator());
  }

  @Test
  void takesTheFirstThatWorksAndOpensItOnce() {
    BackendRegistry registry = all(Map.of());
    assertEquals("ffm", registry.current().info().id());
    assertSame(registry.current(), registry.open("ffm"));
    assertSame(registry.current(), registry.openOrCurrent(null));
    assertEquals(1, ffm.opened);
    assertEquals(0, jna.opened);
  }

  @Test
  void passesOverWhatCannotBeUsedAndKeepsTheReasons() {
    ffm.availability = Availability.no("JDK 17 has no FFM: use JDK 23", null);
    jna.error = new UnsatisfiedLinkError("no library");
    BackendRegistry registry = all(Map.of("coterie.backend", "auto"));
    assertEquals("vectorapi", registry.current().info().id());
    Throwable why = registry.unavailabilityCause("ffm").orElseThrow();
    assertTrue(why.getMessage().contains("JDK 17 has no FFM: use JDK 23"), why.getMessage());
    assertSame(jna.error, registry.unavailabilityCause("jna").orElseThrow().getCause());
    assertEquals(1, jna.opened);
    assertEquals(
        List.of("vectorapi", "scalar"),
        registry.available().stream().map(BackendInfo::id).toList());
  }

  @Test
  void fallsBackToScalarWithoutAnyService() {
    BackendRegistry registry = registry(Map.of(), new Walk(true));
    assertEquals("scalar", registry.current().info().id());
    Throwable why = registry.unavailabilityCause("jna").orElseThrow();
    assertTrue(why.getMessage().contains("dev.coterie:coterie-jna"), why.getMessage());
  }

  @Test
  void aDemandedBackendIsNeverReplaced() {
    ffm.failure = new BackendUnavailableException("reason and cure");
    BackendRegistry registry = all(Map.of("coterie.backend", "ffm"));
    BackendUnavailableException e =
        assertThrows(BackendUnavailableException.class, registry::current);
    assertTrue(e.getMessage().contains("reason and cure"), e.getMessage());
    assertTrue(e.getMessage().contains("coterie.backend"), e.getMessage());
    assertSame(ffm.failure, e.getCause());
    assertThrows(BackendUnavailableException.class, registry::current);
    assertEquals("jna", all(Map.of("coterie.backend", "jna")).current().info().id());
  }

  @Test
  void unknownIdsListTheValidOnes() {
    BackendRegistry registry = all(Map.of("coterie.backend", "cuda"));
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, registry::current);
    assertTrue(e.getMessage().contains("auto, ffm, jna, vectorapi, scalar"), e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> registry.open("FFM"));
    assertTrue(e.getMessage().contains("ffm, jna, vectorapi, scalar"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> registry.unavailabilityCause("x"));
    assertThrows(IllegalArgumentException.class, () -> registry.open(""));
  }

  @Test
  void unknownInstructionSetsAreErrorsOfEveryBackend() {
    BackendRegistry registry = all(Map.of("coterie.isa", "sse9"));
    for (String id : BackendRegistry.IDS) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> registry.open(id));
      assertTrue(e.getMessage().contains("auto, scalar, avx2, avx512, neon"), e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, registry::current);
    assertThrows(IllegalArgumentException.class, registry::available);
  }

  @Test
  void anInstructionSetThatIsMissingHereIsNotPassedOver() {
    ffm.failure = new IllegalArgumentException("coterie.isa asks for avx512");
    assertThrows(IllegalArgumentException.class, all(Map.of())::current);
  }

  @Test
  void brokenServicesDoNotHinderOthers() {
    for (boolean early : new boolean[] {true, false}) {
      Error newer = new UnsupportedClassVersionError("made for a newer Java");
      BackendRegistry registry =
          registry(
              Map.of(),
              new Walk(early, newer, new ServiceConfigurationError("no constructor"), vectorapi));
      assertEquals("vectorapi", registry.current().info().id());
      Throwable why = registry.unavailabilityCause("ffm").orElseThrow();
      List<Throwable> suppressed = new ArrayList<>(List.of(why.getSuppressed()));
      assertTrue(suppressed.contains(newer), suppressed.toString());
      assertEquals(2, suppressed.size());
    }
  }

  @Test
  void aWalkThatNeverMovesOnEnds() {
    BackendRegistry registry =
        registry(
            Map.of(),
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                throw new ServiceConfigurationError("again");
              }

              @Override
              public BackendProvider next() {
                throw new AssertionError();
              }
            });
    assertNotNull(registry.current());
  }

  /** A provider that only its name tells of, as after a jar shader lost the services. */
  public static final class ByName extends Provider {
    public ByName() {
      super("jna");
    }
  }

  /** A provider that cannot be made. */
  public static final class Broken extends Provider {
    public Broken() {
      super("ffm");
      throw new UnsupportedOperationException("broken");
    }
  }

  @Test
  void providersWithoutServicesAreFoundByName() {
    BackendRegistry registry =
        new BackendRegistry(
            setting -> null,
            new Discovery(
                Map.of(
                    "jna",
                    ByName.class.getName(),
                    "ffm",
                    Broken.class.getName(),
                    "vectorapi",
                    "dev.coterie.Absent")) {
              @Override
              Iterator<BackendProvider> services(ClassLoader loader) {
                return new Walk(true);
              }
            });
    assertEquals("jna", registry.current().info().id());
    Throwable broken = registry.unavailabilityCause("ffm").orElseThrow();
    assertTrue(broken.getMessage().contains("cannot be loaded"), broken.getMessage());
    Throwable absent = registry.unavailabilityCause("vectorapi").orElseThrow();
    assertTrue(absent.getMessage().contains("add the artifact"), absent.getMessage());
  }

  @Test
  void everyCallerGetsAnExceptionOfItsOwn() {
    ffm.failure = new BackendUnavailableException("reason and cure");
    BackendRegistry registry = all(Map.of());
    BackendUnavailableException first =
        assertThrows(BackendUnavailableException.class, () -> registry.open("ffm"));
    BackendUnavailableException second =
        assertThrows(BackendUnavailableException.class, () -> registry.open("ffm"));
    assertNotSame(first, second);
    assertSame(ffm.failure, second.getCause());
    assertEquals("reason and cure", second.getMessage());
    assertEquals(1, ffm.opened);
  }
}
