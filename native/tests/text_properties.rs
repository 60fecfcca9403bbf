//! What holds for every table of texts: nothing depends on the order of rows, matrices are symmetric, pairs are theirs.

mod common;

use common::{SplitMix64, bits};
use coterie::consensus::{Control, FitError, Repeats};
use coterie::kernels::Kernels;
use coterie::text::{
    Clustering, Columns, Confidence, Options, Row, Similarity, Solution, Table, consensus, pairs, similarities,
};

const WORDS: [&str; 24] = [
    "a",
    "the",
    "not",
    "Queue",
    "queue",
    "retry",
    "machine",
    "zürich",
    "ΑΒΓ",
    "don't",
    "3.14",
    "長い",
    "😀",
    "…",
    "x-y",
    "incomprehensibilities",
    "internationalisation",
    "\u{fffd}",
    "B",
    "larger",
    "night",
    "wait",
    "until",
    "it's",
];

/// Texts of all sorts, several by one expert, some of them equal.
struct Answers {
    texts: Vec<Vec<u8>>,
    places: Vec<(i32, i32, f64)>,
    tasks: usize,
}

const EXPERTS: usize = 7;

impl Answers {
    fn random(seed: u64, tasks: usize, count: usize) -> Self {
        let mut r = SplitMix64(seed);
        let mut answers = Self { texts: Vec::new(), places: Vec::new(), tasks };
        for _ in 0..count {
            let words = r.below(12);
            let words: Vec<&str> = (0..words).map(|_| WORDS[r.below(WORDS.len())]).collect();
            let mut text = words.join([" ", ", ", ""][r.below(3)]).into_bytes();
            if r.below(8) == 0 {
                text.push(0x80 + r.below(128) as u8);
            }
            answers.texts.push(text);
            let confidence = [0.0, 0.25, 1.0, 1.0][r.below(4)];
            answers.places.push((r.below(tasks) as i32, r.below(EXPERTS) as i32, confidence));
        }
        answers
    }

    /// The table of the rows in some order.
    fn table(&self, order: &[usize]) -> Table {
        let row = |&place: &usize| {
            let (task, expert, confidence) = self.places[place];
            Row { task, expert, text: &self.texts[place], confidence }
        };
        let rows: Vec<Row<'_>> = order.iter().map(row).collect();
        Table::build(&rows, self.tasks, EXPERTS, Repeats::CountAll, true).expect("a table")
    }

    fn in_order(&self) -> Table {
        self.table(&(0..self.texts.len()).collect::<Vec<usize>>())
    }
}

fn shuffled(r: &mut SplitMix64, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    (1..count).for_each(|place| order.swap(place, r.below(place + 1)));
    order
}

fn vectors(rows: usize) -> Vec<f32> {
    let mut r = SplitMix64(5);
    (0..3 * rows).map(|_| (r.below(9) as f32 - 4.0) / 4.0).collect()
}

const CLUSTERINGS: [Clustering; 4] =
    [Clustering::Components, Clustering::CompleteLink, Clustering::Density { min_points: 2 }, Clustering::Leader];

fn with_vectors<'a>(table: &'a Table, vectors: &'a [f32]) -> Columns<'a> {
    Columns { embedding: vectors, dimension: 3, ..table.columns() }
}

fn run(columns: &Columns<'_>, options: &Options) -> Solution {
    let mut solution = Solution::new(columns, options);
    consensus(Kernels::current(), columns, options, solution.outcome(), &Control::default()).expect("a consensus");
    solution
}

/// Everything of a solution, comparable where there is NaN.
fn whole(solution: &Solution) -> String {
    let s = solution;
    let doubles = [&s.confidence, &s.support, &s.centrality, &s.weight, &s.skill].map(|values| bits(values));
    let integers = [&s.chosen, &s.clusters, &s.cluster, &s.medoid, &s.theme_count];
    format!("{doubles:?} {integers:?} {:?}", s.theme)
}

#[test]
fn the_order_of_the_input_does_not_show() {
    let mut r = SplitMix64(3);
    for seed in 0..6 {
        let answers = Answers::random(seed, 3, 40);
        let table = answers.in_order();
        for _ in 0..3 {
            let order = shuffled(&mut r, 40);
            let other = answers.table(&order);
            let (a, b) = (table.columns(), other.columns());
            assert_eq!((a.task, a.expert, a.token_offset, a.token), (b.task, b.expert, b.token_offset, b.token));
            assert_eq!((a.vocabulary, a.symbol_offset, a.symbol), (b.vocabulary, b.symbol_offset, b.symbol));
            assert_eq!(a.confidence, b.confidence);
            for (place, &row) in other.order().iter().enumerate() {
                let expected = table.order()[place] as usize;
                assert_eq!(answers.texts[order[row as usize]], answers.texts[expected], "row {place}");
                assert_eq!(answers.places[order[row as usize]], answers.places[expected], "row {place}");
            }
        }
    }
}

#[test]
fn the_number_of_threads_does_not_show() {
    let answers = Answers::random(11, 9, 150);
    let table = answers.in_order();
    let vectors = vectors(150);
    let columns = with_vectors(&table, &vectors);
    for similarity in Similarity::ALL {
        for clustering in CLUSTERINGS {
            let confidence = Confidence::Pooled;
            let options = Options { similarity, choice: similarity, clustering, confidence, ..Options::default() };
            let alone = whole(&run(&columns, &Options { threads: 1, ..options }));
            assert_eq!(
                alone,
                whole(&run(&columns, &Options { threads: 3, ..options })),
                "{similarity:?} {clustering:?}"
            );
        }
    }
}

