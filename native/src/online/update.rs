//! Answers that come and go.

use super::{Answer, Given, Online};
use crate::consensus::{FitError, filled};

/// The sums are counted anew after this many times as many moves as there are answers ...
const RECOUNT_FACTOR: u64 = 4;
/// ... and at least this many, so that small models do not count after every answer.
const RECOUNT_LEAST: u64 = 65536;

/// Storage that updates share, all of it reserved before anything is changed.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// The place of each task among the touched ones plus one, 0 elsewhere.
    pub(super) mark: Vec<u32>,
    /// The same for experts, while an update is checked.
    expert_mark: Vec<u32>,
    /// Tasks in the order in which they were touched, with their new answers.
    pub(super) touched: Vec<(u32, u32)>,
    experts: Vec<(u32, u32)>,
    /// Touched tasks that had no answers before.
    fresh: Vec<u32>,
    row: Vec<f64>,
    totals: Vec<f64>,
    pub(super) ranked: Vec<(f64, u32)>,
    pub(super) visit: Vec<u32>,
}

fn refuse<T>(text: String) -> Result<T, FitError> {
    Err(FitError::Invalid(text))
}

/// Makes room for `more` elements, at least doubling, so that growing one by one is cheap.
pub(super) fn reserve<T>(array: &mut Vec<T>, more: usize) -> Result<(), FitError> {
    array.try_reserve(more).map_err(|_| FitError::OutOfMemory(format!("no memory for {more} more elements")))
}

/// Makes room for a length.
fn reserve_to<T>(array: &mut Vec<T>, length: usize) -> Result<(), FitError> {
    let more = length.saturating_sub(array.len());
    reserve(array, more)
}

/// Fills up to a length with a value.
fn extend<T: Clone>(array: &mut Vec<T>, length: usize, value: T) -> Result<(), FitError> {
    reserve_to(array, length)?;
    if array.len() < length {
        array.resize(length, value);
    }
    Ok(())
}

impl Online {
    /// Takes answers in, in their order, and brings the tasks that they touch up to date. The model has at least `sizes`
    /// tasks, experts and labels then; more labels cost a copy of the posteriors and of the counts.
    ///
    /// Another answer of an expert to the same task replaces the one before and counts as the task's newest.
    ///
    /// # Errors
    ///
    /// [`FitError::Invalid`] naming the answer that is wrong; [`FitError::OutOfMemory`]. No answer is in then.
    pub fn add(&mut self, sizes: [usize; 3], answers: &[Answer]) -> Result<(), FitError> {
        let now = self.sizes();
        let sizes = [sizes[0].max(now[0]), sizes[1].max(now[1]), sizes[2].max(now[2])];
        self.check_sizes(sizes)?;
        for (row, answer) in answers.iter().enumerate() {
            let indices = [("task", answer.task), ("expert", answer.expert), ("label", answer.label)];
            for ((name, index), size) in indices.into_iter().zip(sizes) {
                if index as usize >= size {
                    return refuse(format!("answer {row}: {name} {index} is outside 0..{size}"));
                }
            }
            if !answer.weight.is_finite() || answer.weight < 0.0 {
                return refuse(format!("answer {row}: weight {} is not finite and at least 0", answer.weight));
            }
        }
        self.grow(sizes)?;
        let reserved = self.note(answers.iter().map(|answer| (answer.task, answer.expert)), Some(sizes[2] > now[2]));
        if reserved.is_ok() {
            answers.iter().for_each(|answer| self.insert(*answer));
            self.start_fresh();
            self.settle();
        }
        self.forget();
        reserved
    }

