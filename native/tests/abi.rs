//! The C interface as a caller sees it: every refusal, handles, memory, panics, cancellation.

mod common;

use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicI64, Ordering};
use std::time::Duration;

use coterie::abi::*;
use coterie::consensus::Method;
use coterie::kernels::Kernels;

use common::{Case, SplitMix64, bits};

/// A small table with room for its result, and the structs that describe both.
struct Call {
    case: Case,
    weight: Vec<f32>,
    gold: Vec<i32>,
    class_priors: Vec<f64>,
    prior_counts: Vec<f64>,
    posterior: Vec<f64>,
    answer: Vec<i32>,
    runner_up: Vec<i32>,
    prior: Vec<f64>,
    confusion: Vec<f64>,
    skill: Vec<f64>,
    error: ErrorRecord,
}

const UNTOUCHED: f64 = -77.0;

impl Call {
    fn new() -> Self {
        let case = Case::random(&mut SplitMix64(5), Method::DawidSkene, [20, 8, 3], 100);
        Self {
            case,
            weight: vec![1.0; 100],
            gold: vec![-1; 20],
            class_priors: vec![0.25, 0.25, 0.5],
            prior_counts: vec![1.0; 72],
            posterior: vec![UNTOUCHED; 60],
            answer: vec![-77; 20],
            runner_up: vec![-77; 20],
            prior: vec![UNTOUCHED; 3],
            confusion: vec![UNTOUCHED; 72],
            skill: vec![UNTOUCHED; 8],
            error: ErrorRecord::new(),
        }
    }

    fn structs(&mut self) -> (FitProblem, FitOutcome) {
        let problem = FitProblem {
            struct_size: size_of::<FitProblem>() as u32,
            method: COTERIE_METHOD_DAWID_SKENE,
            task: self.case.task.as_ptr(),
            expert: self.case.expert.as_ptr(),
            label: self.case.label.as_ptr(),
            weight: null(),
            answers: 100,
            tasks: 20,
            experts: 8,
            labels: 3,
            repeats: COTERIE_REPEATS_COUNT_ALL,
            class_priors: null(),
            gold: null(),
            prior_counts: null(),
            prior_counts_mode: COTERIE_PRIOR_COUNTS_NONE,
            positional: 0,
            max_iterations: 50,
            threads: 0,
            tolerance: 1e-9,
            smoothing: 0.0,
            parameters: null(),
            parameters_length: 0,
            seed: 0,
        };
        let outcome = FitOutcome {
            struct_size: size_of::<FitOutcome>() as u32,
            iterations: -77,
            converged: -77,
            reserved: 0,
            objective: UNTOUCHED,
            posterior: self.posterior.as_mut_ptr(),
            answer: self.answer.as_mut_ptr(),
            runner_up: self.runner_up.as_mut_ptr(),
            prior: self.prior.as_mut_ptr(),
            confusion: self.confusion.as_mut_ptr(),
            skill: self.skill.as_mut_ptr(),
            posterior_length: 60,
            confusion_length: 72,
            weight: null_mut(),
            difficulty: null_mut(),
            report: null_mut(),
            report_length: 0,
        };
        (problem, outcome)
    }

    fn fit(&mut self, change: impl FnOnce(&mut Self, &mut FitProblem, &mut FitOutcome)) -> (i32, FitOutcome) {
        let (mut problem, mut outcome) = self.structs();
        change(self, &mut problem, &mut outcome);
        let status = unsafe { coterie_consensus_fit(&problem, &mut outcome, null_mut(), &mut self.error) };
        (status, outcome)
    }
}

fn refused(expected: &str, change: impl FnOnce(&mut Call, &mut FitProblem, &mut FitOutcome)) {
    let mut call = Call::new();
    let (status, outcome) = call.fit(change);
    let text = call.error.text();
    assert_eq!(status, COTERIE_INVALID_ARGUMENT, "{expected}: {text}");
    assert_eq!(call.error.code, status);
    assert!(text.contains(expected), "expected \"{expected}\", got \"{text}\"");
    assert_eq!((outcome.iterations, outcome.converged, outcome.objective), (-77, -77, UNTOUCHED), "{expected}");
    let arrays = [&call.posterior, &call.prior, &call.confusion, &call.skill];
    assert!(arrays.iter().all(|array| array.iter().all(|&x| x == UNTOUCHED)), "{expected}: results are untouched");
    assert!(call.answer.iter().chain(&call.runner_up).all(|&x| x == -77), "{expected}: results are untouched");
}

