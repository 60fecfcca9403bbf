package dev.coterie.internal.text;

import dev.coterie.spi.TextColumns;
import dev.coterie.spi.TextOutcome;

/**
 * What the texts of the winning cluster share and the others do not have: runs of one to three
 * words. Each run is numbered once; a run of two is a pair of words, one of three a run of two and
 * a word.
 */
final class Themes {
  private static final int STOP = StopWords.COUNT;

  private final TextColumns columns;
  private final int first;
  private final int rows;
  private final int[] cluster;
  private final int inside;
  private final GramTable pairs = new GramTable();
  private final GramTable triples = new GramTable();

  /** Of words, of runs of two, of runs of three. */
  private final Grams[] grams = {new Grams(), new Grams(), new Grams()};

  private Themes(TextColumns columns, int first, int rows, int[] cluster) {
    this.columns = columns;
    this.first = first;
    this.rows = rows;
    this.cluster = cluster;
    int members = 0;
    for (int r = 0; r < rows; r++) {
      members += cluster[first + r] == 0 ? 1 : 0;
    }
    this.inside = members;
  }

  /** Finds and writes the themes of a task, whose rows are in {@code [first, first + rows)}. */
  static void find(
      TextColumns columns, int task, int first, int rows, int most, TextOutcome outcome) {
    if (most > 0) {
      Themes themes = new Themes(columns, first, rows, outcome.cluster);
      themes.count();
      themes.cover();
      themes.choose(new Best(outcome, task, most));
    }
  }

  private void count() {
    for (int r = 0; r < rows; r++) {
      if (cluster[first + r] == 0) {
        countInside(r);
      }
    }
    for (int r = 0; r < rows; r++) {
      if (cluster[first + r] != 0) {
        countOutside(r);
      }
    }
  }

  private void countInside(int r) {
    int[] token = columns.token();
    int begin = columns.tokenOffset()[first + r];
    int end = columns.tokenOffset()[first + r + 1];
    for (int i = begin; i < end; i++) {
      int word = token[i];
      if (word >= STOP) {
        grams[0].inside(word - STOP, r, i - begin);
        if (i + 1 < end) {
          int pair = pairs.intern(GramTable.key(word, token[i + 1]));
          grams[1].inside(pair, r, i - begin);
          if (i + 2 < end && token[i + 2] >= STOP) {
            grams[2].inside(triples.intern(GramTable.key(pair, token[i + 2])), r, i - begin);
          }
        }
      }
    }
  }

  private void countOutside(int r) {
    int[] token = columns.token();
    int begin = columns.tokenOffset()[first + r];
    int end = columns.tokenOffset()[first + r + 1];
    int known = grams[0].inside.length;
    for (int i = begin; i < end; i++) {
      int word = token[i] - STOP;
      if (word >= 0 && word < known && grams[0].inside[word] > 0) {
        grams[0].outside(word, r);
        int pair = i + 1 < end ? pairs.find(GramTable.key(token[i], token[i + 1])) : -1;
        if (pair >= 0) {
          grams[1].outside(pair, r);
          int triple = i + 2 < end ? triples.find(GramTable.key(pair, token[i + 2])) : -1;
          if (triple >= 0) {
            grams[2].outside(triple, r);
          }
        }
      }
    }
  }

  /** Leaves out the runs that lie within a longer one of the same texts. */
  private void cover() {
    for (int pair = 0; pair < pairs.size(); pair++) {
      if (pairs.second(pair) >= STOP && score(1, pair) > 0.0) {
        cover(1, pair, 0, pairs.first(pair) - STOP);
        cover(1, pair, 0, pairs.second(pair) - STOP);
      }
    }
    for (int triple = 0; triple < triples.size(); triple++) {
      if (score(2, triple) > 0.0) {
        coverByTriple(triple);
      }
    }
  }

  private void coverByTriple(int triple) {
    int pair = triples.first(triple);
    int last = triples.second(triple);
    cover(2, triple, 0, pairs.first(pair) - STOP);
    cover(2, triple, 0, last - STOP);
    if (pairs.second(pair) >= STOP) {
      cover(2, triple, 1, pair);
      cover(2, triple, 1, pairs.find(GramTable.key(pairs.second(pair), last)));
      cover(2, triple, 0, pairs.second(pair) - STOP);
    }
  }

  private void cover(int longLevel, int longer, int level, int shorter) {
    Grams by = grams[longLevel];
    Grams of = grams[level];
    if (by.inside[longer] == of.inside[shorter] && by.outside[longer] == of.outside[shorter]) {
      of.covered[shorter] = true;
    }
  }

  /** Returns the score of a run, 0 when too few texts have it. */
  private double score(int level, int gram) {
    int in = grams[level].inside[gram];
    if (in < Math.min(2, inside)) {
      return 0.0;
    }
    double score = in / (double) inside;
    int others = rows - inside;
    return others == 0 ? score : score - grams[level].outside[gram] / (double) others;
  }

  private void choose(Best best) {
    int[] sizes = {grams[0].inside.length, pairs.size(), triples.size()};
    for (int level = 0; level < grams.length; level++) {
      for (int gram = 0; gram < sizes[level]; gram++) {
        boolean ends = level != 1 || pairs.second(gram) >= STOP;
        if (ends && !grams[level].covered[gram]) {
          double score = score(level, gram);
          if (score > 0.0) {
            best.offer(first, level, gram, score, grams[level]);
          }
        }
      }
    }
    best.close();
  }

  /** The best themes so far, in the outcome, in order. */
  private static final class Best {
    private final TextOutcome outcome;
    private final int task;
    private final int most;
    private final int from;
    private int size;

    Best(TextOutcome outcome, int task, int most) {
      this.outcome = outcome;
      this.task = task;
      this.most = most;
      this.from = task * most;
    }

    void offer(int first, int level, int gram, double score, Grams grams) {
      int row = first + grams.row[gram] - 1;
      int place = grams.place[gram];
      int in = grams.inside[gram];
      int at = size;
      while (at > 0 && before(score, level + 1, in, row, place, from + at - 1)) {
        at--;
      }
      if (at == most) {
        return;
      }
      int kept = Math.min(size, most - 1);
      int width = TextOutcome.THEME;
      int to = (from + at) * width;
      System.arraycopy(outcome.theme, to, outcome.theme, to + width, (kept - at) * width);
      System.arraycopy(outcome.score, from + at, outcome.score, from + at + 1, kept - at);
      outcome.score[from + at] = score;
      outcome.theme[to] = row;
      outcome.theme[to + 1] = place;
      outcome.theme[to + 2] = level + 1;
      outcome.theme[to + 3] = in;
      outcome.theme[to + 4] = grams.outside[gram];
      size = kept + 1;
    }

    private boolean before(double score, int length, int in, int row, int place, int other) {
      int at = other * TextOutcome.THEME;
      int[] theme = outcome.theme;
      if (score != outcome.score[other]) {
        return score > outcome.score[other];
      }
      if (length != theme[at + 2]) {
        return length > theme[at + 2];
      }
      if (in != theme[at + 3]) {
        return in > theme[at + 3];
      }
      return row != theme[at] ? row < theme[at] : place < theme[at + 1];
    }

    void close() {
      outcome.themeCount[task] = size;
    }
  }
}
