//! The text consensus: the golden vectors bit for bit on every instruction set and number of threads.

mod common;
#[path = "text/message.rs"]
mod message;

use std::collections::BTreeMap;

use coterie::consensus::{Control, Repeats};
use coterie::kernels::Kernels;
use coterie::text::{
    Clustering, Columns, Confidence, Options, Row, STOP_WORDS, Similarity, Solution, Table, Theme, Tokeniser,
    consensus, pairs, similarities,
};

use common::{all_kernels, bits, data, repository};

const KINDS: [&str; 9] = [
    "set-cosine",
    "tfidf-cosine",
    "jaccard",
    "min-hash",
    "word-levenshtein",
    "levenshtein",
    "embedding-cosine",
    "trigram-dice",
    "word-alignment",
];

/// One golden file: its input, and what it expects by key.
struct Golden {
    name: String,
    options: Options,
    sizes: [usize; 2],
    rows: Vec<(i32, i32, f64, Vec<u8>)>,
    embedding: Vec<f32>,
    dimension: usize,
    repeats: Repeats,
    expected: BTreeMap<String, Vec<Vec<String>>>,
}

fn unhex(text: &str) -> Vec<u8> {
    if text == "-" {
        return Vec::new();
    }
    (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).expect("a byte")).collect()
}

fn double(text: &str) -> f64 {
    f64::from_bits(u64::from_str_radix(text, 16).expect("bits"))
}

impl Golden {
    fn read(name: &str, text: &str) -> Self {
        let mut golden = Self {
            name: name.to_owned(),
            options: Options { threads: 1, ..Options::default() },
            sizes: [0; 2],
            rows: Vec::new(),
            embedding: Vec::new(),
            dimension: 0,
            repeats: Repeats::CountAll,
            expected: BTreeMap::new(),
        };
        let (mut clustering, mut min_points) = (String::new(), 0);
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (key, rest) = line.split_once(' ').unwrap_or((line, ""));
            let words: Vec<&str> = rest.split_whitespace().collect();
            match key {
                "similarity" => {
                    let number = KINDS.iter().position(|kind| *kind == rest).expect("a kind");
                    golden.options.similarity = Similarity::ALL[number];
                    golden.options.choice = Similarity::ALL[number];
                }
                "tasks" => golden.sizes[0] = rest.parse().expect("a number"),
                "experts" => golden.sizes[1] = rest.parse().expect("a number"),
                "row" => {
                    let index = |at: usize| words[at].parse().expect("an index");
                    golden.rows.push((index(0), index(1), double(words[2]), unhex(words[3])));
                }
                "dimension" => golden.dimension = rest.parse().expect("a number"),
                "embedding" => golden
                    .embedding
                    .extend(words.iter().map(|word| f32::from_bits(u32::from_str_radix(word, 16).expect("bits")))),
                "choice" => {
                    let number = KINDS.iter().position(|kind| *kind == rest).expect("a kind");
                    golden.options.choice = Similarity::ALL[number];
                }
                "confidence" if rest == "pooled" => golden.options.confidence = Confidence::Pooled,
                "confidence" => assert_eq!(rest, "alone"),
                "clustering" => clustering = rest.to_owned(),
                "threshold" if !golden.expected.contains_key("expect_similarities") => {
                    golden.options.threshold = double(rest);
                }
                "min_points" => min_points = rest.parse().expect("a number"),
                "themes" => golden.options.themes = rest.parse().expect("a number"),
                "repeats" => {
                    assert_eq!(rest, "last");
                    golden.repeats = Repeats::LastWins;
                }
                key => golden
                    .expected
                    .entry(key.to_owned())
                    .or_default()
                    .push(words.iter().map(|word| (*word).to_owned()).collect()),
            }
        }
        golden.options.clustering = match clustering.as_str() {
            "components" => Clustering::Components,
            "density" => Clustering::Density { min_points },
            "complete-link" => Clustering::CompleteLink,
            _ => Clustering::Leader,
        };
        golden
    }

    fn all(prefix: &str) -> Vec<Self> {
        let folder = repository().join("tests/data/golden/text");
        let mut files: Vec<Self> = std::fs::read_dir(folder)
            .expect("golden vectors")
            .map(|file| file.expect("a file").path())
            .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix)))
            .map(|path| Self::read(&path.display().to_string(), &std::fs::read_to_string(&path).expect("text")))
            .collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        files
    }

    fn table(&self) -> Table {
        let rows: Vec<Row<'_>> = self
            .rows
            .iter()
            .map(|(task, expert, confidence, text)| Row { task: *task, expert: *expert, text, confidence: *confidence })
            .collect();
        let symbols = [self.options.similarity, self.options.choice].into_iter().any(Similarity::reads_symbols);
        Table::build(&rows, self.sizes[0], self.sizes[1], self.repeats, symbols).expect("a table")
    }

    /// The vectors in the table's order.
    fn vectors(&self, table: &Table) -> Vec<f32> {
        let row = |&row: &u32| &self.embedding[row as usize * self.dimension..][..self.dimension];
        table.order().iter().flat_map(row).copied().collect()
    }

    fn columns<'a>(&self, table: &'a Table, vectors: &'a [f32]) -> Columns<'a> {
        Columns { embedding: vectors, dimension: self.dimension, ..table.columns() }
    }

    fn lines(&self, key: &str) -> &[Vec<String>] {
        self.expected.get(key).map_or(&[], Vec::as_slice)
    }

    fn integers(&self, key: &str) -> Vec<i32> {
        self.lines(key)[0].iter().map(|word| word.parse().expect("an integer")).collect()
    }

    fn doubles(&self, key: &str) -> Vec<u64> {
        self.lines(key)[0].iter().map(|word| u64::from_str_radix(word, 16).expect("bits")).collect()
    }

    fn check_columns(&self, table: &Table) {
        let order: Vec<i32> = table.order().iter().map(|&row| row as i32).collect();
        assert_eq!(order, self.integers("expect_order"), "{}", self.name);
        let columns = table.columns();
        assert_eq!(columns.vocabulary, self.integers("expect_vocabulary"), "{}", self.name);
        for (row, expected) in self.lines("expect_tokens").iter().enumerate() {
            let tokens = &columns.token[columns.token_offset[row] as usize..columns.token_offset[row + 1] as usize];
            let tokens: Vec<String> = tokens.iter().map(ToString::to_string).collect();
            assert_eq!(&tokens, expected, "{}: row {row}", self.name);
        }
    }
}