    /// Takes answers out, each named by task and expert, and brings their tasks up to date.
    ///
    /// # Errors
    ///
    /// [`FitError::Invalid`] naming the pair that has no answer; [`FitError::OutOfMemory`]. Nothing is removed then.
    pub fn remove(&mut self, pairs: &[(u32, u32)]) -> Result<(), FitError> {
        let [tasks, experts, _] = self.sizes();
        for (row, &(task, expert)) in pairs.iter().enumerate() {
            if task as usize >= tasks || expert as usize >= experts || !self.has(task, expert) {
                return refuse(format!("pair {row}: expert {expert} has no answer to task {task}"));
            }
        }
        let mut sorted = crate::consensus::empty(pairs.len())?;
        sorted.extend_from_slice(pairs);
        sorted.sort_unstable();
        if let Some(twice) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            return refuse(format!("task {} and expert {} are there twice", twice[0].0, twice[0].1));
        }
        let reserved = self.note(pairs.iter().copied(), None);
        if reserved.is_ok() {
            for &(task, expert) in pairs {
                self.drop_answer(task, expert);
            }
            self.settle();
        }
        self.forget();
        reserved
    }

    /// Whether an expert has an answer to a task.
    #[must_use]
    pub fn has(&self, task: u32, expert: u32) -> bool {
        self.tasks_of.get(expert as usize).is_some_and(|tasks| tasks.binary_search(&task).is_ok())
    }

    pub(super) fn check_sizes(&self, sizes: [usize; 3]) -> Result<(), FitError> {
        let [tasks, experts, labels] = sizes;
        for (name, size) in [("tasks", tasks), ("experts", experts), ("labels", labels)] {
            if size > i32::MAX as usize {
                return refuse(format!("{name} is {size}, more than {}", i32::MAX));
            }
        }
        if labels == 0 {
            return refuse("labels is 0: there must be one at least".to_owned());
        }
        let fits = |cells: Option<usize>| cells.is_some_and(|cells| cells <= isize::MAX as usize / 8);
        let rows = experts.checked_mul(labels).filter(|&rows| rows <= u32::MAX as usize);
        if !fits(tasks.checked_mul(labels)) || !fits(rows.and_then(|rows| rows.checked_mul(labels))) {
            return refuse(format!(
                "{tasks} tasks and {experts} experts with {labels} labels are more than a model can hold"
            ));
        }
        Ok(())
    }

    /// Makes room for more tasks, experts and labels. All that is needed is reserved before the first change.
    pub(super) fn grow(&mut self, sizes: [usize; 3]) -> Result<(), FitError> {
        let [tasks, experts, labels] = sizes;
        let old = self.labels;
        if labels > old {
            self.widen(labels)?;
        }
        let (cells, share) = (labels * labels, 1.0 / labels as f64);
        reserve_to(&mut self.counts, experts * cells)?;
        reserve_to(&mut self.moved, experts)?;
        reserve_to(&mut self.tasks_of, experts)?;
        reserve_to(&mut self.posterior, tasks * labels)?;
        reserve_to(&mut self.given, tasks)?;
        extend(&mut self.work.mark, tasks, 0)?;
        extend(&mut self.work.expert_mark, experts, 0)?;
        extend(&mut self.counts, experts * cells, 0.0)?;
        extend(&mut self.moved, experts, 0.0)?;
        extend(&mut self.posterior, tasks * labels, share)?;
        while self.tasks_of.len() < experts {
            self.tasks_of.push(Vec::new());
        }
        while self.given.len() < tasks {
            self.given.push(Vec::new());
            self.sums.iter_mut().for_each(|sum| *sum += share);
        }
        Ok(())
    }

    /// Gives every posterior and every matrix room for more labels, with zeros.
    fn widen(&mut self, labels: usize) -> Result<(), FitError> {
        let (old, tasks, experts) = (self.labels, self.given.len(), self.tasks_of.len());
        let mut posterior: Vec<f64> = filled(tasks * labels)?;
        let mut counts: Vec<f64> = filled(experts * labels * labels)?;
        reserve(&mut self.sums, labels - old)?;
        extend(&mut self.work.row, labels, 0.0)?;
        extend(&mut self.work.totals, labels, 0.0)?;
        if old > 0 {
            for (wide, narrow) in posterior.chunks_exact_mut(labels).zip(self.posterior.chunks_exact(old)) {
                wide[..old].copy_from_slice(narrow);
            }
            for (wide, narrow) in counts.chunks_exact_mut(labels * labels).zip(self.counts.chunks_exact(old * old)) {
                for (wide, narrow) in wide.chunks_exact_mut(labels).zip(narrow.chunks_exact(old)) {
                    wide[..old].copy_from_slice(narrow);
                }
            }
        }
        (self.posterior, self.counts, self.labels) = (posterior, counts, labels);
        self.sums.resize(labels, 0.0);
        Ok(())
    }

    /// Notes which tasks an update touches, and reserves what it needs; `adds` says of an update that adds answers whether
    /// its tasks begin anew.
    fn note(&mut self, pairs: impl ExactSizeIterator<Item = (u32, u32)>, adds: Option<bool>) -> Result<(), FitError> {
        let work = &mut self.work;
        reserve(&mut work.touched, pairs.len())?;
        reserve(&mut work.experts, pairs.len())?;
        reserve(&mut work.fresh, pairs.len())?;
        if self.options.neighbours > 0 {
            reserve(&mut work.ranked, self.tasks_of.len())?;
            reserve(&mut work.visit, (self.options.neighbour_tasks as usize).min(self.given.len()))?;
        }
        for (task, expert) in pairs {
            count(&mut work.mark, &mut work.touched, task);
            count(&mut work.expert_mark, &mut work.experts, expert);
        }
        if let Some(anew) = adds {
            for &(task, more) in &work.touched {
                let given = &mut self.given[task as usize];
                reserve(given, more as usize)?;
                if anew || given.is_empty() {
                    work.fresh.push(task);
                }
            }
            for &(expert, more) in &work.experts {
                reserve(&mut self.tasks_of[expert as usize], more as usize)?;
            }
        }
        Ok(())
    }

    /// Makes the shared storage ready for the next update.
    fn forget(&mut self) {
        let work = &mut self.work;
        work.touched.drain(..).for_each(|(task, _)| work.mark[task as usize] = 0);
        work.experts.drain(..).for_each(|(expert, _)| work.expert_mark[expert as usize] = 0);
        work.fresh.clear();
        work.ranked.clear();
        work.visit.clear();
    }

    fn insert(&mut self, answer: Answer) {
        let Answer { task, expert, label, weight } = answer;
        if self.has(task, expert) {
            self.drop_answer(task, expert);
        }
        self.shift(task, expert, label, weight, |count, share| count + share);
        let tasks = &mut self.tasks_of[expert as usize];
        // Tasks mostly come in ascending order.
        let at = if tasks.last().is_none_or(|&last| last < task) {
            tasks.len()
        } else {
            tasks.partition_point(|&t| t < task)
        };
        tasks.insert(at, task);
        self.given[task as usize].push(Given { expert, label, weight });
        self.answers += 1;
    }

    fn drop_answer(&mut self, task: u32, expert: u32) {
        let given = &mut self.given[task as usize];
        let Some(at) = given.iter().position(|given| given.expert == expert) else { return };
        let Given { label, weight, .. } = given.remove(at);
        self.shift(task, expert, label, weight, |count, share| count - share);
        let tasks = &mut self.tasks_of[expert as usize];
        if let Ok(at) = tasks.binary_search(&task) {
            tasks.remove(at);
        }
        self.answers -= 1;
    }

    /// Adds an answer's share to its expert's counts, or takes it away.
    fn shift(&mut self, task: u32, expert: u32, label: u32, weight: f32, change: impl Fn(f64, f64) -> f64) {
        let labels = self.labels;
        let weight = f64::from(weight);
        let row = &self.posterior[task as usize * labels..][..labels];
        let counts = &mut self.counts[(expert as usize * labels + label as usize) * labels..][..labels];
        counts.iter_mut().zip(row).for_each(|(count, p)| *count = change(*count, weight * p));
        self.moved[expert as usize] += weight;
        self.moves += 1;
    }

    /// Tasks that had no answers, or of which new labels have no share yet, begin with the shares of their first ones, as a batch fit does.
    fn start_fresh(&mut self) {
        let mut row = std::mem::take(&mut self.work.row);
        for at in 0..self.work.fresh.len() {
            let task = self.work.fresh[at] as usize;
            self.shares(task, &mut row);
            self.move_to(task, &row);
        }
        self.work.row = row;
    }

    /// Sweeps over the touched tasks, and visits what lies near them.
    fn settle(&mut self) {
        let (mut row, mut totals) = (std::mem::take(&mut self.work.row), std::mem::take(&mut self.work.totals));
        for _ in 0..self.options.sweeps {
            let mut largest = 0.0;
            for at in 0..self.work.touched.len() {
                let task = self.work.touched[at].0 as usize;
                self.expect(task, &mut row, &mut totals);
                let change = self.move_to(task, &row);
                largest = if change > largest { change } else { largest };
            }
            if largest <= self.options.settled {
                break;
            }
        }
        if self.options.neighbours > 0 {
            self.visit_neighbours(&mut row, &mut totals);
        }
        (self.work.row, self.work.totals) = (row, totals);
        if self.moves >= RECOUNT_LEAST.max(RECOUNT_FACTOR * self.answers as u64) {
            // Without memory for it now, the next update tries again: the sums only drift a little further.
            let _ = self.recount();
        }
    }
}

/// Counts one more for an element, taking it in when it is new.
fn count(mark: &mut [u32], list: &mut Vec<(u32, u32)>, element: u32) {
    let mark = &mut mark[element as usize];
    if *mark == 0 {
        list.push((element, 0));
        *mark = list.len() as u32;
    }
    list[*mark as usize - 1].1 += 1;
}
