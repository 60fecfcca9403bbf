//! Live models through the C interface: refusals, handles, buffers, and threads.

mod common;

use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicBool, Ordering};

use coterie::abi::*;

use common::SplitMix64;

fn options() -> OnlineOptions {
    OnlineOptions {
        struct_size: size_of::<OnlineOptions>() as u32,
        labels: 2,
        sweeps: 2,
        neighbours: 1,
        neighbour_tasks: 5,
        max_iterations: 100,
        smoothing: 0.01,
        trust: 1.0,
        settled: 1e-4,
        tolerance: 1e-9,
    }
}

fn create() -> u64 {
    let mut handle = 0;
    let status = unsafe { coterie_online_create(&options(), &mut handle, null_mut()) };
    assert_eq!(status, COTERIE_OK);
    handle
}

/// What makes options wrong, and what makes answers wrong.
type BadOptions = (&'static str, fn(&mut OnlineOptions));
type BadAnswers = (&'static str, fn(&mut Call, &mut OnlineAnswers));

/// Columns of answers, and the struct that describes them.
struct Call {
    task: Vec<i32>,
    expert: Vec<i32>,
    label: Vec<i32>,
    weight: Vec<f32>,
    error: ErrorRecord,
}

impl Call {
    fn new() -> Self {
        let (task, expert, label) = (vec![0, 0, 1, 2], vec![0, 1, 1, 0], vec![1, 1, 0, 0]);
        Self { task, expert, label, weight: vec![1.0; 4], error: ErrorRecord::new() }
    }

    fn add(&mut self, handle: u64, change: impl FnOnce(&mut Self, &mut OnlineAnswers)) -> i32 {
        let mut answers = OnlineAnswers {
            struct_size: size_of::<OnlineAnswers>() as u32,
            tasks: 3,
            experts: 2,
            labels: 2,
            task: self.task.as_ptr(),
            expert: self.expert.as_ptr(),
            label: self.label.as_ptr(),
            weight: null(),
            answers: 4,
        };
        change(self, &mut answers);
        unsafe { coterie_online_add(handle, &answers, &mut self.error) }
    }
}

fn save(handle: u64) -> Vec<u8> {
    let mut length = 0;
    let status = unsafe { coterie_online_save(handle, null(), 0, null_mut(), 0, &mut length, null_mut()) };
    assert_eq!(status, COTERIE_OK);
    let mut state = vec![0; length as usize];
    let status = unsafe { coterie_online_save(handle, null(), 0, state.as_mut_ptr(), length, &mut length, null_mut()) };
    assert_eq!(status, COTERIE_OK);
    state
}

fn view() -> OnlineView {
    OnlineView {
        struct_size: size_of::<OnlineView>() as u32,
        labels: 2,
        first_task: 0,
        tasks: 0,
        first_expert: 0,
        experts: 0,
        posterior: null_mut(),
        answer: null_mut(),
        runner_up: null_mut(),
        task_answers: null_mut(),
        given_expert: null_mut(),
        given_label: null_mut(),
        given_weight: null_mut(),
        given: 0,
        confusion: null_mut(),
        skill: null_mut(),
        expert_answers: null_mut(),
        prior: null_mut(),
    }
}

#[test]
fn wrong_options_are_refused() {
    let mut error = ErrorRecord::new();
    let cases: [BadOptions; 7] = [
        ("struct_size", |o| o.struct_size = 1),
        ("labels", |o| o.labels = 0),
        ("labels", |o| o.labels = -1),
        ("sweeps", |o| o.sweeps = -1),
        ("neighbours", |o| o.neighbours = 5000),
        ("smoothing", |o| o.smoothing = f64::NAN),
        ("trust", |o| o.trust = f64::INFINITY),
    ];
    for (expected, change) in cases {
        let (mut options, mut handle) = (options(), 77);
        change(&mut options);
        let status = unsafe { coterie_online_create(&options, &mut handle, &mut error) };
        assert_eq!((status, handle), (COTERIE_INVALID_ARGUMENT, 77), "{expected}");
        assert!(error.text().contains(expected), "{}", error.text());
    }
    assert_eq!(unsafe { coterie_online_create(null(), &mut 0, null_mut()) }, COTERIE_INVALID_ARGUMENT);
    assert_eq!(unsafe { coterie_online_create(&options(), null_mut(), null_mut()) }, COTERIE_INVALID_ARGUMENT);
}

#[test]
fn wrong_answers_are_refused_and_change_nothing() {
    let handle = create();
    assert_eq!(Call::new().add(handle, |_, _| {}), COTERIE_OK);
    let before = save(handle);
    let cases: [BadAnswers; 10] = [
        ("struct_size", |_, a| a.struct_size = 0),
        ("task is NULL", |_, a| a.task = null()),
        ("more than memory", |_, a| a.answers = u64::MAX),
        ("answer 2: task 9", |c, _| c.task[2] = 9),
        ("answer 2: expert -1", |c, _| c.expert[2] = -1),
        ("answer 3: label 5", |c, _| c.label[3] = 5),
        ("answer 1: weight NaN", |c, a| {
            c.weight[1] = f32::NAN;
            a.weight = c.weight.as_ptr();
        }),
        ("tasks is -3", |_, a| a.tasks = -3),
        ("labels is -1", |_, a| a.labels = -1),
        ("not aligned", |_, a| a.label = a.label.cast::<u8>().wrapping_add(1).cast()),
    ];
    for (expected, change) in cases {
        let mut call = Call::new();
        assert_eq!(call.add(handle, change), COTERIE_INVALID_ARGUMENT, "{expected}");
        assert!(call.error.text().contains(expected), "expected {expected}, got {}", call.error.text());
        assert_eq!(save(handle), before, "{expected}");
    }
    let remove = |task: &[i32], expert: &[i32]| unsafe {
        coterie_online_remove(handle, task.as_ptr(), expert.as_ptr(), task.len() as u64, null_mut())
    };
    assert_eq!(remove(&[1], &[0]), COTERIE_INVALID_ARGUMENT);
    assert_eq!(remove(&[0, 0], &[1, 1]), COTERIE_INVALID_ARGUMENT);
    assert_eq!(remove(&[-1], &[0]), COTERIE_INVALID_ARGUMENT);
    assert_eq!(save(handle), before);
    assert_eq!(remove(&[0], &[1]), COTERIE_OK);
    assert_eq!(unsafe { coterie_online_release(handle, null_mut()) }, COTERIE_OK);
}

#[test]
fn impossible_sizes_are_refused() {
    let handle = create();
    let mut call = Call::new();
    let status = call.add(handle, |_, a| (a.experts, a.labels, a.answers) = (i32::MAX, i32::MAX, 0));
    assert_eq!(status, COTERIE_INVALID_ARGUMENT, "{}", call.error.text());
    let status = call.add(handle, |_, a| (a.tasks, a.labels, a.answers) = (i32::MAX, 40_000, 0));
    assert_eq!(status, COTERIE_OUT_OF_MEMORY, "{}", call.error.text());
    let mut statistics = std::mem::MaybeUninit::<OnlineStatistics>::uninit();
    let status = unsafe { coterie_online_statistics(handle, statistics.as_mut_ptr(), null_mut()) };
    assert_eq!((status, unsafe { statistics.assume_init() }.tasks), (COTERIE_OK, 0));
    assert_eq!(unsafe { coterie_online_release(handle, null_mut()) }, COTERIE_OK);
}

#[test]
fn every_function_refuses_closed_forged_and_foreign_handles() {
    let handle = create();
    assert_eq!(unsafe { coterie_online_release(handle, null_mut()) }, COTERIE_OK);
    let mut block = MemoryBlock { handle: 0, address: 0, bytes: 0 };
    assert_eq!(unsafe { coterie_memory_allocate(8, &mut block, null_mut()) }, COTERIE_OK);
    let mut r = SplitMix64(3);
    let forged = (0..500).map(|_| r.next()).chain([0, handle, u64::MAX, block.handle]);
    for bad in forged {
        let mut length = 0;
        let mut summary = OnlineSummary { iterations: -7, converged: -7, objective: 0.0 };
        let mut statistics = std::mem::MaybeUninit::<OnlineStatistics>::uninit();
        let statuses = unsafe {
            [
                Call::new().add(bad, |_, _| {}),
                coterie_online_remove(bad, null(), null(), 0, null_mut()),
                coterie_online_refit(bad, 1, &mut summary, null_mut(), null_mut()),
                coterie_online_read(bad, &view(), null_mut()),
                coterie_online_statistics(bad, statistics.as_mut_ptr(), null_mut()),
                coterie_online_save(bad, null(), 0, null_mut(), 0, &mut length, null_mut()),
                coterie_online_release(bad, null_mut()),
            ]
        };
        for status in statuses {
            assert!(status == COTERIE_STALE_HANDLE || status == COTERIE_WRONG_HANDLE_TYPE, "{bad:#x}: {status}");
        }
        assert_eq!((summary.iterations, length), (-7, 0));
    }
    assert_eq!(unsafe { coterie_memory_release(block.handle, null_mut()) }, COTERIE_OK);
}

#[test]
fn views_are_checked_and_filled() {
    let handle = create();
    assert_eq!(Call::new().add(handle, |_, _| {}), COTERIE_OK);
    let mut error = ErrorRecord::new();
    let mut posterior = [-7.0; 6];
    let mut given = [-7; 4];
    let mut counts = [-7; 3];
    let good = OnlineView {
        tasks: 3,
        experts: 2,
        posterior: posterior.as_mut_ptr(),
        given_expert: given.as_mut_ptr(),
        given: 4,
        task_answers: counts.as_mut_ptr(),
        ..view()
    };
    for (expected, bad) in [
        ("struct_size", OnlineView { struct_size: 9, ..good }),
        ("view.labels is 3", OnlineView { labels: 3, ..good }),
        ("not in 0..3", OnlineView { tasks: 4, ..good }),
        ("not in 0..3", OnlineView { first_task: -1, ..good }),
        ("not in 0..2", OnlineView { first_expert: 1, ..good }),
        ("these tasks have 4 answers", OnlineView { given: 3, ..good }),
        ("overlap", OnlineView { confusion: good.posterior, ..good }),
    ] {
        assert_eq!(unsafe { coterie_online_read(handle, &bad, &mut error) }, COTERIE_INVALID_ARGUMENT);
        assert!(error.text().contains(expected), "{}", error.text());
    }
    assert_eq!(unsafe { coterie_online_read(handle, &good, &mut error) }, COTERIE_OK);
    assert_eq!((given, counts), ([0, 1, 1, 0], [2, 1, 1]));
    assert!(posterior.chunks(2).all(|row| (row[0] + row[1] - 1.0).abs() < 1e-12));
    assert_eq!(unsafe { coterie_online_release(handle, null_mut()) }, COTERIE_OK);
}

#[test]
fn states_cross_the_border() {
    let handle = create();
    assert_eq!(Call::new().add(handle, |_, _| {}), COTERIE_OK);
    let state = save(handle);
    let mut error = ErrorRecord::new();
    let mut small = vec![7_u8; state.len() - 1];
    let mut length = 0;
    let status = unsafe {
        let (room, bytes) = (small.as_mut_ptr(), small.len() as u64);
        coterie_online_save(handle, null(), 0, room, bytes, &mut length, &mut error)
    };
    assert_eq!((status, length), (COTERIE_INVALID_ARGUMENT, 0));
    assert!(small.iter().all(|&byte| byte == 7));
    let load = |bytes: &[u8], error: &mut ErrorRecord| {
        let mut restored = 0;
        let status = unsafe { coterie_online_load(bytes.as_ptr(), bytes.len() as u64, &mut restored, error) };
        (status, restored)
    };
    for length in 0..state.len() {
        assert_eq!(load(&state[..length], &mut error), (COTERIE_INVALID_ARGUMENT, 0));
        assert!(error.text().contains("byte"), "{}", error.text());
    }
    let (status, restored) = load(&state, &mut error);
    assert_eq!(status, COTERIE_OK);
    assert_eq!(save(restored), state);
    for handle in [handle, restored] {
        assert_eq!(unsafe { coterie_online_release(handle, null_mut()) }, COTERIE_OK);
    }
}

/// One thread adds, others read, save and finally release: nothing tears, and the last user frees the model.
#[test]
fn one_writer_many_readers_and_a_release() {
    let handle = create();
    assert_eq!(Call::new().add(handle, |_, _| {}), COTERIE_OK);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let mut posterior = [0.0; 6];
                    let part = OnlineView { tasks: 3, posterior: posterior.as_mut_ptr(), ..view() };
                    let status = unsafe { coterie_online_read(handle, &part, null_mut()) };
                    if status == COTERIE_OK {
                        assert!(posterior.chunks(2).all(|row| (row[0] + row[1] - 1.0).abs() < 1e-12));
                    } else {
                        assert_eq!(status, COTERIE_STALE_HANDLE);
                        return;
                    }
                }
            });
        }
        scope.spawn(|| {
            let mut r = SplitMix64(8);
            for _ in 0..300 {
                let mut call = Call::new();
                call.label.iter_mut().for_each(|label| *label = r.below(2) as i32);
                assert_eq!(call.add(handle, |_, _| {}), COTERIE_OK);
            }
            assert_eq!(unsafe { coterie_online_release(handle, null_mut()) }, COTERIE_OK);
            done.store(true, Ordering::Relaxed);
        });
    });
    assert_eq!(unsafe { coterie_online_release(handle, null_mut()) }, COTERIE_STALE_HANDLE);
}