#[test]
fn matrices_are_symmetric_and_pairs_are_theirs() {
    for seed in 20..24 {
        let rows = 41;
        let answers = Answers::random(seed, 1, rows);
        let table = answers.in_order();
        let vectors = vectors(rows);
        let columns = with_vectors(&table, &vectors);
        for kind in Similarity::ALL {
            let mut matrix = vec![f64::NAN; rows * rows];
            similarities(Kernels::current(), &columns, kind, 0, 1, &mut matrix, &Control::default()).expect("a matrix");
            let least = if kind == Similarity::EmbeddingCosine { -1.0 } else { 0.0 };
            for i in 0..rows {
                assert_eq!(matrix[i * rows + i], 1.0, "{kind:?}");
                for j in 0..rows {
                    let value = matrix[i * rows + j];
                    assert!((least..=1.0).contains(&value), "{kind:?}: {value}");
                    assert_eq!(value.to_bits(), matrix[j * rows + i].to_bits(), "{kind:?}: {i} {j}");
                    if columns.embedding.is_empty() || kind != Similarity::EmbeddingCosine {
                        let equal =
                            answers.texts[table.order()[i] as usize] == answers.texts[table.order()[j] as usize];
                        assert!(!equal || value > 1.0 - 1e-12, "{kind:?}: equal texts have {value}");
                    }
                }
            }
            // Thresholds that are met exactly, and others.
            for threshold in [-1.0, 0.0, matrix[1], matrix[rows + 5], 0.5, 1.0] {
                let expected: Vec<(usize, usize, u64)> = (0..rows)
                    .flat_map(|i| (i + 1..rows).map(move |j| (i, j)))
                    .map(|(i, j)| (i, j, matrix[i * rows + j]))
                    .filter(|&(_, _, value)| value >= threshold)
                    .map(|(i, j, value)| (i, j, value.to_bits()))
                    .collect();
                for threads in [1, 2] {
                    let options = Options { similarity: kind, threshold, threads, ..Options::default() };
                    let mut found = Vec::new();
                    pairs(Kernels::current(), &columns, 0, &options, &Control::default(), |pair| {
                        found.push((pair.first as usize, pair.second as usize, pair.similarity.to_bits()));
                    })
                    .expect("pairs");
                    assert_eq!(found, expected, "{kind:?} {threshold}");
                }
            }
        }
    }
}

#[test]
fn clusters_are_what_they_are_called() {
    for seed in 40..44 {
        let rows = 30;
        let answers = Answers::random(seed, 1, rows);
        let table = answers.in_order();
        let columns = table.columns();
        let kind = Similarity::SetCosine;
        let mut matrix = vec![0.0; rows * rows];
        similarities(Kernels::current(), &columns, kind, 0, 1, &mut matrix, &Control::default()).expect("a matrix");
        let threshold = 0.4;
        let near = |i: usize, j: usize| matrix[i * rows + j] >= threshold;
        for clustering in CLUSTERINGS {
            let options = Options { clustering, threshold, threads: 1, ..Options::default() };
            let solution = run(&columns, &options);
            assert_eq!(solution.cluster[solution.chosen[0] as usize], 0, "{clustering:?}");
            assert!(solution.confidence[0] > 0.0 && solution.confidence[0] < 1.0, "{clustering:?}");
            for i in 0..rows {
                let medoid = solution.medoid[i] as usize;
                assert_eq!(solution.cluster[medoid], solution.cluster[i], "{clustering:?}");
                assert!(clustering != Clustering::Leader || near(i, medoid), "{clustering:?}: row {i}");
                for j in 0..rows {
                    let together = solution.cluster[i] == solution.cluster[j];
                    match clustering {
                        Clustering::CompleteLink => assert!(!together || near(i, j), "{i} {j}"),
                        Clustering::Components => assert!(together || !near(i, j), "{i} {j}"),
                        Clustering::Density { .. } | Clustering::Leader => {}
                    }
                }
            }
        }
    }
}

#[test]
fn tasks_that_are_done_are_counted() {
    let answers = Answers::random(50, 12, 60);
    let table = answers.in_order();
    for threads in [1, 3] {
        let options = Options { threads, ..Options::default() };
        let control = Control::default();
        let mut solution = Solution::new(&table.columns(), &options);
        for _ in 0..2 {
            consensus(Kernels::current(), &table.columns(), &options, solution.outcome(), &control).expect("one");
            assert_eq!(control.iterations(), 12);
        }
    }
}

#[test]
fn every_run_ends_when_it_is_cancelled() {
    let rows = 700;
    let answers = Answers::random(60, 1, rows);
    let table = answers.in_order();
    let vectors = vectors(rows);
    let columns = with_vectors(&table, &vectors);
    let cancelled = Control::default();
    cancelled.cancel();
    for kind in Similarity::ALL {
        let options = Options { similarity: kind, choice: kind, threshold: -1.0, threads: 1, ..Options::default() };
        for clustering in CLUSTERINGS {
            let options = Options { clustering, ..options };
            let mut solution = Solution::new(&columns, &options);
            let ended = consensus(Kernels::current(), &columns, &options, solution.outcome(), &cancelled);
            assert_eq!(ended, Err(FitError::Cancelled), "{kind:?} {clustering:?}");
        }
        // In the middle of the work: what is shown first asks for the end.
        let (control, mut count) = (Control::default(), 0);
        let ended = pairs(Kernels::current(), &columns, 0, &options, &control, |_| {
            count += 1;
            control.cancel();
        });
        assert_eq!(ended, Err(FitError::Cancelled), "{kind:?}");
        assert!(count > 0 && count < rows * (rows - 1) / 2, "{kind:?}: {count} pairs");
        assert!(control.iterations() > 0 && control.iterations() < rows as i64, "{kind:?}");
    }
}
