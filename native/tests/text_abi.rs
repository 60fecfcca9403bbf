//! The text functions through the C interface: the same results, and every refusal.

mod common;

use std::ptr::{null, null_mut};

use common::bits;
use coterie::abi::*;
use coterie::consensus::{Control, Repeats};
use coterie::kernels::Kernels;
use coterie::text::{Options, Row, Similarity, Solution, Table, consensus, similarities};

const UNTOUCHED: f64 = -77.0;
const TEXTS: [&str; 5] =
    ["Use a queue.", "Use a queue, and retry.", "Buy a larger machine", "Use a queue", "Wait until the night"];
const THEMES: usize = 2;

/// A small table of two tasks, with room for every result.
struct Call {
    table: Table,
    task: Vec<i32>,
    expert: Vec<i32>,
    confidence: Vec<f64>,
    token_offset: Vec<i64>,
    token: Vec<i32>,
    vocabulary: Vec<i32>,
    symbol_offset: Vec<i64>,
    symbol: Vec<i32>,
    embedding: Vec<f32>,
    doubles: Vec<f64>,
    integers: Vec<i32>,
    themes: Vec<TextTheme>,
    error: ErrorRecord,
}

impl Call {
    fn new() -> Self {
        let row = |(place, text): (usize, &&'static str)| Row {
            task: i32::from(place > 2),
            expert: place as i32 % 3,
            text: text.as_bytes(),
            confidence: 0.5,
        };
        let rows: Vec<Row<'_>> = TEXTS.iter().enumerate().map(row).collect();
        let table = Table::build(&rows, 2, 3, Repeats::CountAll, true).expect("a table");
        let columns = table.columns();
        let empty =
            TextTheme { row: -77, place: -77, length: -77, inside: -77, outside: -77, reserved: 0, score: -77.0 };
        Self {
            task: columns.task.to_vec(),
            expert: columns.expert.to_vec(),
            confidence: columns.confidence.expect("confidences").to_vec(),
            token_offset: columns.token_offset.to_vec(),
            token: columns.token.to_vec(),
            vocabulary: columns.vocabulary.to_vec(),
            symbol_offset: columns.symbol_offset.to_vec(),
            symbol: columns.symbol.to_vec(),
            embedding: vec![1.0, 0.0, 0.5, 0.5, 0.0, 1.0, 1.0, 1.0, -1.0, 0.0],
            doubles: vec![UNTOUCHED; 2 + 2 + 5 + 5 + 3],
            integers: vec![-77; 2 + 2 + 5 + 5 + 2],
            themes: vec![empty; 2 * THEMES],
            table,
            error: ErrorRecord::new(),
        }
    }

    fn problem(&self) -> TextProblem {
        TextProblem {
            struct_size: size_of::<TextProblem>() as u32,
            similarity: COTERIE_TEXT_SET_COSINE,
            task: self.task.as_ptr(),
            expert: self.expert.as_ptr(),
            confidence: self.confidence.as_ptr(),
            rows: self.task.len() as u64,
            token_offset: self.token_offset.as_ptr(),
            token: self.token.as_ptr(),
            tokens: self.token.len() as u64,
            vocabulary: self.vocabulary.as_ptr(),
            symbol_offset: self.symbol_offset.as_ptr(),
            symbol: self.symbol.as_ptr(),
            symbols: self.symbol.len() as u64,
            embedding: self.embedding.as_ptr(),
            dimension: 2,
            tasks: 2,
            experts: 3,
            choice: COTERIE_TEXT_SET_COSINE,
            clustering: COTERIE_TEXT_LEADER,
            min_points: 2,
            confidence_rule: COTERIE_TEXT_CONFIDENCE_ALONE,
            themes: THEMES as i32,
            threads: 1,
            reserved: 0,
            threshold: 0.5,
        }
    }

    fn outcome(&mut self) -> TextOutcome {
        let (doubles, integers) = (self.doubles.as_mut_ptr(), self.integers.as_mut_ptr());
        TextOutcome {
            struct_size: size_of::<TextOutcome>() as u32,
            reserved: 0,
            chosen: integers,
            clusters: integers.wrapping_add(2),
            cluster: integers.wrapping_add(4),
            medoid: integers.wrapping_add(9),
            theme_count: integers.wrapping_add(14),
            confidence: doubles,
            support: doubles.wrapping_add(2),
            centrality: doubles.wrapping_add(4),
            weight: doubles.wrapping_add(9),
            skill: doubles.wrapping_add(14),
            theme: self.themes.as_mut_ptr(),
        }
    }