#[test]
fn a_fit_through_the_interface_is_the_fit() {
    let mut call = Call::new();
    let (status, outcome) = call.fit(|_, _, _| {});
    assert_eq!(status, COTERIE_OK, "{}", call.error.text());
    call.case.max_iterations = 50;
    let (summary, solution) = call.case.fit(Kernels::current(), 1);
    assert_eq!(outcome.iterations, summary.iterations as i32);
    assert_eq!(outcome.converged, i32::from(summary.converged));
    assert_eq!(outcome.objective.to_bits(), summary.objective.to_bits());
    assert_eq!(bits(&call.posterior), bits(&solution.posterior));
    assert_eq!(bits(&call.confusion), bits(&solution.confusion));
    assert_eq!(bits(&call.skill), bits(&solution.skill));
    assert_eq!(bits(&call.prior), bits(&solution.prior));
    assert_eq!((&call.answer, &call.runner_up), (&solution.answer, &solution.runner_up));
}

#[test]
fn optional_arrays_are_optional() {
    let mut call = Call::new();
    let (status, _) = call.fit(|_, _, outcome| (outcome.confusion, outcome.confusion_length) = (null_mut(), 0));
    assert_eq!(status, COTERIE_OK, "{}", call.error.text());
    let (status, _) = call.fit(|call, problem, _| {
        problem.weight = call.weight.as_ptr();
        problem.gold = call.gold.as_ptr();
        problem.class_priors = call.class_priors.as_ptr();
        problem.prior_counts = call.prior_counts.as_ptr();
        problem.prior_counts_mode = COTERIE_PRIOR_COUNTS_EVERY_ITERATION;
    });
    assert_eq!(status, COTERIE_OK, "{}", call.error.text());
    for method in [COTERIE_METHOD_MAJORITY_VOTE, COTERIE_METHOD_WEIGHTED_VOTE, COTERIE_METHOD_ONE_COIN_DAWID_SKENE] {
        let (status, _) = call.fit(|_, problem, _| problem.method = method);
        assert_eq!(status, COTERIE_OK, "{}", call.error.text());
    }
}

#[test]
fn refused_pointers() {
    let mut call = Call::new();
    let (problem, mut outcome) = call.structs();
    unsafe {
        assert_eq!(coterie_consensus_fit(null(), &mut outcome, null_mut(), &mut call.error), COTERIE_INVALID_ARGUMENT);
        assert_eq!(call.error.text(), "problem is NULL");
        assert_eq!(coterie_consensus_fit(&problem, null_mut(), null_mut(), null_mut()), COTERIE_INVALID_ARGUMENT);
        let odd = (&raw mut call.error).byte_add(1);
        assert_eq!(coterie_consensus_fit(&problem, &mut outcome, null_mut(), odd), COTERIE_INVALID_ARGUMENT);
        let odd = std::ptr::without_provenance_mut::<ControlBlock>(12);
        assert_eq!(coterie_consensus_fit(&problem, &mut outcome, odd, &mut call.error), COTERIE_INVALID_ARGUMENT);
        assert_eq!(call.error.text(), "control is not aligned to 8 bytes");
    }
    refused("task is NULL", |_, problem, _| problem.task = null());
    refused("expert is NULL", |_, problem, _| problem.expert = null());
    refused("label is not aligned to 4 bytes", |_, problem, _| problem.label = problem.label.wrapping_byte_add(1));
    refused("weight is not aligned", |call, problem, _| problem.weight = call.weight.as_ptr().wrapping_byte_add(2));
    refused("gold is not aligned", |call, problem, _| problem.gold = call.gold.as_ptr().wrapping_byte_add(2));
    refused("class_priors is not aligned", |call, problem, _| {
        problem.class_priors = call.class_priors.as_ptr().wrapping_byte_add(4);
    });
    refused("posterior is NULL", |_, _, outcome| outcome.posterior = null_mut());
    refused("answer is NULL", |_, _, outcome| outcome.answer = null_mut());
    refused("runner_up is NULL", |_, _, outcome| outcome.runner_up = null_mut());
    refused("prior is NULL", |_, _, outcome| outcome.prior = null_mut());
    refused("skill is not aligned", |_, _, outcome| outcome.skill = outcome.skill.wrapping_byte_add(4));
    refused("task: 18446744073709551615 elements", |_, problem, _| problem.answers = u64::MAX);
    refused("task: 4611686018427387904 elements", |_, problem, _| problem.answers = 1 << 62);
}

