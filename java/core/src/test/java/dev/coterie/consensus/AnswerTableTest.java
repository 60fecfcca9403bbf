package dev.coterie.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.BackendInfo;
import dev.coterie.internal.memory.DirectMemory;
import dev.coterie.internal.table.Chunks;
import dev.coterie.internal.table.TableColumns;
import dev.coterie.spi.Backend;
import dev.coterie.spi.Columns;
import dev.coterie.spi.ConsensusEngine;
import dev.coterie.spi.KernelProbe;
import dev.coterie.spi.MemorySource;
import dev.coterie.spi.OnlineEngine;
import dev.coterie.spi.Storage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTableTest {
  /** Wants a storage and computes nothing. */
  private record Reader(Storage storage) implements Backend {
    @Override
    public BackendInfo info() {
      return BackendInfo.ofJava("scalar", "test");
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

    @Override
    public MemorySource memory() {
      return DirectMemory.SOURCE;
    }
  }

  private static AnswerTable.Builder builder() {
    return AnswerTable.builder().backend("scalar");
  }

  @Test
  void indicesAreTheOrderOfFirstAppearance() {
    try (AnswerTable table =
        builder()
            .add("t2", "e1", "yes")
            .add("t1", "e2", "no", 0.5f)
            .add("t2", "e2", "yes")
            .build()) {
      assertEquals(3, table.answers());
      assertEquals(2, table.tasks());
      assertEquals(2, table.experts());
      assertEquals(2, table.labels());
      assertTrue(table.weighted());
      assertEquals("t2", table.taskName(0));
      assertEquals("e2", table.expertName(1));
      assertEquals("no", table.labelName(1));
      assertEquals(1, table.indexOfTask("t1"));
      assertEquals(0, table.indexOfExpert("e1"));
      assertEquals(0, table.indexOfLabel("yes"));
      assertEquals(-1, table.indexOfTask("yes"));
      assertEquals(-1, table.indexOfLabel("t1"));
      assertEquals(1, table.task(1));
      assertEquals(1, table.expert(1));
      assertEquals(1, table.label(1));
      assertEquals(0.5f, table.weight(1));
      assertEquals(1.0f, table.weight(2));
      assertThrows(IndexOutOfBoundsException.class, () -> table.task(3));
      assertThrows(IndexOutOfBoundsException.class, () -> table.taskName(2));
      assertThrows(IndexOutOfBoundsException.class, () -> table.labelName(-1));
    }
  }

  @Test
  void declaredLabelsKeepTheirOrderAndAdmitNoOthers() {
    AnswerTable.Builder builder = builder().labels("c", "b", "a").add("t", "e", "a");
    String message =
        assertThrows(IllegalArgumentException.class, () -> builder.add("t", "e", "d")).getMessage();
    assertTrue(message.startsWith("answer 1: label \"d\""), message);
    assertThrows(IllegalStateException.class, () -> builder.labels("x"));
    try (AnswerTable table = builder.build()) {
      assertEquals(3, table.labels());
      assertEquals(2, table.label(0));
      assertEquals("c", table.labelName(0));
    }
    assertThrows(IllegalArgumentException.class, () -> builder().labels("a", "a"));
    assertThrows(IllegalArgumentException.class, () -> builder().labels());
    assertThrows(IllegalArgumentException.class, () -> builder().labels(Arrays.asList("a", null)));
    assertThrows(IllegalStateException.class, () -> builder().add("t", "e", "a").labels("a"));
  }

  @Test
  void wrongAnswersAreNamedAndLeaveNoTrace() {
    AnswerTable.Builder builder = builder().add("t", "e", "l");
    for (float weight :
        new float[] {Float.NaN, -1, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> builder.add("u", "f", "m", weight))
              .getMessage();
      assertTrue(message.startsWith("answer 1: weight " + weight), message);
    }
    for (String[] names :
        List.of(
            new String[] {null, "e", "l"},
            new String[] {"u", null, "l"},
            new String[] {"u", "f", null})) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> builder.add(names[0], names[1], names[2]))
              .getMessage();
      assertTrue(message.startsWith("answer 1: the "), message);
    }
    try (AnswerTable table = builder.build()) {
      assertEquals(1, table.answers());
      assertEquals(1, table.tasks());
      assertEquals(1, table.experts());
      assertEquals(1, table.labels());
      assertFalse(table.weighted());
    }
    assertThrows(IllegalStateException.class, builder::build);
    assertThrows(IllegalStateException.class, () -> builder.add("t", "e", "l"));
    assertThrows(IllegalArgumentException.class, () -> builder().build());
    assertThrows(IllegalArgumentException.class, () -> builder().backend("cuda"));
  }

  @Test
  void namesAreListsThatCannotBeChanged() {
    AnswerTable table =
        builder().labels("no", "yes").add("t", "e", "yes").add("u", "e", "no").build();
    table.close();
    assertEquals(List.of("t", "u"), table.taskNames());
    assertEquals(List.of("e"), table.expertNames());
    List<String> labels = table.labelNames();
    assertEquals(List.of("no", "yes"), labels);
    assertEquals(1, labels.indexOf("yes"));
    assertFalse(labels.contains("maybe"));
    assertFalse(labels.contains(null));
    assertThrows(IndexOutOfBoundsException.class, () -> labels.get(2));
    assertThrows(UnsupportedOperationException.class, () -> labels.set(0, "x"));
    assertThrows(UnsupportedOperationException.class, () -> labels.remove(0));
    int[] one = {0};
    try (AnswerTable indexed = AnswerTable.ofIndices(one, one, one, 3, 1, 1)) {
      assertEquals(List.of("0", "1", "2"), indexed.taskNames());
    }
  }

  @Test
  void bulkIndicesAreChecked() {
    int[] ok = {0, 1, 1};
    try (AnswerTable table = AnswerTable.ofIndices(ok, ok, ok, new float[] {1, 1, 1}, 3, 2, 2)) {
      assertEquals(3, table.tasks());
      assertFalse(table.weighted());
      assertEquals("2", table.taskName(2));
      assertEquals(1, table.indexOfExpert("1"));
      ok[0] = 7;
      assertEquals(0, table.task(0));
      ok[0] = 0;
    }
    try (AnswerTable table = AnswerTable.ofIndices(ok, ok, ok, 2, 2, 2)) {
      assertFalse(table.weighted());
      assertEquals(1, table.label(2));
    }
    for (String backend : new String[] {"scalar", "auto", null}) {
      float[] weight = {1, 2, 1};
      try (AnswerTable table = AnswerTable.ofIndices(ok, ok, ok, weight, 2, 2, 2, backend)) {
        assertEquals(2, table.weight(1));
      }
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> AnswerTable.ofIndices(ok, ok, ok, null, 2, 2, 2, "cuda"));
    assertWrong("answer 1: task 1 is not between 0 and 0", ok, ok, ok, null, 1, 2, 2);
    assertWrong("answer 1: expert 1 is not between 0 and 0", ok, ok, ok, null, 2, 1, 2);
    assertWrong("answer 1: label 1 is not between 0 and 0", ok, ok, ok, null, 2, 2, 1);
    assertWrong("answer 0: task 0 is not", ok, ok, ok, null, 0, 2, 2);
    assertWrong("answer 2: task -1", new int[] {0, 1, -1}, ok, ok, null, 2, 2, 2);
    assertWrong("answer 1: weight NaN", ok, ok, ok, new float[] {1, Float.NaN, 1}, 2, 2, 2);
    assertWrong("answer 2: weight -0.5", ok, ok, ok, new float[] {1, 1, -0.5f}, 2, 2, 2);
    assertWrong("column expert has 2", ok, new int[2], ok, null, 2, 2, 2);
    assertWrong("column label has 4", ok, ok, new int[4], null, 2, 2, 2);
    assertWrong("column weight has 1", ok, ok, ok, new float[1], 2, 2, 2);
    assertWrong("no answers", new int[0], new int[0], new int[0], null, 2, 2, 2);
  }

  private static void assertWrong(
      String start,
      int[] task,
      int[] expert,
      int[] label,
      float[] weight,
      int tasks,
      int experts,
      int labels) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> AnswerTable.ofIndices(task, expert, label, weight, tasks, experts, labels))
            .getMessage();
    assertTrue(message.contains(start), message);
  }

  @Test
  void columnsAreMadeInTheOtherStorageWhenAskedFor() {
    int size = 200_000;
    AnswerTable.Builder builder = builder();
    List<String> labels = List.of("a", "b", "c");
    for (int i = 0; i < size; i++) {
      builder.add("t" + i / 3, "e" + i % 7, labels.get(i % 3), i % 5 == 0 ? 0.25f : 1);
    }
    AnswerTable table = builder.build();
    Columns.Heap heap = (Columns.Heap) table.columns(new Reader(Storage.HEAP));
    Columns.OffHeap offHeap = (Columns.OffHeap) table.columns(new Reader(Storage.OFF_HEAP));
    assertEquals(size, offHeap.answers());
    assertEquals(table.tasks(), offHeap.tasks());
    for (int i = 0; i < size; i += 997) {
      assertEquals(heap.task()[i], offHeap.task().getInt(i));
      assertEquals(heap.expert()[i], offHeap.expert().getInt(i));
      assertEquals(heap.label()[i], offHeap.label().getInt(i));
      assertEquals(heap.weight()[i], offHeap.weight().getFloat(i));
      assertEquals(i / 3, table.task(i));
      assertEquals(i % 5 == 0 ? 0.25f : 1, table.weight(i));
    }
    assertSame(offHeap, table.columns(new Reader(Storage.OFF_HEAP)));
    table.close();
    table.close();
    assertTrue(offHeap.task().isClosed());
    assertTrue(offHeap.weight().isClosed());
    assertThrows(IllegalStateException.class, () -> table.task(0));
    assertThrows(IllegalStateException.class, () -> table.columns(new Reader(Storage.HEAP)));
    assertThrows(IllegalStateException.class, () -> new MajorityVote().fit(table));
    assertEquals("t0", table.taskName(0));
    assertEquals(size, table.answers());
  }

  @Test
  void offHeapColumnsBecomeArraysWhenAskedFor() {
    Chunks chunks = new Chunks();
    for (int i = 0; i < 100_000; i++) {
      chunks.add(i, i % 3, i % 2, 1);
    }
    try (TableColumns columns =
        TableColumns.of(chunks, 100_000, 3, 2, new Reader(Storage.OFF_HEAP))) {
      assertEquals(99_999, columns.task(99_999));
      assertEquals(1.0f, columns.weight(5));
      Columns.Heap heap = (Columns.Heap) columns.in(new Reader(Storage.HEAP));
      assertEquals(99_999, heap.task()[99_999]);
      assertEquals(0, heap.expert()[99_999]);
      assertEquals(1, heap.label()[99_999]);
    }
  }

  @Test
  void arraysAreCopiedStraightIntoOffHeapColumns() {
    int[] task = {3, 1, 2};
    int[] expert = {0, 1, 0};
    int[] label = {1, 0, 1};
    Columns.Heap arrays =
        new Columns.Heap(3, 4, 2, 2, task, expert, label, new float[] {1, 0.5f, 2});
    try (TableColumns columns = TableColumns.copyOf(arrays, DirectMemory.SOURCE)) {
      task[0] = 0;
      assertEquals(3, columns.task(0));
      assertEquals(1, columns.expert(1));
      assertEquals(1, columns.label(2));
      assertEquals(2.0f, columns.weight(2));
      Columns.OffHeap blocks = (Columns.OffHeap) columns.in(new Reader(Storage.OFF_HEAP));
      assertEquals(4, blocks.tasks());
      assertEquals(12, blocks.weight().byteSize());
    }
  }
}
