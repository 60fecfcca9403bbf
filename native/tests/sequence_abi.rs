//! ROVER through the C interface: the run itself, and every refusal.

mod common;

use std::ptr::{null, null_mut};

use coterie::abi::*;

const UNTOUCHED: f64 = -77.0;

/// A small table with room for its result.
struct Call {
    task: Vec<i32>,
    expert: Vec<i32>,
    length: Vec<i32>,
    word: Vec<i32>,
    confidence: Vec<f64>,
    doubles: Vec<f64>,
    integers: Vec<i32>,
    error: ErrorRecord,
}

impl Call {
    fn new() -> Self {
        Self {
            task: vec![0, 0, 0],
            expert: vec![0, 1, 2],
            length: vec![4, 4, 5],
            word: vec![1, 2, 3, 4, 2, 7, 4, 5, 2, 3, 4, 5, 6],
            confidence: vec![1.0, 0.5, 0.25],
            doubles: vec![UNTOUCHED; 13 + 3 + 3],
            integers: vec![-77; 1 + 13 + 1],
            error: ErrorRecord::new(),
        }
    }

    fn run(&mut self, change: impl FnOnce(&mut Self, &mut TextRoverProblem, &mut TextRoverOutcome)) -> i32 {
        let mut problem = TextRoverProblem {
            struct_size: size_of::<TextRoverProblem>() as u32,
            reliability: 0,
            task: self.task.as_ptr(),
            expert: self.expert.as_ptr(),
            length: self.length.as_ptr(),
            word: self.word.as_ptr(),
            confidence: null(),
            rows: 3,
            word_count: 13,
            tasks: 1,
            experts: 3,
            words: 8,
            reserved: 0,
        };
        let (doubles, integers) = (self.doubles.as_mut_ptr(), self.integers.as_mut_ptr());
        let mut outcome = TextRoverOutcome {
            struct_size: size_of::<TextRoverOutcome>() as u32,
            rounds: -77,
            length: integers,
            word: integers.wrapping_add(1),
            share: doubles,
            backbone: integers.wrapping_add(14),
            weight: doubles.wrapping_add(13),
            skill: doubles.wrapping_add(16),
        };
        change(self, &mut problem, &mut outcome);
        let status = unsafe { coterie_text_rover(&problem, &mut outcome, null_mut(), &mut self.error) };
        assert!(status == COTERIE_OK || outcome.rounds == -77);
        status
    }
}

fn refused(expected: &str, change: impl FnOnce(&mut Call, &mut TextRoverProblem, &mut TextRoverOutcome)) {
    let mut call = Call::new();
    let status = call.run(change);
    let text = call.error.text();
    assert_eq!(status, COTERIE_INVALID_ARGUMENT, "{expected}: {text}");
    assert!(text.contains(expected), "expected \"{expected}\", got \"{text}\"");
    assert!(call.doubles.iter().all(|&x| x == UNTOUCHED) && call.integers.iter().all(|&x| x == -77));
}

#[test]
fn a_run_writes_its_result() {
    let mut call = Call::new();
    assert_eq!(call.run(|_, _, _| {}), COTERIE_OK, "{}", call.error.text());
    assert_eq!(call.integers[..5], [4, 2, 3, 4, 5]);
    assert_eq!(call.integers[14], 0);
    assert_eq!(call.doubles[..4], [1.0, 2.0 / 3.0, 1.0, 2.0 / 3.0]);
    assert_eq!(call.doubles[13..16], [1.0; 3]);
    assert!(call.doubles[16..].iter().all(|skill| skill.is_nan()));
}

#[test]
fn reliability_takes_confidences() {
    let mut call = Call::new();
    let status = call.run(|call, problem, _| {
        problem.reliability = 1;
        problem.confidence = call.confidence.as_ptr();
    });
    assert_eq!(status, COTERIE_OK, "{}", call.error.text());
    assert_eq!(call.doubles[13..16], [1.0, 0.5, 0.25]);
}

#[test]
fn rows_without_words_need_no_arrays_of_words() {
    let mut call = Call::new();
    call.length = vec![0; 3];
    let status = call.run(|_, problem, outcome| {
        problem.word = null();
        problem.word_count = 0;
        outcome.word = null_mut();
        outcome.share = null_mut();
    });
    assert_eq!(status, COTERIE_OK, "{}", call.error.text());
    assert_eq!((call.integers[0], call.integers[14]), (0, 0));
}

#[test]
fn wrong_arguments_are_refused() {
    refused("problem.struct_size is 1", |_, problem, _| problem.struct_size = 1);
    refused("outcome.struct_size is 1", |_, _, outcome| outcome.struct_size = 1);
    refused("reliability is 2, not 0 or 1", |_, problem, _| problem.reliability = 2);
    refused("tasks is 0, not at least 1", |_, problem, _| problem.tasks = 0);
    refused("words is -1, not at least 1", |_, problem, _| problem.words = -1);
    refused("task is NULL", |_, problem, _| problem.task = null());
    refused("word is NULL", |_, problem, _| problem.word = null());
    refused("skill is NULL", |_, _, outcome| outcome.skill = null_mut());
    refused("task: 18446744073709551615 elements are more", |_, problem, _| problem.rows = u64::MAX);
    refused("overlap", |_, _, outcome| outcome.weight = outcome.share);
    refused("overlap", |_, problem, outcome| outcome.backbone = problem.task.cast_mut());
    refused("row 2: its length is 5, but 4 words are left", |_, problem, _| {
        problem.word_count = 12;
    });
    refused("row 1: word 1 is 7, outside 0..7", |_, problem, _| problem.words = 7);
    refused("row 2: confidence 2 is not in 0 to 1", |call, problem, _| {
        call.confidence[2] = 2.0;
        problem.confidence = call.confidence.as_ptr();
    });
}

#[test]
fn null_structs_are_refused() {
    let mut error = ErrorRecord::new();
    let status = unsafe { coterie_text_rover(null(), null_mut(), null_mut(), &mut error) };
    assert_eq!((status, error.text()), (COTERIE_INVALID_ARGUMENT, "problem is NULL"));
}