#[test]
fn refused_overlaps() {
    refused("overlap", |_, _, outcome| outcome.runner_up = outcome.answer);
    refused("task and answer overlap", |call, _, outcome| outcome.answer = call.case.task.as_mut_ptr());
    refused("overlap", |_, _, outcome| outcome.skill = outcome.confusion.wrapping_add(60));
}

#[test]
fn refused_numbers() {
    refused("problem.struct_size is 8", |_, problem, _| problem.struct_size = 8);
    refused("outcome.struct_size is 0", |_, _, outcome| outcome.struct_size = 0);
    refused("method 1000 is unknown", |_, problem, _| problem.method = 1000);
    refused("method -1 is unknown", |_, problem, _| problem.method = -1);
    refused("repeats 2 is unknown", |_, problem, _| problem.repeats = 2);
    refused("positional is 2", |_, problem, _| problem.positional = 2);
    refused("prior_counts_mode 3", |_, problem, _| problem.prior_counts_mode = 3);
    refused("contradict", |_, problem, _| problem.prior_counts_mode = 1);
    refused("contradict", |call, problem, _| problem.prior_counts = call.prior_counts.as_ptr());
    refused("the table has no answers", |_, problem, _| problem.answers = 0);
    refused("tasks is -1", |_, problem, _| problem.tasks = -1);
    refused("experts is 0", |_, problem, _| problem.experts = 0);
    refused("labels is -2147483648", |_, problem, _| problem.labels = i32::MIN);
    refused("max_iterations is -1", |_, problem, _| problem.max_iterations = -1);
    refused("threads is -1", |_, problem, _| problem.threads = -1);
    for bad in [f64::NAN, f64::INFINITY, -1.0] {
        refused("tolerance is", |_, problem, _| problem.tolerance = bad);
        refused("smoothing is", |_, problem, _| problem.smoothing = bad);
    }
    refused("posterior_length is 59", |_, _, outcome| outcome.posterior_length = 59);
    refused("confusion_length is 71", |_, _, outcome| outcome.confusion_length = 71);
    refused("confusion_length is 72, not 0", |_, _, outcome| outcome.confusion = null_mut());
    refused("more than memory can hold", |_, problem, _| {
        (problem.experts, problem.labels, problem.tasks) = (i32::MAX, i32::MAX, i32::MAX);
    });
}

#[test]
fn refused_rows_are_named() {
    refused("answer 17: expert 9 is outside 0..8;", |call, _, _| call.case.expert[17] = 9);
    refused("answer 0: task -1 is outside 0..20;", |call, _, _| call.case.task[0] = -1);
    refused("answer 99: label 3 is outside 0..3;", |call, _, _| call.case.label[99] = 3);
    for (bad, text) in [(f32::NAN, "NaN"), (f32::INFINITY, "inf"), (f32::NEG_INFINITY, "-inf"), (-0.5, "-0.5")] {
        refused(&format!("answer 40: weight {text} is not finite"), |call, problem, _| {
            call.weight[40] = bad;
            problem.weight = call.weight.as_ptr();
        });
    }
    for bad in [3, -2] {
        refused(&format!("gold of task 6: label {bad}"), |call, problem, _| {
            call.gold[6] = bad;
            problem.gold = call.gold.as_ptr();
        });
    }
    for bad in [0.0, -0.5, f64::NAN, f64::INFINITY] {
        refused("class prior of label 2:", |call, problem, _| {
            call.class_priors[2] = bad;
            problem.class_priors = call.class_priors.as_ptr();
        });
    }
    refused("the class priors add up to 1.25 instead of 1", |call, problem, _| {
        call.class_priors[2] = 0.75;
        problem.class_priors = call.class_priors.as_ptr();
    });
    for bad in [-0.5, f64::NAN, f64::INFINITY] {
        refused("prior count of expert 1, label 1, true label 2:", |call, problem, _| {
            call.prior_counts[14] = bad;
            problem.prior_counts = call.prior_counts.as_ptr();
            problem.prior_counts_mode = COTERIE_PRIOR_COUNTS_FIRST_ITERATION;
        });
    }
    refused("prior_counts are for Dawid-Skene only", |call, problem, _| {
        problem.method = COTERIE_METHOD_ONE_COIN_DAWID_SKENE;
        problem.prior_counts = call.prior_counts.as_ptr();
        problem.prior_counts_mode = COTERIE_PRIOR_COUNTS_FIRST_ITERATION;
    });
}