#[test]
fn wrong_questions_are_refused() {
    let (posterior, confusion, cost) = ([0.5, 0.5], [0.8, 0.2, 0.2, 0.8], [1.0]);
    let (task, expert) = ([0], [0]);
    let (mut ratings, mut picked, mut state) = ([[-7.0]; 3], [-7], [-7]);
    let good = AcquisitionQuestion {
        struct_size: size_of::<AcquisitionQuestion>() as u32,
        tasks: 1,
        experts: 1,
        labels: 2,
        posterior: posterior.as_ptr(),
        confusion: confusion.as_ptr(),
        cost: cost.as_ptr(),
        task: task.as_ptr(),
        expert: expert.as_ptr(),
        candidates: 1,
        target: 0.9,
        loss: f64::INFINITY,
        budget: f64::INFINITY,
        most: 3,
        reserved: 0,
    };
    let [gain, expected_answers, rate] = ratings.each_mut().map(|rating| rating.as_mut_ptr());
    let room = AcquisitionPlan {
        struct_size: size_of::<AcquisitionPlan>() as u32,
        picks: -7,
        spent: -7.0,
        gain,
        expected: expected_answers,
        rate,
        picked: picked.as_mut_ptr(),
        state: state.as_mut_ptr(),
    };
    let mut error = ErrorRecord::new();
    for (expected, question, plan) in [
        ("question.struct_size", AcquisitionQuestion { struct_size: 1, ..good }, room),
        ("out.struct_size", good, AcquisitionPlan { struct_size: 1, ..room }),
        ("most is 0", AcquisitionQuestion { most: 0, ..good }, room),
        ("tasks is -1", AcquisitionQuestion { tasks: -1, ..good }, room),
        ("posterior is NULL", AcquisitionQuestion { posterior: null(), ..good }, room),
        ("confidence", AcquisitionQuestion { target: 0.2, ..good }, room),
        ("memory", AcquisitionQuestion { experts: i32::MAX, labels: i32::MAX, ..good }, room),
        ("gain is NULL", good, AcquisitionPlan { gain: null_mut(), ..room }),
        ("overlap", good, AcquisitionPlan { gain: room.rate, ..room }),
    ] {
        let mut plan = plan;
        let status = unsafe { coterie_acquisition_plan(&question, &mut plan, &mut error) };
        assert_eq!((status, plan.picks), (COTERIE_INVALID_ARGUMENT, -7), "{expected}: {}", error.text());
        assert!(error.text().contains(expected), "expected {expected}, got {}", error.text());
    }
    let mut plan = room;
    assert_eq!(unsafe { coterie_acquisition_plan(&good, &mut plan, &mut error) }, COTERIE_OK);
    assert_eq!((plan.picks, plan.spent, picked, state), (1, 1.0, [0], [COTERIE_TASK_ASK]));
}
