//! The numeric fit through the C interface: the same result, and every refusal.
#![allow(missing_docs)]

use std::ptr::{null, null_mut};

use coterie::abi::*;
use coterie::consensus::Control;
use coterie::consensus::numeric::{Method, Problem, Solution, fit};

const UNTOUCHED: f64 = -77.0;
const TASK: [i32; 6] = [0, 0, 1, 1, 2, 2];
const EXPERT: [i32; 6] = [0, 1, 0, 1, 1, 2];
const VALUE: [f64; 6] = [1.0, 1.5, 4.0, 3.0, 9.0, 8.0];

struct Call {
    value: [f64; 6],
    weight: [f32; 6],
    known: [f64; 3],
    trust: [f64; 3],
    parameters: Vec<f64>,
    arrays: [[f64; 3]; 6],
    error: ErrorRecord,
}

impl Call {
    fn new() -> Self {
        Self {
            value: VALUE,
            weight: [1.0; 6],
            known: [f64::NAN, 3.5, f64::NAN],
            trust: [1.0; 3],
            parameters: vec![5.0, 0.0, 0.0],
            arrays: [[UNTOUCHED; 3]; 6],
            error: ErrorRecord::new(),
        }
    }

    fn fit(
        &mut self,
        change: impl FnOnce(&mut Self, &mut NumericProblem, &mut NumericOutcome),
    ) -> (i32, NumericOutcome) {
        let mut problem = NumericProblem {
            struct_size: size_of::<NumericProblem>() as u32,
            method: COTERIE_NUMERIC_LFC_N,
            task: TASK.as_ptr(),
            expert: EXPERT.as_ptr(),
            value: self.value.as_ptr(),
            weight: null(),
            answers: 6,
            tasks: 3,
            experts: 3,
            known: null(),
            expert_weights: null(),
            parameters: self.parameters.as_ptr(),
            parameters_length: 3,
            repeats: COTERIE_REPEATS_COUNT_ALL,
            max_iterations: 50,
            threads: 0,
            reserved: 0,
            tolerance: 1e-9,
        };
        let [estimate, error, spread, weight, bias, deviation] = self.arrays.each_mut().map(|array| array.as_mut_ptr());
        let mut outcome = NumericOutcome {
            struct_size: size_of::<NumericOutcome>() as u32,
            iterations: -77,
            converged: -77,
            reserved: 0,
            objective: UNTOUCHED,
            estimate,
            error,
            spread,
            weight,
            bias,
            deviation,
        };
        change(self, &mut problem, &mut outcome);
        let status = unsafe { coterie_numeric_fit(&problem, &mut outcome, null_mut(), &mut self.error) };
        (status, outcome)
    }
}

fn refused(expected: &str, change: impl FnOnce(&mut Call, &mut NumericProblem, &mut NumericOutcome)) {
    let mut call = Call::new();
    let (status, outcome) = call.fit(change);
    let text = call.error.text();
    assert_eq!(status, COTERIE_INVALID_ARGUMENT, "{expected}: {text}");
    assert!(text.contains(expected), "expected \"{expected}\", got \"{text}\"");
    assert_eq!((outcome.iterations, outcome.converged, outcome.objective), (-77, -77, UNTOUCHED), "{expected}");
    assert!(call.arrays.iter().flatten().all(|&x| x == UNTOUCHED), "{expected}: results are untouched");
}

#[test]
fn a_fit_through_the_interface_is_the_fit() {
    let mut call = Call::new();
    let (status, outcome) = call.fit(|_, _, _| {});
    assert_eq!(status, COTERIE_OK, "{}", call.error.text());
    let method = Method::LfcN { smoothing: 5.0, bias: false, point: false };
    let problem = Problem { max_iterations: 50, ..Problem::new(method, [3, 3], &TASK, &EXPERT, &VALUE) };
    let mut solution = Solution::new(&problem);
    let summary = fit(&problem, solution.outcome(), &Control::default()).expect("a fit");
    assert_eq!((outcome.iterations, outcome.converged), (summary.iterations as i32, i32::from(summary.converged)));
    assert_eq!(outcome.objective.to_bits(), summary.objective.to_bits());
    let Solution { estimate, error, spread, weight, bias, deviation } = solution;
    for (found, expected) in call.arrays.iter().zip([estimate, error, spread, weight, bias, deviation]) {
        assert_eq!(found.map(f64::to_bits), [0, 1, 2].map(|i: usize| expected[i].to_bits()));
    }
}