#[test]
fn tokens_are_those_of_the_oracle() {
    let text = data("golden/text/tokens.txt");
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let mut seen = 0;
    while let Some(line) = lines.next() {
        let text = unhex(line.strip_prefix("text ").expect("a text"));
        let rest = |line: Option<&str>| line.expect("a line").split_whitespace().skip(1).map(str::to_owned).collect();
        let (tokens, symbols): (Vec<String>, Vec<String>) = (rest(lines.next()), rest(lines.next()));
        // Ids of first appearance, behind the stop words.
        let mut known: Vec<Vec<u8>> = STOP_WORDS.iter().map(|word| word.as_bytes().to_vec()).collect();
        let mut expected = Vec::new();
        for token in tokens.iter().map(|token| unhex(token)) {
            let id = known.iter().position(|word| *word == token).unwrap_or(known.len());
            expected.push(id as i32);
            if id == known.len() {
                known.push(token);
            }
        }
        let row = Row { task: 0, expert: 0, text: &text, confidence: 1.0 };
        let table = Table::build(&[row], 1, 1, Repeats::CountAll, true).expect("a table");
        let shown = String::from_utf8_lossy(&text);
        assert_eq!(table.columns().token, expected, "{shown}");
        let mut tokeniser = Tokeniser::default();
        let count = tokeniser.cut(&text).expect("tokens");
        let phrase: Vec<u8> = tokens.iter().map(|token| unhex(token)).collect::<Vec<_>>().join(&b' ');
        assert_eq!(tokeniser.phrase(0, count).expect("a phrase").as_bytes(), phrase, "{shown}");
        assert!(tokeniser.phrase(1, count).is_err());
        let found: Vec<String> = table.columns().symbol.iter().map(|symbol| format!("{symbol:x}")).collect();
        assert_eq!(found, symbols, "{shown}");
        seen += 1;
    }
    assert!(seen > 40, "{seen} texts");
}