    fn consensus(&mut self, change: impl FnOnce(&mut Self, &mut TextProblem, &mut TextOutcome)) -> i32 {
        let (mut problem, mut outcome) = (self.problem(), self.outcome());
        change(self, &mut problem, &mut outcome);
        unsafe { coterie_text_consensus(&problem, &mut outcome, null_mut(), &mut self.error) }
    }

    fn similarities(&mut self, task: i32, out: &mut [f64], change: impl FnOnce(&mut Self, &mut TextProblem)) -> i32 {
        let mut problem = self.problem();
        change(self, &mut problem);
        let length = out.len() as u64;
        unsafe { coterie_text_similarities(&problem, task, out.as_mut_ptr(), length, null_mut(), &mut self.error) }
    }

    fn is_untouched(&self) -> bool {
        self.doubles.iter().all(|&x| x == UNTOUCHED)
            && self.integers.iter().all(|&x| x == -77)
            && self.themes.iter().all(|theme| theme.row == -77)
    }
}

fn refused(expected: &str, change: impl FnOnce(&mut Call, &mut TextProblem, &mut TextOutcome)) {
    let mut call = Call::new();
    let status = call.consensus(change);
    let text = call.error.text();
    assert_eq!(status, COTERIE_INVALID_ARGUMENT, "{expected}: {text}");
    assert!(text.contains(expected), "expected \"{expected}\", got \"{text}\"");
    assert!(call.is_untouched(), "{expected}: results are untouched");
}

#[test]
fn a_consensus_through_the_interface_is_the_consensus() {
    for clustering in [COTERIE_TEXT_COMPONENTS, COTERIE_TEXT_COMPLETE_LINK, COTERIE_TEXT_DENSITY, COTERIE_TEXT_LEADER] {
        for rule in [COTERIE_TEXT_CONFIDENCE_ALONE, COTERIE_TEXT_CONFIDENCE_POOLED] {
            let mut call = Call::new();
            let status = call.consensus(|_, problem, _| {
                (problem.clustering, problem.confidence_rule) = (clustering, rule);
            });
            assert_eq!(status, COTERIE_OK, "{}", call.error.text());
            let options = Options {
                clustering: [
                    coterie::text::Clustering::Components,
                    coterie::text::Clustering::CompleteLink,
                    coterie::text::Clustering::Density { min_points: 2 },
                    coterie::text::Clustering::Leader,
                ][clustering as usize],
                confidence: [coterie::text::Confidence::Alone, coterie::text::Confidence::Pooled][rule as usize],
                themes: THEMES,
                threads: 1,
                ..Options::default()
            };
            let columns = call.table.columns();
            let mut solution = Solution::new(&columns, &options);
            consensus(Kernels::current(), &columns, &options, solution.outcome(), &Control::default()).expect("one");
            let s = &solution;
            let doubles = [&s.confidence, &s.support, &s.centrality, &s.weight, &s.skill].map(|x| bits(x)).concat();
            assert_eq!(bits(&call.doubles), doubles, "clustering {clustering}");
            let integers = [&s.chosen, &s.clusters, &s.cluster, &s.medoid, &s.theme_count].map(|x| x.clone()).concat();
            assert_eq!(call.integers, integers, "clustering {clustering}");
            assert!(s.theme_count[0] > 0, "the queue is a theme");
            for (found, theme) in call.themes.iter().zip(&s.theme) {
                let found = (found.row, found.place, found.length, found.inside, found.outside, found.score);
                assert_eq!(found, (theme.row, theme.place, theme.length, theme.inside, theme.outside, theme.score));
            }
        }
    }
}

#[test]
fn every_similarity_has_its_number() {
    for (number, kind) in Similarity::ALL.into_iter().enumerate() {
        let (mut call, mut out) = (Call::new(), [UNTOUCHED; 9]);
        let status = call.similarities(0, &mut out, |_, problem| problem.similarity = number as i32);
        assert_eq!(status, COTERIE_OK, "{kind:?}: {}", call.error.text());
        let columns = coterie::text::Columns { embedding: &call.embedding, dimension: 2, ..call.table.columns() };
        let mut expected = [0.0; 9];
        similarities(Kernels::current(), &columns, kind, 0, 1, &mut expected, &Control::default()).expect("a matrix");
        assert_eq!(bits(&out), bits(&expected), "{kind:?}");
        let status =
            call.consensus(|_, problem, _| (problem.similarity, problem.choice) = (number as i32, number as i32));
        assert_eq!(status, COTERIE_OK, "{kind:?}: {}", call.error.text());
    }
}

