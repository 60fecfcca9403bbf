//! Models that take answers as they come.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::acquisition::lent;
use super::error::ErrorRecord;
use super::fit::{ControlBlock, check_size, count, failure};
use super::guard::{check, guard};
use super::handles::Handles;
use super::ranges::Ranges;
use super::status::{COTERIE_STALE_HANDLE, Failure};
use crate::consensus::{Control, FitError, empty};
use crate::online::{Answer, Online, Options};

const KIND: u8 = 2;

/// How a model is kept up to date. The page of online consensus in docs/methods says what each option does.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct OnlineOptions {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// The number of labels to begin with, at least 1.
    pub labels: i32,
    /// The most sweeps over the tasks that an update touches, from 0 to 1000.
    pub sweeps: i32,
    /// Of how many experts that changed most the other tasks are visited too, from 0 to 1000.
    pub neighbours: i32,
    /// The most tasks that are visited for them, not negative.
    pub neighbour_tasks: i32,
    /// The most iterations of a refit, not negative.
    pub max_iterations: i32,
    /// What is added to every confusion count, between 0 and 1e100.
    pub smoothing: f64,
    /// What is added to the counts of right answers besides, between 0 and 1e100.
    pub trust: f64,
    /// Sweeps end when no posterior changes by more than this, between 0 and 1e100.
    pub settled: f64,
    /// The relative change of the log-likelihood that ends a refit, between 0 and 1e100.
    pub tolerance: f64,
}

/// Answers to take in. Everything in it is borrowed for the call.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct OnlineAnswers {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// The model has at least so many tasks afterwards.
    pub tasks: i32,
    /// The model has at least so many experts afterwards.
    pub experts: i32,
    /// The model has at least so many labels afterwards.
    pub labels: i32,
    /// The task of each answer, `answers` elements.
    pub task: *const i32,
    /// The expert of each answer, `answers` elements.
    pub expert: *const i32,
    /// The label of each answer, `answers` elements.
    pub label: *const i32,
    /// The weight of each answer, `answers` elements, finite and not negative; NULL when all are 1.
    pub weight: *const f32,
    /// The number of answers; 0 to make room only, and the arrays may be NULL then.
    pub answers: u64,
}

/// What to read of a model, and where it goes. Every array may be NULL when it is not wanted.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct OnlineView {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// The number of labels that the caller's arrays are made for: the model's own.
    pub labels: i32,
    /// The first task.
    pub first_task: i32,
    /// The number of tasks.
    pub tasks: i32,
    /// The first expert.
    pub first_expert: i32,
    /// The number of experts.
    pub experts: i32,
    /// The posterior of each label, `tasks * labels` elements.
    pub posterior: *mut f64,
    /// The answer of each task, `tasks` elements, -1 for none.
    pub answer: *mut i32,
    /// The runner-up of each task, `tasks` elements, -1 for none.
    pub runner_up: *mut i32,
    /// The number of answers to each task, `tasks` elements.
    pub task_answers: *mut i32,
    /// The expert of each answer to these tasks, task by task, oldest first, `given` elements.
    pub given_expert: *mut i32,
    /// The label of each answer to these tasks, `given` elements.
    pub given_label: *mut i32,
    /// The weight of each answer to these tasks, `given` elements.
    pub given_weight: *mut f32,
    /// The number of answers to these tasks, where one of the three arrays before is wanted.
    pub given: u64,
    /// The confusion matrices, `experts * labels * labels` elements in the order `[expert][label][true label]`.
    pub confusion: *mut f64,
    /// The skill of each expert, `experts` elements.
    pub skill: *mut f64,
    /// The number of answers of each expert, `experts` elements.
    pub expert_answers: *mut i32,
    /// The class prior, `labels` elements.
    pub prior: *mut f64,
}

/// The sizes of a model and its options.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct OnlineStatistics {
    /// The number of tasks.
    pub tasks: i32,
    /// The number of experts.
    pub experts: i32,
    /// The number of labels.
    pub labels: i32,
    /// The option; so are those that follow.
    pub sweeps: i32,
    /// Of how many experts the tasks are visited.
    pub neighbours: i32,
    /// The most tasks that are visited for them.
    pub neighbour_tasks: i32,
    /// The most iterations of a refit.
    pub max_iterations: i32,
    /// Always 0.
    pub reserved: i32,
    /// What is added to every confusion count.
    pub smoothing: f64,
    /// What is added to the counts of right answers besides.
    pub trust: f64,
    /// The change of a posterior that ends the sweeps.
    pub settled: f64,
    /// The relative change of the log-likelihood that ends a refit.
    pub tolerance: f64,
    /// The number of answers.
    pub answers: u64,
    /// How often the running sums were counted anew.
    pub recounts: u64,
}

