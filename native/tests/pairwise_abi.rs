//! The pairwise methods through the C interface: the fit itself, and every refusal.

mod common;

use std::ptr::{null, null_mut};

use coterie::abi::*;

const UNTOUCHED: f64 = -77.0;

/// A small table with room for its result.
struct Call {
    expert: Vec<i32>,
    left: Vec<i32>,
    right: Vec<i32>,
    outcome: Vec<i32>,
    weight: Vec<f32>,
    parameters: Vec<f64>,
    doubles: Vec<f64>,
    integers: Vec<i32>,
    error: ErrorRecord,
}

impl Call {
    fn new() -> Self {
        Self {
            expert: vec![0, 1, 0, 1],
            left: vec![0, 1, 2, 0],
            right: vec![1, 2, 0, 2],
            outcome: vec![0, 0, 0, 2],
            weight: vec![1.0; 4],
            parameters: vec![0.0, 0.0, 0.0, 0.0, 0.0, 100.0],
            doubles: vec![UNTOUCHED; 19],
            integers: vec![-77; 9],
            error: ErrorRecord::new(),
        }
    }

    fn structs(&mut self) -> (PairwiseProblem, PairwiseOutcome) {
        let problem = PairwiseProblem {
            struct_size: size_of::<PairwiseProblem>() as u32,
            method: COTERIE_PAIRWISE_BRADLEY_TERRY,
            expert: self.expert.as_ptr(),
            left: self.left.as_ptr(),
            right: self.right.as_ptr(),
            outcome: self.outcome.as_ptr(),
            weight: null(),
            comparisons: 4,
            items: 3,
            experts: 2,
            parameters: self.parameters.as_ptr(),
            parameters_length: 6,
            tolerance: 1e-10,
            max_iterations: 50,
            reserved: 0,
        };
        let (doubles, integers) = (self.doubles.as_mut_ptr(), self.integers.as_mut_ptr());
        let outcome = PairwiseOutcome {
            struct_size: size_of::<PairwiseOutcome>() as u32,
            iterations: -77,
            converged: -77,
            reserved: 0,
            objective: UNTOUCHED,
            score: doubles,
            standard_error: doubles.wrapping_add(3),
            rank: integers,
            component: integers.wrapping_add(3),
            strong_component: integers.wrapping_add(6),
            skill: doubles.wrapping_add(6),
            bias: doubles.wrapping_add(8),
            report: doubles.wrapping_add(10),
            report_length: 9,
        };
        (problem, outcome)
    }

    fn fit(&mut self, change: impl FnOnce(&mut Self, &mut PairwiseProblem, &mut PairwiseOutcome)) -> i32 {
        let (mut problem, mut outcome) = self.structs();
        change(self, &mut problem, &mut outcome);
        let status = unsafe { coterie_pairwise_fit(&problem, &mut outcome, null_mut(), &mut self.error) };
        assert!(status == COTERIE_OK || (outcome.iterations == -77 && outcome.objective == UNTOUCHED));
        status
    }
}

fn refused(expected: &str, change: impl FnOnce(&mut Call, &mut PairwiseProblem, &mut PairwiseOutcome)) {
    let mut call = Call::new();
    let status = call.fit(change);
    let text = call.error.text();
    assert_eq!(status, COTERIE_INVALID_ARGUMENT, "{expected}: {text}");
    assert!(text.contains(expected), "expected \"{expected}\", got \"{text}\"");
    assert!(call.doubles.iter().all(|&x| x == UNTOUCHED), "{expected}: results are untouched");
    assert!(call.integers.iter().all(|&x| x == -77), "{expected}: results are untouched");
}

