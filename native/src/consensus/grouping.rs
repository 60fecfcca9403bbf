//! Groups a table's answers by task, in the order of the table inside each: a counting sort. Each thread looks after tasks
//! of its own, so that none waits for another and the result cannot show how many there are.

use std::ops::Range;

use super::index::Form;
use super::storage::{empty, filled};
use super::team::Team;
use super::{FitError, Problem};

/// How many answers a block has: the unit that a thread leaves out when none of its tasks are in it.
const BLOCK: usize = 16384;

const CHANGED: &str = "the table changed during the fit";

/// A table on its way into an index.
pub(super) struct Grouping<'a> {
    problem: &'a Problem<'a>,
    form: Form,
    weights: Option<&'a [f32]>,
    blocks: Vec<Block>,
    team: &'a Team<'a>,
}

/// Some answers that follow each other, and a range that their tasks lie in.
#[derive(Clone)]
struct Block {
    rows: Range<usize>,
    tasks: Range<usize>,
}

/// Where the grouped answers go: the columns of an index. What its form or its table does not have is empty.
pub(super) struct Stores<'a> {
    /// The task at each place.
    pub(super) order: &'a mut [u32],
    /// The expert of each answer, or its row.
    pub(super) experts: &'a mut [u32],
    pub(super) labels: &'a mut [u32],
    pub(super) weights: &'a mut [f32],
}

/// Spans that follow each other, and what is stored for them.
struct Section<'a> {
    spans: &'a [Range<usize>],
    tasks: Range<usize>,
    answers: Range<usize>,
    /// Where the answers of each task begin, then those of each place.
    offsets: &'a mut [usize],
    /// The next free place of each task's answers.
    cursors: &'a mut [usize],
    stores: Stores<'a>,
}

impl<'a> Grouping<'a> {
    /// A checked table. `weights` are those that count, where they are not all 1.
    pub(super) fn new(
        problem: &'a Problem<'a>,
        form: Form,
        weights: Option<&'a [f32]>,
        team: &'a Team<'a>,
    ) -> Result<Self, FitError> {
        let (answers, tasks) = (problem.task.len(), problem.sizes[0]);
        let alone = team.threads() == 1;
        let size = if alone { answers.max(1) } else { BLOCK };
        let mut blocks = empty(answers.div_ceil(size))?;
        blocks.extend(
            (0..answers).step_by(size).map(|from| Block { rows: from..answers.min(from + size), tasks: 0..tasks }),
        );
        if !alone {
            team.each(&mut blocks, |block| {
                let column = problem.task[block.rows.clone()].iter();
                let (least, most) =
                    column.fold((i32::MAX, 0), |(least, most), &task| (least.min(task), most.max(task)));
                block.tasks = least.max(0) as usize..most as usize + 1;
            });
        }
        Ok(Self { problem, form, weights, blocks, team })
    }

    /// The answers to some tasks: those that follow each other to the same task at a time, so that its counter is read and
    /// written once for them, not in a chain.
    fn runs(&self, tasks: Range<usize>) -> impl Iterator<Item = (usize, Range<usize>)> {
        let apart = |one: &Range<usize>, other: &Range<usize>| one.end <= other.start || other.end <= one.start;
        let own = tasks.clone();
        let blocks = self.blocks.iter().filter(move |block| !apart(&block.tasks, &own));
        let column = self.problem.task;
        let runs = blocks.flat_map(move |block| {
            let mut from = block.rows.start;
            std::iter::from_fn(move || {
                let &task = column[..block.rows.end].get(from)?;
                let rest = &column[from..block.rows.end];
                let length = rest.iter().take_while(|&&other| other == task).count();
                // At least 1, also where the caller's memory has just changed.
                let rows = from..from + length.max(1);
                from = rows.end;
                Some((task as usize, rows))
            })
        });
        runs.filter(move |(task, _)| tasks.contains(task))
    }