#[test]
fn optional_arrays_are_optional() {
    let mut call = Call::new();
    let (status, _) = call.fit(|call, problem, _| {
        (problem.weight, problem.known) = (call.weight.as_ptr(), call.known.as_ptr());
        (problem.method, problem.expert_weights) = (COTERIE_NUMERIC_WEIGHTED_MEAN, call.trust.as_ptr());
        (problem.parameters, problem.parameters_length) = (null(), 0);
    });
    assert_eq!(status, COTERIE_OK, "{}", call.error.text());
    assert_eq!(call.arrays[0], [1.25, 3.5, 8.5]);
}

#[test]
fn every_method_has_its_number_and_its_parameters() {
    let methods = [
        (COTERIE_NUMERIC_MEAN, vec![]),
        (COTERIE_NUMERIC_MEDIAN, vec![]),
        (COTERIE_NUMERIC_TRIMMED_MEAN, vec![0.25]),
        (COTERIE_NUMERIC_WEIGHTED_MEAN, vec![]),
        (COTERIE_NUMERIC_LFC_N, vec![0.0, 1.0, 1.0]),
        (COTERIE_NUMERIC_CATD, vec![0.05]),
        (COTERIE_NUMERIC_PM, vec![1.0, 1.0]),
    ];
    for (number, parameters) in methods {
        for extra in [0, 1] {
            let mut call = Call::new();
            call.parameters = parameters.clone();
            call.parameters.resize(parameters.len() + extra, 0.0);
            let (status, _) = call.fit(|call, problem, _| {
                problem.method = number;
                problem.parameters_length = call.parameters.len() as u64;
                problem.parameters = if call.parameters.is_empty() { null() } else { call.parameters.as_ptr() };
            });
            let expected = if extra == 0 { COTERIE_OK } else { COTERIE_INVALID_ARGUMENT };
            assert_eq!(status, expected, "{number}: {}", call.error.text());
        }
    }
}

#[test]
fn what_is_wrong_is_refused() {
    refused("problem.struct_size is 8", |_, problem, _| problem.struct_size = 8);
    refused("outcome.struct_size is 0", |_, _, outcome| outcome.struct_size = 0);
    refused("numeric method 7 is unknown; known are 0 to 6", |_, problem, _| problem.method = 7);
    refused("numeric method 4 does not take 2 parameters", |_, problem, _| problem.parameters_length = 2);
    refused("contradict each other", |_, problem, _| problem.parameters = null());
    refused("parameter point is 0.5, not 0 or 1", |call, _, _| call.parameters[2] = 0.5);
    refused("parameter bias is NaN", |call, _, _| call.parameters[1] = f64::NAN);
    refused("smoothing is inf", |call, _, _| call.parameters[0] = f64::INFINITY);
    refused("task is NULL", |_, problem, _| problem.task = null());
    refused("value is NULL", |_, problem, _| problem.value = null());
    refused("tasks is 0", |_, problem, _| problem.tasks = 0);
    refused("experts is -1", |_, problem, _| problem.experts = -1);
    refused("the table has no answers", |_, problem, _| problem.answers = 0);
    refused("more than memory can hold", |_, problem, _| problem.answers = u64::MAX);
    refused("task 2 is outside 0..2", |_, problem, _| problem.tasks = 2);
    refused("answer 3: value NaN is not finite", |call, _, _| call.value[3] = f64::NAN);
    refused("repeats 2 is unknown", |_, problem, _| problem.repeats = 2);
    refused("max_iterations is -1", |_, problem, _| problem.max_iterations = -1);
    refused("threads is -2", |_, problem, _| problem.threads = -2);
    refused("tolerance is NaN", |_, problem, _| problem.tolerance = f64::NAN);
    refused("expert_weights are for the weighted mean only", |call, problem, _| {
        problem.expert_weights = call.trust.as_ptr();
    });
    refused("known value of task 0: inf is not finite", |call, problem, _| {
        call.known[0] = f64::INFINITY;
        problem.known = call.known.as_ptr();
    });
    refused("estimate is NULL", |_, _, outcome| outcome.estimate = null_mut());
    refused("deviation is not aligned", |_, _, outcome| outcome.deviation = outcome.deviation.wrapping_byte_add(1));
    refused("overlap", |_, _, outcome| outcome.bias = outcome.deviation);
    refused("overlap", |call, _, outcome| outcome.bias = call.value.as_mut_ptr());
}

#[test]
fn null_structs_are_refused() {
    let mut call = Call::new();
    let status = unsafe { coterie_numeric_fit(null(), null_mut(), null_mut(), &mut call.error) };
    assert_eq!((status, call.error.text()), (COTERIE_INVALID_ARGUMENT, "problem is NULL"));
    assert_eq!(unsafe { coterie_numeric_fit(null(), null_mut(), null_mut(), null_mut()) }, COTERIE_INVALID_ARGUMENT);
}