/// How a refit ended.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct OnlineSummary {
    /// Iterations done.
    pub iterations: i32,
    /// 1 when the tolerance ended the refit.
    pub converged: i32,
    /// The log-likelihood, NaN without an iteration.
    pub objective: f64,
}

type Model = Arc<RwLock<Online>>;

static MODELS: Mutex<Handles<Model>> = Mutex::new(Handles::new(KIND));

fn models() -> MutexGuard<'static, Handles<Model>> {
    MODELS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn model(handle: u64) -> Result<Model, Failure> {
    models().get(handle).cloned()
}

/// A model that an update left by a panic may be half changed: it is not used any more.
fn broken<T>(_: PoisonError<T>) -> Failure {
    Failure::new(
        COTERIE_STALE_HANDLE,
        "an update of this model failed inside the library: restore its last saved state",
    )
}

fn insert(online: Online) -> Result<u64, Failure> {
    models().insert(Arc::new(RwLock::new(online)))
}

fn unsigned(index: i32, row: usize, name: &str) -> Result<u32, Failure> {
    u32::try_from(index).map_err(|_| Failure::invalid(format!("answer {row}: {name} {index} is negative")))
}

/// Makes a model without answers.
///
/// Kind: normal. Threads: any, also at once. BORROWS `options`, `out`, `error` (nullable).
/// The model is the caller's until `coterie_online_release`.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`.
///
/// # Safety
///
/// `options` and `out` point to what their types say, `error` is NULL or points to a record.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_online_create(
    options: *const OnlineOptions,
    out: *mut u64,
    error: *mut ErrorRecord,
) -> i32 {
    guard(error, || {
        check(options, "options")?;
        check(out, "out")?;
        // SAFETY: checked; the caller lends the struct.
        let given = unsafe { options.read() };
        check_size::<OnlineOptions>(given.struct_size, "options")?;
        let options = Options {
            sweeps: count(given.sweeps, "sweeps")?,
            neighbours: count(given.neighbours, "neighbours")?,
            neighbour_tasks: count(given.neighbour_tasks, "neighbour_tasks")?,
            smoothing: given.smoothing,
            trust: given.trust,
            settled: given.settled,
            tolerance: given.tolerance,
            max_iterations: count(given.max_iterations, "max_iterations")?,
        };
        let handle = insert(Online::new(count(given.labels, "labels")?, options).map_err(failure)?)?;
        // SAFETY: checked above; the caller lends it.
        unsafe { out.write(handle) };
        Ok(())
    })
}