    /// Where the answers of each task begin, and where those of the last one end.
    pub(super) fn offsets(&self) -> Result<Vec<usize>, FitError> {
        let tasks = self.problem.sizes[0];
        let mut offsets: Vec<usize> = filled(tasks + 1)?;
        let size = tasks.div_ceil(self.team.threads());
        let mut parts = empty(self.team.threads())?;
        parts.extend(offsets[1..].chunks_mut(size).enumerate());
        self.team.each(&mut parts, |(part, counts)| {
            let first = *part * size;
            for (task, rows) in self.runs(first..first + counts.len()) {
                counts[task - first] += rows.len();
            }
        });
        let mut sum = 0;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        assert!(sum == self.problem.task.len(), "{CHANGED}");
        Ok(offsets)
    }

    /// Stores the answers of all spans. Where there is an order to be had, the tasks of each span are taken by their number
    /// of answers, and `offsets`, so far those of tasks, become those of places.
    pub(super) fn fill(
        &self,
        offsets: &mut [usize],
        spans: &[Range<usize>],
        stores: Stores<'_>,
    ) -> Result<(), FitError> {
        let mut cursors: Vec<usize> = filled(self.problem.sizes[0])?;
        let mut sections = sections(offsets, &mut cursors, spans, stores, self.team.threads())?;
        self.team.try_each(&mut sections, |section| {
            section.sort()?;
            self.store(section);
            Ok(())
        })
    }

    /// Copies the answers of a section to where the cursors of their tasks stand.
    fn store(&self, section: &mut Section<'_>) {
        let [_, experts, labels] = self.problem.sizes;
        let inside = |expert: i32, label: i32| (expert as usize) < experts && (label as usize) < labels;
        let stores = &mut section.stores;
        for (task, rows) in self.runs(section.tasks.clone()) {
            let cursor = &mut section.cursors[task - section.tasks.start];
            let at = *cursor - section.answers.start;
            *cursor += rows.len();
            let places = at..at + rows.len();
            let said = self.problem.expert[rows.clone()].iter().zip(&self.problem.label[rows.clone()]);
            // The table was checked, but it is the caller's memory: what the kernels index by is checked as it is copied.
            if self.form != Form::Pairs {
                for (place, (&expert, &label)) in stores.experts[places.clone()].iter_mut().zip(said.clone()) {
                    assert!(inside(expert, label), "{CHANGED}");
                    *place = expert as u32 * labels as u32 + label as u32;
                }
            }
            if self.form != Form::Rows {
                let pairs = stores.experts[places.clone()].iter_mut().zip(&mut stores.labels[places.clone()]);
                for ((place, own), (&expert, &label)) in pairs.zip(said) {
                    assert!(inside(expert, label), "{CHANGED}");
                    if self.form == Form::Pairs {
                        *place = expert as u32;
                    }
                    *own = label as u32;
                }
            }
            if let Some(weights) = self.weights {
                stores.weights[places].copy_from_slice(&weights[rows]);
            }
        }
        assert!(section.is_whole(), "{CHANGED}");
    }
}

/// Cuts all that is stored into at most `most` sections of whole spans and about the same number of answers.
fn sections<'a>(
    mut offsets: &'a mut [usize],
    mut cursors: &'a mut [usize],
    mut spans: &'a [Range<usize>],
    mut stores: Stores<'a>,
    most: usize,
) -> Result<Vec<Section<'a>>, FitError> {
    let mut sections = empty(spans.len().min(most))?;
    let ordered = !stores.order.is_empty();
    for left in (1..=spans.len().min(most)).rev() {
        let own;
        (own, spans) = spans.split_at(spans.len().div_ceil(left));
        let tasks = own[0].start..own[own.len() - 1].end;
        let answers = offsets[0]..offsets[tasks.len()];
        let split = |column: &mut &'a mut [u32], at: usize| {
            let at = at.min(column.len());
            let (head, tail) = std::mem::take(column).split_at_mut(at);
            *column = tail;
            head
        };
        let order = split(&mut stores.order, if ordered { tasks.len() } else { 0 });
        let experts = split(&mut stores.experts, answers.len());
        let labels = split(&mut stores.labels, answers.len());
        let (weights, (head, room));
        (weights, stores.weights) = stores.weights.split_at_mut(answers.len().min(stores.weights.len()));
        (head, offsets) = offsets.split_at_mut(tasks.len());
        (room, cursors) = cursors.split_at_mut(tasks.len());
        let stores = Stores { order, experts, labels, weights };
        sections.push(Section { spans: own, tasks, answers, offsets: head, cursors: room, stores });
    }
    Ok(sections)
}