#[test]
fn every_method_through_the_interface() {
    let parameters: [&[f64]; 10] =
        [&[0.0; 6], &[1e-5, 1.0], &[30.0, 10.0, 400.0, 1000.0], &[0.0], &[0.5], &[], &[0.85], &[], &[], &[16.0]];
    for (method, parameters) in parameters.into_iter().enumerate() {
        let mut call = Call::new();
        let status = call.fit(|call, problem, _| {
            problem.method = method as i32;
            problem.weight = call.weight.as_ptr();
            problem.parameters = parameters.as_ptr();
            problem.parameters_length = parameters.len() as u64;
        });
        assert_eq!(status, COTERIE_OK, "method {method}: {}", call.error.text());
        assert!(call.doubles[..3].iter().all(|score| score.is_finite()), "method {method}");
        let mut ranks = call.integers[..3].to_vec();
        ranks.sort_unstable();
        assert_eq!(ranks, [1, 2, 3], "method {method}");
        assert_eq!((call.integers[3], call.integers[6], call.doubles[14]), (0, 0, 1.0), "method {method}");
        assert_eq!(call.doubles[6].is_nan(), method != 1, "method {method}: only noisy experts have a skill");
    }
}

#[test]
fn experts_are_optional() {
    let mut call = Call::new();
    let status = call.fit(|_, problem, outcome| {
        (problem.expert, problem.experts) = (null(), 0);
        (outcome.skill, outcome.bias) = (null_mut(), null_mut());
    });
    assert_eq!(status, COTERIE_OK, "{}", call.error.text());
}

#[test]
fn refusals() {
    refused("problem.struct_size is 8", |_, problem, _| problem.struct_size = 8);
    refused("outcome.struct_size is 8", |_, _, outcome| outcome.struct_size = 8);
    refused("method 10 is unknown; known are 0 to 9", |_, problem, _| problem.method = 10);
    refused("items is 0, not at least 1", |_, problem, _| problem.items = 0);
    refused("experts is -1, not at least 0", |_, problem, _| problem.experts = -1);
    refused("max_iterations is -1", |_, problem, _| problem.max_iterations = -1);
    refused("left is NULL", |_, problem, _| problem.left = null());
    refused("right is NULL", |_, problem, _| problem.right = null());
    refused("outcome is NULL", |_, problem, _| problem.outcome = null());
    refused("parameters is NULL", |_, problem, _| problem.parameters = null());
    refused("contradict", |_, problem, _| problem.expert = null());
    refused("weight is not aligned", |call, problem, _| problem.weight = call.weight.as_ptr().wrapping_byte_add(1));
    refused("18446744073709551615 elements", |_, problem, _| problem.comparisons = u64::MAX);
    refused("the table has no comparisons", |_, problem, _| problem.comparisons = 0);
    refused("comparison 1: right item 2 is outside 0..2", |_, problem, _| problem.items = 2);
    refused("comparison 1: item 2 is compared with itself", |call, _, _| call.left[1] = 2);
    refused("BradleyTerry has 6 parameters, not 5", |_, problem, _| problem.parameters_length = 5);
    refused("report_length is 8, not 9", |_, _, outcome| outcome.report_length = 8);
    refused("skill is NULL", |_, _, outcome| outcome.skill = null_mut());
    refused("overlap", |_, _, outcome| outcome.bias = outcome.skill);
    refused("overlap", |call, _, outcome| outcome.rank = call.left.as_mut_ptr());
    let (problem, mut outcome) = Call::new().structs();
    unsafe {
        assert_eq!(coterie_pairwise_fit(null(), &mut outcome, null_mut(), null_mut()), COTERIE_INVALID_ARGUMENT);
        assert_eq!(coterie_pairwise_fit(&problem, null_mut(), null_mut(), null_mut()), COTERIE_INVALID_ARGUMENT);
    }
}

#[test]
fn a_control_block_cancels() {
    let mut call = Call::new();
    let (problem, mut outcome) = call.structs();
    let mut control = ControlBlock { cancel: 1, reserved: 0, iterations: 0 };
    let status = unsafe { coterie_pairwise_fit(&problem, &mut outcome, &mut control, &mut call.error) };
    assert_eq!((status, call.error.text()), (COTERIE_CANCELLED, "the fit was cancelled"));
}