/// Takes answers in, all or none, and brings the tasks that they touch up to date. Another answer of an expert to a task
/// replaces the one before.
///
/// Kind: normal. Threads: any, also at once; an update waits for the other calls on its model.
/// BORROWS `answers` and its arrays, `error` (nullable).
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`, `COTERIE_STALE_HANDLE`,
/// `COTERIE_WRONG_HANDLE_TYPE`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_online_add(
    handle: u64,
    answers: *const OnlineAnswers,
    error: *mut ErrorRecord,
) -> i32 {
    let mut blocks = Vec::new();
    let status = guard(error, || {
        check(answers, "answers")?;
        // SAFETY: checked; the caller lends the struct.
        let given = unsafe { answers.read() };
        check_size::<OnlineAnswers>(given.struct_size, "answers")?;
        let mut ranges = Ranges::default();
        // SAFETY: the caller lends the arrays.
        let [task, expert, label] = unsafe {
            [
                lent(&mut ranges, given.task, given.answers, "task")?,
                lent(&mut ranges, given.expert, given.answers, "expert")?,
                lent(&mut ranges, given.label, given.answers, "label")?,
            ]
        };
        let weight: Option<&[f32]> = if given.weight.is_null() {
            None
        } else {
            // SAFETY: as above.
            Some(unsafe { lent(&mut ranges, given.weight, given.answers, "weight")? })
        };
        blocks = ranges.settle()?;
        let mut rows = empty(task.len()).map_err(failure)?;
        for row in 0..task.len() {
            rows.push(Answer {
                task: unsigned(task[row], row, "task")?,
                expert: unsigned(expert[row], row, "expert")?,
                label: unsigned(label[row], row, "label")?,
                weight: weight.map_or(1.0, |weight| weight[row]),
            });
        }
        let sizes = [(given.tasks, "tasks"), (given.experts, "experts"), (given.labels, "labels")];
        let mut least = [0; 3];
        for (least, (size, name)) in least.iter_mut().zip(sizes) {
            *least = count(size, name)?;
        }
        let model = model(handle)?;
        let mut online = model.write().map_err(broken)?;
        online.add(least, &rows).map_err(failure)
    });
    drop(blocks);
    status
}

/// Takes answers out, all or none, and brings their tasks up to date.
///
/// Kind: normal. Threads: as `coterie_online_add`. BORROWS `task` and `expert` (`pairs` elements each), `error` (nullable).
/// Returns as `coterie_online_add`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_online_remove(
    handle: u64,
    task: *const i32,
    expert: *const i32,
    pairs: u64,
    error: *mut ErrorRecord,
) -> i32 {
    let mut blocks = Vec::new();
    let status = guard(error, || {
        let mut ranges = Ranges::default();
        // SAFETY: the caller lends the arrays.
        let (task, expert) =
            unsafe { (lent(&mut ranges, task, pairs, "task")?, lent(&mut ranges, expert, pairs, "expert")?) };
        blocks = ranges.settle()?;
        let mut rows = empty(task.len()).map_err(failure)?;
        for row in 0..task.len() {
            rows.push((unsigned(task[row], row, "task")?, unsigned(expert[row], row, "expert")?));
        }
        let model = model(handle)?;
        let mut online = model.write().map_err(broken)?;
        online.remove(&rows).map_err(failure)
    });
    drop(blocks);
    status
}

/// Fits all answers to convergence: the model is then what `coterie_consensus_fit` makes of the same answers, bit for bit.
///
/// Kind: normal. Threads: as `coterie_online_add`. BORROWS `summary`, `control` (nullable), `error` (nullable).
/// Returns as `coterie_online_add`, and `COTERIE_CANCELLED`; the model is unchanged then.
///
/// # Safety
///
/// `summary` points to a record, `control` and `error` are NULL or point to one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_online_refit(
    handle: u64,
    threads: i32,
    summary: *mut OnlineSummary,
    control: *mut ControlBlock,
    error: *mut ErrorRecord,
) -> i32 {
    guard(error, || {
        check(summary, "summary")?;
        if !control.is_null() {
            check(control, "control")?;
        }
        let own = Control::default();
        // SAFETY: checked; the layouts are the same, as `fit.rs` asserts.
        let control = if control.is_null() { &own } else { unsafe { &*control.cast::<Control>() } };
        let threads = count(threads, "threads")?;
        let model = model(handle)?;
        let done = model.write().map_err(broken)?.refit(threads, control).map_err(failure)?;
        let converged = i32::from(done.converged);
        let done = OnlineSummary { iterations: done.iterations as i32, converged, objective: done.objective };
        // SAFETY: checked above; the caller lends it.
        unsafe { summary.write(done) };
        Ok(())
    })
}

/// Copies parts of a model out.
///
/// Kind: normal. Threads: any, also at once; reading waits for an update, not for other reading.
/// BORROWS `view` and its arrays, which must not overlap, `error` (nullable).
/// Returns as `coterie_online_add`; the arrays are untouched unless it is `COTERIE_OK`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_online_read(handle: u64, view: *const OnlineView, error: *mut ErrorRecord) -> i32 {
    let mut blocks = Vec::new();
    let status = guard(error, || {
        check(view, "view")?;
        // SAFETY: checked; the caller lends the struct.
        let view = unsafe { view.read() };
        check_size::<OnlineView>(view.struct_size, "view")?;
        let model = model(handle)?;
        let online = model.read().map_err(broken)?;
        let [tasks, experts, labels] = online.sizes();
        if view.labels as usize != labels {
            return Err(Failure::invalid(format!("view.labels is {}, the model has {labels}", view.labels)));
        }
        let part = |first: i32, length: i32, size: usize, name: &str| {
            let (from, count) = (first as usize, length as usize);
            if first < 0 || length < 0 || from > size || count > size - from {
                let text = format!("{length} {name} from {first} on are not in 0..{size}");
                return Err(Failure::invalid(text));
            }
            Ok(from..from + count)
        };
        let tasks = part(view.first_task, view.tasks, tasks, "tasks")?;
        let experts = part(view.first_expert, view.experts, experts, "experts")?;
        let given: usize = tasks.clone().map(|task| online.answers_to(task)).sum();
        let wanted = [view.given_expert.is_null(), view.given_label.is_null(), view.given_weight.is_null()];
        if wanted.contains(&false) && view.given != given as u64 {
            return Err(Failure::invalid(format!("view.given is {}, these tasks have {given} answers", view.given)));
        }
        let mut ranges = Ranges::default();
        let (t, e, l, g) = (tasks.len() as u64, experts.len() as u64, labels as u64, given as u64);
        // SAFETY: the caller lends the arrays; `settle` finds them apart from each other before one is written.
        let arrays = unsafe {
            (
                room(&mut ranges, view.posterior, t * l, "posterior")?,
                room(&mut ranges, view.answer, t, "answer")?,
                room(&mut ranges, view.runner_up, t, "runner_up")?,
                room(&mut ranges, view.task_answers, t, "task_answers")?,
                room(&mut ranges, view.given_expert, g, "given_expert")?,
                room(&mut ranges, view.given_label, g, "given_label")?,
                room(&mut ranges, view.given_weight, g, "given_weight")?,
                room(&mut ranges, view.confusion, e * l * l, "confusion")?,
                room(&mut ranges, view.skill, e, "skill")?,
                room(&mut ranges, view.expert_answers, e, "expert_answers")?,
                room(&mut ranges, view.prior, l, "prior")?,
            )
        };
        blocks = ranges.settle()?;
        let mut matrix: Vec<f64> = crate::consensus::filled(labels * labels).map_err(failure)?;
        let mut prior = empty(labels).map_err(failure)?;
        prior.extend(online.prior());
        let copy = |to: *mut f64, at: usize, from: &[f64]| {
            // SAFETY: `room` gives a pointer to all elements, and `at` counts rows of this length.
            unsafe { to.add(at * from.len()).copy_from_nonoverlapping(from.as_ptr(), from.len()) }
        };
        let mut row = 0;
        for (at, task) in tasks.enumerate() {
            if let Some(to) = arrays.0 {
                copy(to, at, online.posterior(task));
            }
            let (answer, runner_up) = online.decide(task);
            let counts = online.answers_to(task) as i32;
            for (to, value) in [(arrays.1, answer), (arrays.2, runner_up), (arrays.3, counts)] {
                // SAFETY: one element a task.
                to.into_iter().for_each(|to| unsafe { to.add(at).write(value) });
            }
            if wanted.contains(&false) {
                for given in online.answers_of(task) {
                    // SAFETY: one element an answer.
                    unsafe {
                        arrays.4.into_iter().for_each(|to| to.add(row).write(given.expert as i32));
                        arrays.5.into_iter().for_each(|to| to.add(row).write(given.label as i32));
                        arrays.6.into_iter().for_each(|to| to.add(row).write(given.weight));
                    }
                    row += 1;
                }
            }
        }
        for (at, expert) in experts.enumerate() {
            if arrays.7.is_some() || arrays.8.is_some() {
                online.confusion(expert, &mut matrix);
            }
            if let Some(to) = arrays.7 {
                copy(to, at, &matrix);
            }
            if let Some(to) = arrays.8 {
                copy(to, at, &[Online::skill(&prior, &matrix)]);
            }
            // SAFETY: one element an expert.
            arrays.9.into_iter().for_each(|to| unsafe { to.add(at).write(online.answers_by(expert) as i32) });
        }
        if let Some(to) = arrays.10 {
            copy(to, 0, &prior);
        }
        Ok(())
    });
    drop(blocks);
    status
}

/// An array to write, where it is wanted.
///
/// # Safety
///
/// The array is NULL, misaligned, or lent with this many elements.
unsafe fn room<T>(
    ranges: &mut Ranges,
    array: *mut T,
    length: u64,
    name: &'static str,
) -> Result<Option<*mut T>, Failure> {
    if array.is_null() || length == 0 {
        return Ok(None);
    }
    ranges.writes(array, length, name)?;
    Ok(Some(array))
}

/// Tells the sizes of a model and its options.
///
/// Kind: normal. Threads: as `coterie_online_read`. BORROWS `out`, `error` (nullable).
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_STALE_HANDLE`, `COTERIE_WRONG_HANDLE_TYPE`.
///
/// # Safety
///
/// `out` points to a record, `error` is NULL or points to one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_online_statistics(
    handle: u64,
    out: *mut OnlineStatistics,
    error: *mut ErrorRecord,
) -> i32 {
    guard(error, || {
        check(out, "out")?;
        let model = model(handle)?;
        let online = model.read().map_err(broken)?;
        let ([tasks, experts, labels], options) = (online.sizes().map(|size| size as i32), online.options());
        let found = OnlineStatistics {
            tasks,
            experts,
            labels,
            sweeps: options.sweeps as i32,
            neighbours: options.neighbours as i32,
            neighbour_tasks: options.neighbour_tasks as i32,
            max_iterations: options.max_iterations as i32,
            reserved: 0,
            smoothing: options.smoothing,
            trust: options.trust,
            settled: options.settled,
            tolerance: options.tolerance,
            answers: online.answers() as u64,
            recounts: online.recounts(),
        };
        // SAFETY: checked above; the caller lends it.
        unsafe { out.write(found) };
        Ok(())
    })
}