impl Section<'_> {
    /// Where the answers of a place of this section, or before that of a task, end.
    fn end(&self, place: usize) -> usize {
        self.offsets.get(place + 1).copied().unwrap_or(self.answers.end)
    }

    /// Sets the cursors; takes the tasks of each span by their number of answers, fewest first, and in their own order
    /// where it is equal.
    fn sort(&mut self) -> Result<(), FitError> {
        if self.stores.order.is_empty() {
            self.cursors.copy_from_slice(self.offsets);
            return Ok(());
        }
        let first = self.tasks.start;
        for span in self.spans {
            let own = span.start - first..span.end - first;
            let length = |task: usize| self.end(task) - self.offsets[task];
            let mut next: Vec<usize> = filled(own.clone().map(length).max().unwrap_or(0) + 2)?;
            for task in own.clone() {
                next[length(task) + 1] += 1;
            }
            next[0] = own.start;
            for shorter in 1..next.len() {
                next[shorter] += next[shorter - 1];
            }
            for task in own.clone() {
                let place = &mut next[self.end(task) - self.offsets[task]];
                self.stores.order[*place] = (first + task) as u32;
                *place += 1;
            }
            let mut at = self.offsets.get(own.start).copied().unwrap_or(self.answers.end);
            for place in own.clone() {
                let task = self.stores.order[place] as usize - first;
                self.cursors[task] = at;
                at += self.end(task) - self.offsets[task];
            }
            for place in own {
                self.offsets[place] = self.cursors[self.stores.order[place] as usize - first];
            }
        }
        Ok(())
    }

    /// Whether each task has got all its answers.
    fn is_whole(&self) -> bool {
        (0..self.tasks.len()).all(|place| {
            let task = self.stores.order.get(place).map_or(place, |&task| task as usize - self.tasks.start);
            self.cursors[task] == self.end(place)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::index::Index;
    use super::super::random::SplitMix64;
    use super::*;
    use crate::consensus::Method;

    #[test]
    fn answers_keep_their_order_inside_a_task_whatever_the_number_of_threads() {
        let (tasks, answers) = (3000, 40_000);
        let mut random = SplitMix64::new(5);
        // Half of the table is sorted, half is not; the last tasks have no answers.
        let draw = |i: usize, random: &mut SplitMix64| {
            if i < answers / 2 { i / 14 } else { (random.next() % (tasks as u64 - 50)) as usize }
        };
        let task: Vec<i32> = (0..answers).map(|i| draw(i, &mut random) as i32).collect();
        let expert: Vec<i32> = (0..answers).map(|i| (i % 97) as i32).collect();
        let label: Vec<i32> = (0..answers).map(|i| (i % 3) as i32).collect();
        let weight: Vec<f32> = (0..answers).map(|i| i as f32).collect();
        let mut problem = Problem::new(Method::DawidSkene, [tasks, 97, 3], &task, &expert, &label);
        problem.weight = Some(&weight);
        let mut expected = vec![Vec::new(); tasks];
        for (i, &task) in task.iter().enumerate() {
            expected[task as usize].push(i);
        }
        for (threads, walked_often) in [(1, true), (2, true), (5, true), (3, false)] {
            for form in [Form::Rows, Form::Pairs, Form::RowsAndLabels] {
                Team::with(threads, 8, |team| {
                    let index = Index::build(&problem, form, 9, walked_often, team).unwrap();
                    assert!(index.spans().len() > 2);
                    for place in 0..tasks {
                        let stored = index.offsets()[place]..index.offsets()[place + 1];
                        let own = &expected[index.task(place)];
                        assert_eq!(stored.len(), own.len());
                        for (at, &i) in stored.zip(own) {
                            assert_eq!((index.expert(at), index.label(at)), (i % 97, i % 3));
                            assert_eq!(index.weight(at), i as f64);
                        }
                    }
                });
            }
        }
    }
}
