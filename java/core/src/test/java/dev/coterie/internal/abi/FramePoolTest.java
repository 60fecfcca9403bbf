package dev.coterie.internal.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.testing.FakeNative;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FramePoolTest {
  @Test
  void framesAreUsedAgainAndNeverTwiceAtOnce() {
    FramePool pool = new FramePool(new FakeNative());
    Frame first = pool.acquire();
    pool.release(first);
    assertSame(first, pool.acquire());
    Set<Long> addresses = new HashSet<>();
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      frames.add(pool.acquire());
      assertTrue(addresses.add(frames.get(i).error()));
    }
    frames.forEach(pool::release);
  }

  @Test
  void threadsDoNotShareFrames() throws InterruptedException {
    FramePool pool = new FramePool(new FakeNative());
    Set<Frame> inUse = ConcurrentHashMap.newKeySet();
    AtomicInteger shared = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  Frame frame = pool.acquire();
                  if (!inUse.add(frame)) {
                    shared.incrementAndGet();
                  }
                  inUse.remove(frame);
                  pool.release(frame);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, shared.get());
  }
}