/// Writes a model as one file, with a section of the caller in it; docs/methods/online.md has its layout.
///
/// Kind: normal. Threads: as `coterie_online_read`.
/// BORROWS `names` (`names_length` bytes, NULL when that is 0), `buffer` (`capacity` bytes), `length`, `error` (nullable).
/// With `capacity` 0 only the length is told, and `buffer` may be NULL.
/// Returns as `coterie_online_add`; `COTERIE_INVALID_ARGUMENT` also when the buffer is too small.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_online_save(
    handle: u64,
    names: *const u8,
    names_length: u64,
    buffer: *mut u8,
    capacity: u64,
    length: *mut u64,
    error: *mut ErrorRecord,
) -> i32 {
    let mut blocks = Vec::new();
    let status = guard(error, || {
        let mut ranges = Ranges::default();
        ranges.writes(length, 1, "length")?;
        // SAFETY: the caller lends the arrays.
        let names = unsafe { lent(&mut ranges, names, names_length, "names")? };
        // SAFETY: as above.
        let room = unsafe { room(&mut ranges, buffer, capacity, "buffer")? };
        blocks = ranges.settle()?;
        let model = model(handle)?;
        let online = model.read().map_err(broken)?;
        let too_long = || failure(FitError::OutOfMemory("the state is longer than memory".to_owned()));
        let bytes = online.saved_bytes(names.len()).ok_or_else(too_long)?;
        if capacity > 0 {
            if capacity < bytes as u64 {
                return Err(Failure::invalid(format!("the state has {bytes} bytes, the buffer {capacity}")));
            }
            let state = online.save(names).map_err(failure)?;
            let to = room.ok_or_else(|| Failure::invalid("buffer is NULL"))?;
            // SAFETY: checked above: the buffer is lent, long enough and apart from everything else.
            unsafe { to.copy_from_nonoverlapping(state.as_ptr(), state.len()) };
        }
        // SAFETY: checked above.
        unsafe { length.write(bytes as u64) };
        Ok(())
    });
    drop(blocks);
    status
}