#[test]
fn what_is_not_needed_may_be_null() {
    let mut call = Call::new();
    let status = call.consensus(|_, problem, outcome| {
        (problem.confidence, problem.embedding, problem.dimension) = (null(), null(), 0);
        (problem.symbol_offset, problem.symbol, problem.symbols) = (null(), null(), 0);
        (problem.themes, outcome.theme) = (0, null_mut());
    });
    assert_eq!(status, COTERIE_OK, "{}", call.error.text());
    let options = Options { themes: 0, threads: 1, ..Options::default() };
    let columns = coterie::text::Columns { confidence: None, ..call.table.columns() };
    let mut solution = Solution::new(&columns, &options);
    consensus(Kernels::current(), &columns, &options, solution.outcome(), &Control::default()).expect("one");
    assert_eq!(bits(&call.doubles[9..14]), bits(&solution.weight));
    // Texts without tokens: all alike.
    let mut call = Call::new();
    call.token_offset.fill(0);
    call.vocabulary.fill(coterie::text::STOP_WORDS.len() as i32);
    let status = call.consensus(|_, problem, _| (problem.token, problem.tokens) = (null(), 0));
    assert_eq!(status, COTERIE_OK, "{}", call.error.text());
    assert_eq!(call.integers[2..4], [1, 1], "one cluster a task");
}

#[test]
fn refused_structs_and_options() {
    refused("problem.struct_size is 8", |_, problem, _| problem.struct_size = 8);
    refused("outcome.struct_size is 0", |_, _, outcome| outcome.struct_size = 0);
    refused("similarity 9 is unknown; known are 0 to 8", |_, problem, _| problem.similarity = 9);
    refused("choice -1 is unknown; known are 0 to 8", |_, problem, _| problem.choice = -1);
    refused("clustering 4 is unknown; known are 0 to 3", |_, problem, _| problem.clustering = 4);
    refused("confidence_rule 2 is unknown; known are 0 and 1", |_, problem, _| problem.confidence_rule = 2);
    refused("min_points is 0, not at least 1", |_, problem, _| {
        (problem.clustering, problem.min_points) = (COTERIE_TEXT_DENSITY, 0);
    });
    refused("themes is -1, not at least 0", |_, problem, _| problem.themes = -1);
    refused("themes is 1001, which is above 1000", |call, problem, outcome| {
        call.themes.resize(2002, call.themes[0]);
        (problem.themes, outcome.theme) = (1001, call.themes.as_mut_ptr());
    });
    refused("threads is -2, not at least 0", |_, problem, _| problem.threads = -2);
    refused("threshold is NaN, which is not between -1 and 1", |_, problem, _| problem.threshold = f64::NAN);
    refused("threshold is 1.5, which is not between -1 and 1", |_, problem, _| problem.threshold = 1.5);
    refused("tasks is 0, not at least 1", |_, problem, _| problem.tasks = 0);
    refused("experts is -1, not at least 1", |_, problem, _| problem.experts = -1);
    refused("dimension is -1, not at least 0", |_, problem, _| problem.dimension = -1);
    refused("rows is 0, not in", |_, problem, _| problem.rows = 0);
}

#[test]
fn refused_arrays() {
    refused("task is NULL", |_, problem, _| problem.task = null());
    refused("expert is NULL", |_, problem, _| problem.expert = null());
    refused("token_offset is NULL", |_, problem, _| problem.token_offset = null());
    refused("token is NULL", |_, problem, _| problem.token = null());
    refused("vocabulary is NULL", |_, problem, _| problem.vocabulary = null());
    refused("symbol is NULL", |_, problem, _| problem.symbol = null());
    refused("theme is NULL", |_, _, outcome| outcome.theme = null_mut());
    refused("skill is NULL", |_, _, outcome| outcome.skill = null_mut());
    refused("token_offset is not aligned to 8 bytes", |_, problem, _| {
        problem.token_offset = problem.token_offset.wrapping_byte_add(4);
    });
    refused("expert is not aligned to 4 bytes", |_, problem, _| problem.expert = problem.expert.wrapping_byte_add(1));
    refused("weight is not aligned", |_, _, outcome| outcome.weight = outcome.weight.wrapping_byte_add(1));
    refused("more than memory can hold", |_, problem, _| problem.rows = u64::MAX);
    refused("more than memory can hold", |_, problem, _| problem.rows = u64::MAX - 1);
    refused("more than memory can hold", |_, problem, _| problem.tokens = 1 << 62);
    refused("more than memory can hold", |_, problem, _| {
        (problem.rows, problem.dimension) = (1 << 40, i32::MAX);
    });
    refused("medoid and theme_count overlap", |_, _, outcome| outcome.theme_count = outcome.medoid);
    refused("overlap", |_, _, outcome| outcome.support = outcome.confidence);
    refused("overlap", |call, _, outcome| outcome.cluster = call.task.as_mut_ptr());
    refused("overlap", |call, _, outcome| outcome.theme = call.confidence.as_mut_ptr().cast());
}