#[test]
fn more_pairs_than_an_index_holds_are_a_status() {
    let mut call = Call::new();
    let (status, _) = call.fit(|call, problem, outcome| {
        (problem.labels, problem.experts) = (70_000, 70_000);
        (outcome.confusion, outcome.confusion_length) = (null_mut(), 0);
        (call.posterior, call.prior, call.skill) = (vec![0.0; 1_400_000], vec![0.0; 70_000], vec![0.0; 70_000]);
        outcome.posterior = call.posterior.as_mut_ptr();
        outcome.posterior_length = 1_400_000;
        outcome.prior = call.prior.as_mut_ptr();
        outcome.skill = call.skill.as_mut_ptr();
    });
    assert_eq!(status, COTERIE_UNSUPPORTED, "{}", call.error.text());
}

/// A count table that no machine has room for is asked for, and refused, before anything else is allocated.
#[test]
fn a_table_beyond_memory_is_a_status() {
    let mut call = Call::new();
    let (status, _) = call.fit(|call, problem, outcome| {
        (problem.labels, problem.experts) = (60_000, 60_000);
        (outcome.confusion, outcome.confusion_length) = (null_mut(), 0);
        (call.posterior, call.prior, call.skill) = (vec![0.0; 1_200_000], vec![0.0; 60_000], vec![0.0; 60_000]);
        outcome.posterior = call.posterior.as_mut_ptr();
        outcome.posterior_length = 1_200_000;
        outcome.prior = call.prior.as_mut_ptr();
        outcome.skill = call.skill.as_mut_ptr();
    });
    assert_eq!(status, COTERIE_OUT_OF_MEMORY, "{}", call.error.text());
}

#[test]
fn panics_are_reported() {
    let mut error = ErrorRecord::new();
    unsafe {
        assert_eq!(coterie_selftest_panic(&mut error), COTERIE_PANIC);
        assert_eq!(coterie_selftest_panic(null_mut()), COTERIE_PANIC);
    }
    assert_eq!(error.code, COTERIE_PANIC);
    assert!(error.text().starts_with("internal error: the self-test panics on purpose ("), "{}", error.text());
    assert!(error.text().contains("guard.rs:"), "{}", error.text());
}

fn allocate(bytes: u64) -> MemoryBlock {
    let mut block = MemoryBlock { handle: 0, address: 0, bytes: 0 };
    let mut error = ErrorRecord::new();
    let status = unsafe { coterie_memory_allocate(bytes, &mut block, &mut error) };
    assert_eq!(status, COTERIE_OK, "{}", error.text());
    block
}

