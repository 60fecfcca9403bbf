//! The methods for sequences against their golden vectors, bit for bit, and as a caller sees them.

mod common;

use std::collections::HashMap;

use coterie::consensus::{Control, FitError};
use coterie::sequence::{RoverProblem, RoverSolution, Rows, rover};

use common::{bits, repository};

/// The lines of a golden file by their first word.
struct Golden(HashMap<String, Vec<String>>);

impl Golden {
    fn all(prefix: &str) -> Vec<(String, Self)> {
        let folder = repository().join("tests/data/golden/sequences");
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let name = |path: &std::path::Path| path.file_name().unwrap().to_str().unwrap().to_owned();
        files.retain(|path| name(path).starts_with(prefix));
        assert!(!files.is_empty(), "no golden files that begin with {prefix}");
        files.iter().map(|path| (name(path), Self::read(&std::fs::read_to_string(path).unwrap()))).collect()
    }

    fn read(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        Self(
            lines
                .map(|line| {
                    let mut words = line.split(' ').map(str::to_owned);
                    (words.next().unwrap(), words.collect())
                })
                .collect(),
        )
    }

    fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    fn integers(&self, key: &str) -> Vec<i32> {
        self.0[key].iter().map(|word| word.parse().unwrap()).collect()
    }

    fn integer(&self, key: &str) -> usize {
        self.0[key][0].parse().unwrap()
    }

    fn doubles(&self, key: &str) -> Vec<f64> {
        self.0[key].iter().map(|word| f64::from_bits(u64::from_str_radix(word, 16).unwrap())).collect()
    }
}

/// A problem that owns its columns.
#[derive(Clone, Default)]
struct Table {
    tasks: usize,
    experts: usize,
    words: usize,
    task: Vec<i32>,
    expert: Vec<i32>,
    length: Vec<i32>,
    word: Vec<i32>,
    confidence: Option<Vec<f64>>,
}

impl Table {
    fn of(golden: &Golden) -> Self {
        let offset = golden.integers("offset");
        Self {
            tasks: golden.integer("tasks"),
            experts: golden.integer("experts"),
            words: golden.integer("words"),
            task: golden.integers("task"),
            expert: golden.integers("expert"),
            length: offset.windows(2).map(|pair| pair[1] - pair[0]).collect(),
            word: golden.integers("token"),
            confidence: golden.has("confidence").then(|| golden.doubles("confidence")),
        }
    }

    fn problem(&self, reliability: bool) -> RoverProblem<'_> {
        RoverProblem {
            rows: Rows {
                tasks: self.tasks,
                experts: self.experts,
                task: &self.task,
                expert: &self.expert,
                words: self.words,
                length: &self.length,
                word: &self.word,
            },
            confidence: self.confidence.as_deref(),
            reliability,
        }
    }

    fn small() -> Self {
        Self {
            tasks: 1,
            experts: 2,
            words: 3,
            task: vec![0, 0],
            expert: vec![0, 1],
            length: vec![2, 1],
            word: vec![1, 2, 1],
            confidence: Some(vec![0.5, 1.0]),
        }
    }

    fn refused(change: impl FnOnce(&mut Self), expected: &str) {
        let mut table = Self::small();
        let mut solution = RoverSolution::new(&table.problem(true));
        change(&mut table);
        match rover(&table.problem(true), solution.outcome(), &Control::default()) {
            Err(FitError::Invalid(text)) => assert!(text.contains(expected), "expected \"{expected}\", got \"{text}\""),
            other => panic!("expected \"{expected}\", got {other:?}"),
        }
        assert_eq!(solution.backbone, [-1]);
    }
}

#[test]
fn rover_is_golden() {
    for (name, golden) in Golden::all("rover-") {
        let table = Table::of(&golden);
        let problem = table.problem(golden.integer("reliability") == 1);
        let mut solution = RoverSolution::new(&problem);
        let rounds = rover(&problem, solution.outcome(), &Control::default()).unwrap();
        assert_eq!(rounds as usize, golden.integer("expect_rounds"), "{name}");
        let offset = golden.integers("expect_offset");
        let length: Vec<i32> = offset.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!(solution.length, length, "{name}");
        let written = *offset.last().unwrap() as usize;
        assert_eq!(solution.word[..written], golden.integers("expect_token"), "{name}");
        assert_eq!(bits(&solution.share[..written]), bits(&golden.doubles("expect_share")), "{name}");
        assert_eq!(solution.backbone, golden.integers("expect_backbone"), "{name}");
        assert_eq!(bits(&solution.weight), bits(&golden.doubles("expect_weight")), "{name}");
        assert_eq!(bits(&solution.skill), bits(&golden.doubles("expect_skill")), "{name}");
    }
}

#[test]
fn bad_tables_are_refused_with_their_row() {
    Table::refused(|t| t.tasks = 0, "tasks is 0, not in 1..=2147483647");
    Table::refused(|t| t.words = 0, "words is 0");
    Table::refused(|t| t.task[1] = 1, "row 1: task 1 is outside 0..1");
    Table::refused(|t| t.expert[0] = -1, "row 0: expert -1 is outside 0..2");
    Table::refused(|t| t.expert.truncate(1), "the columns of the table differ in length");
    Table::refused(|t| t.length[1] = 2, "row 1: its length is 2, but 1 words are left");
    Table::refused(|t| t.length[0] = -1, "row 0: its length is -1");
    Table::refused(|t| t.length[1] = 0, "the rows have 2 words, but 3 are given");
    Table::refused(|t| t.word[2] = 3, "row 1: word 0 is 3, outside 0..3");
    Table::refused(|t| t.confidence = Some(vec![0.5, 1.5]), "row 1: confidence 1.5 is not in 0 to 1");
    Table::refused(|t| t.confidence = Some(vec![f64::NAN, 1.0]), "row 0: confidence NaN");
    Table::refused(|t| t.confidence = Some(vec![1.0]), "the columns of the table differ in length");
    Table::refused(|t| t.experts = 3, "skill has 2 elements, not 3");
    let empty = |t: &mut Table| *t = Table { tasks: 1, experts: 2, words: 1, ..Table::default() };
    Table::refused(empty, "the table has no rows");
}

#[test]
fn what_is_too_long_to_align_is_refused() {
    let size = 40_000;
    let table = Table { length: vec![size; 2], word: vec![1; 2 * size as usize], confidence: None, ..Table::small() };
    let problem = table.problem(false);
    let error = rover(&problem, RoverSolution::new(&problem).outcome(), &Control::default()).unwrap_err();
    let expected =
        "row 1: 40000 words against 40000 places are more than 1073741824 to compare: cut the texts into parts";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_cancelled_run_ends() {
    let table = Table::small();
    let problem = table.problem(true);
    let control = Control::default();
    control.cancel();
    let result = rover(&problem, RoverSolution::new(&problem).outcome(), &control);
    assert!(matches!(result, Err(FitError::Cancelled)));
}