#[test]
fn refused_tables() {
    refused("row 3: task 1 is outside 0..1", |_, problem, _| problem.tasks = 1);
    refused("row 0: task -1 is outside 0..2", |call, _, _| call.task[0] = -1);
    refused("row 1: its task is before that of row 0", |call, _, _| call.task[0] = 1);
    refused("outside 0..2", |_, problem, _| problem.experts = 2);
    refused("row 2: expert -5 is outside 0..3", |call, _, _| call.expert[2] = -5);
    refused("row 3: confidence NaN is not between 0 and 1", |call, _, _| call.confidence[3] = f64::NAN);
    refused("row 0: confidence 1.25 is not between 0 and 1", |call, _, _| call.confidence[0] = 1.25);
    refused("row 1: token_offset falls from", |call, _, _| call.token_offset[1] = call.token_offset[2] + 1);
    refused("token_offset does not have 5 + 1 elements", |call, _, _| call.token_offset[5] += 1);
    refused("token_offset does not have 5 + 1 elements", |call, _, _| call.token_offset[0] = -1);
    refused("falls", |call, _, _| call.token_offset[3] = i64::MIN);
    refused("falls", |call, _, _| call.token_offset[3] = i64::MAX);
    refused("token 0 is -1, outside 0..", |call, _, _| call.token[0] = -1);
    refused("task 0: token 2 is", |call, _, _| call.token[2] = call.vocabulary[0]);
    refused("task 1: its vocabulary 118 is outside 119", |call, _, _| call.vocabulary[1] = 118);
    refused("task 0: its vocabulary -1 is outside", |call, _, _| call.vocabulary[0] = -1);
    refused("task 0: its vocabulary 2147483647 is outside", |call, _, _| call.vocabulary[0] = i32::MAX);
    let of_symbols = |problem: &mut TextProblem| problem.similarity = COTERIE_TEXT_TRIGRAM_DICE;
    refused("symbol_offset does not have", |_, problem, _| {
        of_symbols(problem);
        problem.symbol_offset = null();
    });
    refused("symbol_offset falls", |call, problem, _| {
        of_symbols(problem);
        call.symbol_offset[2] = i64::MAX;
    });
    refused("symbol 1: -3 is not a code point", |call, problem, _| {
        of_symbols(problem);
        call.symbol[1] = -3;
    });
    refused("row 2: component 1 of its embedding, inf, is not finite", |call, problem, _| {
        problem.choice = COTERIE_TEXT_EMBEDDING_COSINE;
        call.embedding[5] = f32::INFINITY;
    });
    refused("embedding", |_, problem, _| (problem.choice, problem.embedding) = (COTERIE_TEXT_EMBEDDING_COSINE, null()));
}

#[test]
fn refused_matrices() {
    let refused = |expected: &str, task, length, change: fn(&mut Call, &mut TextProblem)| {
        let (mut call, mut out) = (Call::new(), vec![UNTOUCHED; length]);
        assert_eq!(call.similarities(task, &mut out, change), COTERIE_INVALID_ARGUMENT, "{expected}");
        assert!(call.error.text().contains(expected), "expected \"{expected}\", got \"{}\"", call.error.text());
        assert!(out.iter().all(|&x| x == UNTOUCHED), "{expected}");
    };
    refused("similarities has 8 elements, not the square of 3 rows", 0, 8, |_, _| {});
    refused("task 2 is outside 0..2", 2, 9, |_, _| {});
    refused("task is -1, not at least 0", -1, 9, |_, _| {});
    refused("similarity 9 is unknown", 0, 9, |_, problem| problem.similarity = 9);
    refused("falls", 0, 9, |call, _| call.token_offset[1] = 1 << 40);
    let mut call = Call::new();
    let (problem, mut out) = (call.problem(), [0.0; 9]);
    unsafe {
        let none = coterie_text_similarities(null(), 0, out.as_mut_ptr(), 9, null_mut(), &mut call.error);
        assert_eq!((none, call.error.text()), (COTERIE_INVALID_ARGUMENT, "problem is NULL"));
        let none = coterie_text_similarities(&problem, 0, null_mut(), 9, null_mut(), &mut call.error);
        assert_eq!((none, call.error.text()), (COTERIE_INVALID_ARGUMENT, "out is NULL"));
        let over = call.confidence.as_mut_ptr();
        let none = coterie_text_similarities(&problem, 0, over, 4, null_mut(), &mut call.error);
        assert_eq!((none, call.error.text()), (COTERIE_INVALID_ARGUMENT, "confidence and out overlap"));
    }
}