#[test]
fn memory_is_aligned_zeroed_and_released_once() {
    let mut error = ErrorRecord::new();
    for bytes in (0..70).chain([4095, 4096, 1 << 20]) {
        let block = allocate(bytes);
        assert_eq!((block.address % 64, block.bytes), (0, bytes));
        let start = std::ptr::with_exposed_provenance_mut::<u8>(block.address as usize);
        let content = unsafe { std::slice::from_raw_parts_mut(start, bytes as usize) };
        assert!(content.iter().all(|&byte| byte == 0));
        content.fill(0xA5);
        unsafe {
            assert_eq!(coterie_memory_release(block.handle, &mut error), COTERIE_OK);
            assert_eq!(coterie_memory_release(block.handle, &mut error), COTERIE_STALE_HANDLE);
            assert_eq!(coterie_memory_release(block.handle ^ 1 << 33, null_mut()), COTERIE_WRONG_HANDLE_TYPE);
        }
    }
    let mut r = SplitMix64(9);
    let mut out = MemoryBlock { handle: 7, address: 7, bytes: 7 };
    unsafe {
        for _ in 0..1000 {
            assert_ne!(coterie_memory_release(r.next(), &mut error), COTERIE_OK);
        }
        assert_eq!(coterie_memory_release(0, &mut error), COTERIE_STALE_HANDLE);
        for bytes in [u64::MAX, 1 << 62, i64::MAX as u64] {
            assert_eq!(coterie_memory_allocate(bytes, &mut out, &mut error), COTERIE_OUT_OF_MEMORY);
            assert_eq!((out.handle, out.address, out.bytes), (7, 7, 7));
        }
        assert_eq!(coterie_memory_allocate(8, null_mut(), &mut error), COTERIE_INVALID_ARGUMENT);
        assert_eq!(coterie_memory_stats(null_mut(), &mut error), COTERIE_INVALID_ARGUMENT);
        let mut stats = MemoryStats { blocks: 0, bytes: 0 };
        let block = allocate(12345);
        assert_eq!(coterie_memory_stats(&mut stats, &mut error), COTERIE_OK);
        assert!(stats.blocks >= 1 && stats.bytes >= 12345);
        assert_eq!(coterie_memory_release(block.handle, &mut error), COTERIE_OK);
    }
}

#[test]
fn an_array_must_not_leave_its_block() {
    let block = allocate(20 * 8 - 1);
    let mut call = Call::new();
    let (status, _) = call.fit(|_, _, outcome| {
        outcome.posterior = std::ptr::with_exposed_provenance_mut(block.address as usize);
    });
    assert_eq!(status, COTERIE_INVALID_ARGUMENT);
    assert_eq!(call.error.text(), "posterior needs 480 bytes, its block has 159 left");
    assert_eq!(unsafe { coterie_memory_release(block.handle, null_mut()) }, COTERIE_OK);
}

/// A fit that would run for a long time, its result in blocks, with a watcher beside it.
///
/// Random answers by random experts let the likelihood creep for hundreds of iterations of milliseconds.
fn long_fit(watch: impl FnOnce(&AtomicI32, &AtomicI64, &[MemoryBlock]) + Send) -> (i32, ErrorRecord) {
    const TASKS: usize = 40_000;
    const ANSWERS: usize = 400_000;
    let case = Case::random(&mut SplitMix64(8), Method::DawidSkene, [TASKS, 50, 4], ANSWERS);
    let sizes = [TASKS * 4 * 8, TASKS * 4, TASKS * 4, 4 * 8, 50 * 8];
    let blocks: Vec<MemoryBlock> = sizes.into_iter().map(|bytes| allocate(bytes as u64)).collect();
    let addresses: Vec<usize> = blocks.iter().map(|block| block.address as usize).collect();
    let mut call = Call::new();
    let (mut problem, mut outcome) = call.structs();
    (problem.task, problem.expert, problem.label) = (case.task.as_ptr(), case.expert.as_ptr(), case.label.as_ptr());
    (problem.answers, problem.tasks, problem.experts, problem.labels) = (ANSWERS as u64, TASKS as i32, 50, 4);
    (problem.max_iterations, problem.tolerance, problem.smoothing) = (i32::MAX, 0.0, 0.0);
    outcome.posterior = std::ptr::with_exposed_provenance_mut(addresses[0]);
    outcome.answer = std::ptr::with_exposed_provenance_mut(addresses[1]);
    outcome.runner_up = std::ptr::with_exposed_provenance_mut(addresses[2]);
    outcome.prior = std::ptr::with_exposed_provenance_mut(addresses[3]);
    outcome.skill = std::ptr::with_exposed_provenance_mut(addresses[4]);
    (outcome.confusion, outcome.confusion_length, outcome.posterior_length) = (null_mut(), 0, TASKS as u64 * 4);
    let mut control = ControlBlock { cancel: 0, reserved: 0, iterations: 0 };
    let shared = &raw mut control;
    let (cancel, iterations) =
        unsafe { (AtomicI32::from_ptr(&raw mut (*shared).cancel), AtomicI64::from_ptr(&raw mut (*shared).iterations)) };
    let done = AtomicBool::new(false);
    let status = std::thread::scope(|scope| {
        scope.spawn(|| {
            while iterations.load(Ordering::Relaxed) < 1 && !done.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_micros(50));
            }
            watch(cancel, iterations, &blocks);
        });
        let status = unsafe { coterie_consensus_fit(&problem, &mut outcome, shared, &mut call.error) };
        done.store(true, Ordering::Relaxed);
        status
    });
    for block in &blocks {
        unsafe { coterie_memory_release(block.handle, null_mut()) };
    }
    (status, call.error)
}

