package dev.coterie.bench;

import dev.coterie.text.Similarity;
import dev.coterie.text.TextConsensus;
import dev.coterie.text.TextResult;
import dev.coterie.text.TextTable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The whole consensus of texts on one thread: strings in, answers with clusters and themes out. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TextBenchmark {
  @Param({"ffm", "jna", "vectorapi", "scalar"})
  public String backend;

  @Param({"SET_COSINE", "TFIDF_COSINE", "TRIGRAM_DICE"})
  public Similarity similarity;

  @Param({"100"})
  public int texts;

  @Param({"50"})
  public int sentences;

  private List<String> answers;
  private TextConsensus consensus;

  /** Makes the texts. */
  @Setup
  public void generate() {
    answers = GeneratedTexts.answers(texts, sentences);
    consensus = TextConsensus.builder().similarity(similarity).threads(1).backend(backend).build();
  }

  /** Makes the table and the consensus. */
  @Benchmark
  public TextResult consensus() {
    TextTable.Builder table = TextTable.builder();
    for (int i = 0; i < answers.size(); i++) {
      table.add("expert " + i, answers.get(i));
    }
    return consensus.fit(table.build());
  }
}