/// Restores a model from a file. What a file may claim is checked, so that no file can do harm.
///
/// Kind: normal. Threads: any, also at once. BORROWS `buffer` (`length` bytes), `out`, `error` (nullable).
/// The model is the caller's until `coterie_online_release`.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT` with the position and the reason, `COTERIE_OUT_OF_MEMORY`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_online_load(
    buffer: *const u8,
    length: u64,
    out: *mut u64,
    error: *mut ErrorRecord,
) -> i32 {
    let mut blocks = Vec::new();
    let status = guard(error, || {
        let mut ranges = Ranges::default();
        ranges.writes(out, 1, "out")?;
        // SAFETY: the caller lends the array.
        let bytes = unsafe { lent(&mut ranges, buffer, length, "buffer")? };
        blocks = ranges.settle()?;
        let handle = insert(Online::load(bytes).map_err(failure)?.0)?;
        // SAFETY: checked above.
        unsafe { out.write(handle) };
        Ok(())
    });
    drop(blocks);
    status
}

/// Releases a model. A call that is using it keeps it alive until it is done.
///
/// Kind: normal. Threads: any, also at once. BORROWS `error` (nullable).
/// Returns `COTERIE_OK`, `COTERIE_STALE_HANDLE`, `COTERIE_WRONG_HANDLE_TYPE`.
///
/// # Safety
///
/// `error` is NULL or points to a record.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_online_release(handle: u64, error: *mut ErrorRecord) -> i32 {
    guard(error, || {
        // The lock is let go before the memory is freed.
        let model = models().remove(handle)?;
        drop(model);
        Ok(())
    })
}