#[test]
fn a_fit_is_cancelled_from_another_thread() {
    let (status, error) = long_fit(|cancel, _, _| cancel.store(1, Ordering::Relaxed));
    assert_eq!((status, error.code, error.text()), (COTERIE_CANCELLED, COTERIE_CANCELLED, "the fit was cancelled"));
}

#[test]
fn blocks_released_during_a_fit_live_until_it_ends() {
    let (status, error) = long_fit(|cancel, iterations, blocks| {
        for block in blocks {
            assert_eq!(unsafe { coterie_memory_release(block.handle, null_mut()) }, COTERIE_OK);
        }
        let seen = iterations.load(Ordering::Relaxed);
        std::thread::sleep(Duration::from_millis(20));
        assert!(iterations.load(Ordering::Relaxed) >= seen);
        cancel.store(1, Ordering::Relaxed);
    });
    assert!(status == COTERIE_CANCELLED || status == COTERIE_OK, "{}", error.text());
}

#[test]
fn kernels_check_their_arrays() {
    let x = [0.0, 1.0, 2.0];
    let mut out = [0.0; 3];
    unsafe {
        assert_eq!(coterie_exp_f64(x.as_ptr(), out.as_mut_ptr(), 3), COTERIE_OK);
        assert_eq!(out[0], 1.0);
        let shared = out.as_mut_ptr();
        assert_eq!(coterie_log_f64(shared, shared, 3), COTERIE_OK);
        assert_eq!(bits(&out), bits(&x));
        assert_eq!(coterie_sum_f64(x.as_ptr(), 3, out.as_mut_ptr()), COTERIE_OK);
        assert_eq!(out[0], 3.0);
        assert_eq!(coterie_sum_f64(null(), 0, out.as_mut_ptr()), COTERIE_OK);
        assert_eq!(out[0].to_bits(), 0);
        assert_eq!(coterie_exp_f64(null(), null_mut(), 0), COTERIE_OK);
        assert_eq!(coterie_exp_f64(null(), out.as_mut_ptr(), 1), COTERIE_INVALID_ARGUMENT);
        assert_eq!(coterie_log_f64(x.as_ptr(), null_mut(), 1), COTERIE_INVALID_ARGUMENT);
        assert_eq!(coterie_sum_f64(x.as_ptr(), 3, null_mut()), COTERIE_INVALID_ARGUMENT);
        assert_eq!(coterie_sum_f64(x.as_ptr().wrapping_byte_add(4), 1, out.as_mut_ptr()), COTERIE_INVALID_ARGUMENT);
        assert_eq!(coterie_exp_f64(x.as_ptr(), out.as_mut_ptr(), COTERIE_KERNEL_LIMIT + 1), COTERIE_INVALID_ARGUMENT);
    }
}

#[test]
fn versions_and_instruction_sets() {
    assert_eq!(coterie_abi_version(), COTERIE_ABI_MAJOR << 16 | COTERIE_ABI_MINOR);
    let info = unsafe { std::ffi::CStr::from_ptr(coterie_build_info()) }.to_str().unwrap();
    assert!(info.starts_with("coterie 0.1.0 abi 1.0 "), "{info}");
    let best = coterie_isa();
    let mut error = ErrorRecord::new();
    for isa in 0..4 {
        let status = unsafe { coterie_isa_select(isa, &mut error) };
        if status == COTERIE_OK {
            assert_eq!(coterie_isa(), isa);
        } else {
            assert_eq!(status, COTERIE_UNSUPPORTED);
            assert!(error.text().contains("it has scalar"), "{}", error.text());
        }
    }
    unsafe {
        assert_eq!(coterie_isa_select(4, &mut error), COTERIE_INVALID_ARGUMENT);
        assert_eq!(coterie_isa_select(-1, &mut error), COTERIE_INVALID_ARGUMENT);
        assert_eq!(coterie_isa_select(best, &mut error), COTERIE_OK);
    }
}