#[test]
fn similarities_and_pairs_are_those_of_the_oracle() {
    let files = Golden::all("similarities-");
    assert!(files.len() > 25, "{} golden matrices", files.len());
    for golden in files {
        let table = golden.table();
        golden.check_columns(&table);
        let vectors = golden.vectors(&table);
        let columns = golden.columns(&table, &vectors);
        let (kind, rows) = (golden.options.similarity, columns.rows());
        for kernels in all_kernels() {
            for threads in [1, 3] {
                let mut matrix = vec![-7.0; rows * rows];
                similarities(kernels, &columns, kind, 0, threads, &mut matrix, &Control::default()).expect("a matrix");
                let expected: Vec<u64> = golden
                    .lines("expect_similarities")
                    .iter()
                    .flatten()
                    .map(|word| u64::from_str_radix(word, 16).expect("bits"))
                    .collect();
                assert_eq!(bits(&matrix), expected, "{} {:?}", golden.name, kernels.isa());
                for (threshold, expected) in golden.lines("threshold").iter().zip(golden.lines("expect_pairs")) {
                    let mut found = Vec::new();
                    let options =
                        Options { similarity: kind, threshold: double(&threshold[0]), threads, ..golden.options };
                    pairs(kernels, &columns, 0, &options, &Control::default(), |pair| {
                        assert_eq!(
                            pair.similarity.to_bits(),
                            matrix[pair.first as usize * rows + pair.second as usize].to_bits()
                        );
                        found.push(format!("{}:{}", pair.first, pair.second));
                    })
                    .expect("pairs");
                    assert_eq!(&found, expected, "{}", golden.name);
                }
            }
        }
    }
}

fn run(kernels: Kernels, columns: &Columns<'_>, options: &Options) -> Solution {
    let mut solution = Solution::new(columns, options);
    consensus(kernels, columns, options, solution.outcome(), &Control::default()).expect("a consensus");
    solution
}

#[test]
fn consensus_is_that_of_the_oracle() {
    let files = Golden::all("consensus-");
    assert!(files.len() > 50, "{} golden runs", files.len());
    for golden in files {
        let table = golden.table();
        golden.check_columns(&table);
        let vectors = golden.vectors(&table);
        let columns = golden.columns(&table, &vectors);
        for kernels in all_kernels() {
            for threads in [1, 3] {
                let options = Options { threads, ..golden.options };
                let solution = run(kernels, &columns, &options);
                let name = &golden.name;
                assert_eq!(bits(&solution.weight), golden.doubles("expect_weight"), "{name}");
                assert_eq!(bits(&solution.skill), golden.doubles("expect_skill"), "{name}");
                assert_eq!(solution.cluster, golden.integers("expect_cluster"), "{name}");
                assert_eq!(bits(&solution.centrality), golden.doubles("expect_centrality"), "{name}");
                assert_eq!(solution.medoid, golden.integers("expect_medoid"), "{name}");
                assert_eq!(solution.chosen, golden.integers("expect_chosen"), "{name}");
                assert_eq!(solution.clusters, golden.integers("expect_clusters"), "{name}");
                assert_eq!(bits(&solution.confidence), golden.doubles("expect_confidence"), "{name}");
                assert_eq!(bits(&solution.support), golden.doubles("expect_support"), "{name}");
                let themes: Vec<Vec<String>> = (0..columns.tasks)
                    .flat_map(|task| solution.themes(task).iter().map(move |theme| (task, theme)))
                    .map(|(task, theme)| described(task, theme))
                    .collect();
                assert_eq!(themes, golden.lines("expect_theme"), "{name}");
            }
        }
    }
}

fn described(task: usize, theme: &Theme) -> Vec<String> {
    let score = format!("{:016x}", theme.score.to_bits());
    let numbers = [task as i32, theme.row, theme.place, theme.length].map(|number| number.to_string());
    let counts = [theme.inside, theme.outside].map(|number| number.to_string());
    numbers.into_iter().chain([score]).chain(counts).collect()
}