#[test]
fn pairs_are_counted_beyond_their_room() {
    for capacity in [0, 1, 3] {
        let mut call = Call::new();
        let (mut first, mut second, mut similarity) = ([-77; 3], [-77; 3], [UNTOUCHED; 3]);
        let problem = TextProblem { threshold: -1.0, ..call.problem() };
        let mut found = TextPairs {
            struct_size: size_of::<TextPairs>() as u32,
            reserved: 0,
            first: if capacity == 0 { null_mut() } else { first.as_mut_ptr() },
            second: if capacity == 0 { null_mut() } else { second.as_mut_ptr() },
            similarity: if capacity == 0 { null_mut() } else { similarity.as_mut_ptr() },
            capacity: capacity as u64,
            count: 77,
        };
        let status = unsafe { coterie_text_pairs(&problem, 0, &mut found, null_mut(), &mut call.error) };
        assert_eq!((status, found.count), (COTERIE_OK, 3), "{}", call.error.text());
        assert_eq!(first[..capacity], [0, 0, 1][..capacity]);
        assert_eq!(second[..capacity], [1, 2, 2][..capacity]);
        assert!(similarity[..capacity].iter().all(|&x| (0.0..=1.0).contains(&x)));
        assert!(first[capacity..].iter().all(|&x| x == -77) && similarity[capacity..].iter().all(|&x| x == UNTOUCHED));
        for (expected, broken) in [
            ("found.struct_size is 4", TextPairs { struct_size: 4, ..found }),
            ("first is NULL", TextPairs { capacity: 2, first: null_mut(), ..found }),
            (
                "overlap",
                TextPairs {
                    capacity: 2,
                    first: first.as_mut_ptr(),
                    second: first.as_mut_ptr(),
                    similarity: similarity.as_mut_ptr(),
                    ..found
                },
            ),
            ("more than memory can hold", TextPairs { capacity: u64::MAX, first: first.as_mut_ptr(), ..found }),
        ] {
            let mut broken = TextPairs { count: 77, ..broken };
            let status = unsafe { coterie_text_pairs(&problem, 0, &mut broken, null_mut(), &mut call.error) };
            assert_eq!((status, broken.count), (COTERIE_INVALID_ARGUMENT, 77), "{expected}");
            assert!(call.error.text().contains(expected), "expected \"{expected}\", got \"{}\"", call.error.text());
        }
    }
}

#[test]
fn a_control_block_counts_and_cancels() {
    let mut call = Call::new();
    let (problem, mut outcome, mut out) = (call.problem(), call.outcome(), [UNTOUCHED; 9]);
    let mut control = ControlBlock { cancel: 0, reserved: 0, iterations: 77 };
    unsafe {
        let status = coterie_text_consensus(&problem, &mut outcome, &mut control, &mut call.error);
        assert_eq!((status, control.iterations), (COTERIE_OK, 2), "tasks");
        let status = coterie_text_similarities(&problem, 0, out.as_mut_ptr(), 9, &mut control, &mut call.error);
        assert_eq!((status, control.iterations), (COTERIE_OK, 3), "rows");
        control.cancel = 1;
        let status = coterie_text_consensus(&problem, &mut outcome, &mut control, &mut call.error);
        assert_eq!((status, control.iterations), (COTERIE_CANCELLED, 0));
        let status = coterie_text_similarities(&problem, 0, out.as_mut_ptr(), 9, &mut control, &mut call.error);
        assert_eq!(status, COTERIE_CANCELLED);
        let over = std::ptr::from_mut(&mut control).cast::<f64>();
        let status = coterie_text_similarities(&problem, 0, over, 2, &mut control, &mut call.error);
        assert_eq!((status, call.error.text()), (COTERIE_INVALID_ARGUMENT, "control and out overlap"));
        assert_eq!(coterie_text_consensus(null(), &mut outcome, null_mut(), null_mut()), COTERIE_INVALID_ARGUMENT);
        assert_eq!(coterie_text_consensus(&problem, null_mut(), null_mut(), null_mut()), COTERIE_INVALID_ARGUMENT);
        assert_eq!(coterie_text_pairs(&problem, 0, null_mut(), null_mut(), null_mut()), COTERIE_INVALID_ARGUMENT);
    }
}
