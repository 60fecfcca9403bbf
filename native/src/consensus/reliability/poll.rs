//! A poll: every task gets a distribution over the labels, and every expert is told how much of its answers won.

use std::ops::Range;

use super::Setting;
use crate::consensus::FitError;
use crate::consensus::index::Index;
use crate::consensus::storage::{empty, filled};
use crate::consensus::vote::{class_prior, share};
use crate::kernels::row_sum;

/// How a poll counts.
#[derive(Clone, Copy, Default)]
pub(super) struct Rules {
    /// Equal answers of one expert to one task count once for the expert.
    pub(super) distinct: bool,
    /// Labels that are equally good share a task; otherwise the lowest one has it.
    pub(super) shared: bool,
    /// Only tasks whose label is known tell how good an expert is.
    pub(super) gold_only: bool,
}

/// When the loop of weights ends.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) iterations: u32,
    /// The largest change of a weight at which it has converged.
    pub(super) tolerance: f64,
}

impl Limits {
    /// Weights are made once.
    pub(super) const ONCE: Self = Self { iterations: 1, tolerance: f64::INFINITY };
}

/// A span and its part of the poll.
struct Part<'a> {
    places: Range<usize>,
    /// In the order of places until `decide`.
    posterior: &'a mut [f64],
    /// One sum for each expert.
    sums: Vec<f64>,
}

/// What the parts read.
struct Frame<'a> {
    index: &'a Index,
    labels: usize,
    rules: Rules,
    gold: Option<Vec<i32>>,
    /// What each answer counts for its expert, where that is not its weight.
    counted: Option<Vec<f64>>,
}

pub(super) struct Poll<'a> {
    setting: Setting<'a>,
    frame: Frame<'a>,
    parts: Vec<Part<'a>>,
    /// What the answers of each expert count, and what those count that won.
    total: Vec<f64>,
    right: Vec<f64>,
}

impl Frame<'_> {
    fn answers(&self, place: usize) -> Range<usize> {
        self.index.offsets()[place]..self.index.offsets()[place + 1]
    }

    fn known(&self, place: usize) -> Option<usize> {
        self.gold.as_ref().and_then(|gold| usize::try_from(gold[place]).ok())
    }

    fn counted(&self, answer: usize) -> f64 {
        self.counted.as_ref().map_or_else(|| self.index.weight(answer), |counted| counted[answer])
    }
}

impl Part<'_> {
    /// Sums up `term` of the answers of the tasks that tell about experts.
    fn sum(&mut self, frame: &Frame<'_>, term: impl Fn(usize) -> f64) {
        self.sums.fill(0.0);
        for place in self.places.clone() {
            if frame.rules.gold_only && frame.known(place).is_none() {
                continue;
            }
            for answer in frame.answers(place) {
                self.sums[frame.index.expert(answer)] += term(answer);
            }
        }
    }

    fn poll(&mut self, frame: &Frame<'_>, row_of: &impl Fn(Range<usize>, &mut [f64])) {
        self.sums.fill(0.0);
        for (place, row) in self.places.clone().zip(self.posterior.chunks_exact_mut(frame.labels)) {
            let (answers, known) = (frame.answers(place), frame.known(place));
            if let Some(label) = known {
                row.fill(0.0);
                row[label] = 1.0;
            } else {
                row_of(answers.clone(), row);
                if frame.rules.gold_only {
                    continue;
                }
            }
            let (first, top, winners) = best(row);
            let credit = if frame.rules.shared { 1.0 / winners as f64 } else { 1.0 };
            for answer in answers {
                let label = frame.index.label(answer);
                if label == first || (frame.rules.shared && row[label] == top) {
                    self.sums[frame.index.expert(answer)] += frame.counted(answer) * credit;
                }
            }
        }
    }
}

/// The first of the largest elements, their value, and how many there are.
fn best(row: &[f64]) -> (usize, f64, u32) {
    let (mut first, mut top, mut winners) = (0, row[0], 1);
    for (label, &p) in row.iter().enumerate().skip(1) {
        if p > top {
            (first, top, winners) = (label, p, 1);
        } else {
            winners += u32::from(p == top);
        }
    }
    (first, top, winners)
}

/// Writes the shares of the labels where `amount` is what an answer counts, which is not negative; without any amount
/// those of the plain vote.
pub(super) fn shares(index: &Index, answers: Range<usize>, row: &mut [f64], amount: impl Fn(usize) -> (usize, f64)) {
    row.fill(0.0);
    for answer in answers.clone() {
        let (label, amount) = amount(answer);
        row[label] += amount;
    }
    let total = row_sum(row);
    if total > 0.0 {
        row.iter_mut().for_each(|share| *share /= total);
    } else {
        share(index, answers, row);
    }
}

impl<'a> Poll<'a> {
    /// A poll that keeps its distributions in `posterior`.
    pub(super) fn open(setting: Setting<'a>, rules: Rules, posterior: &'a mut [f64]) -> Result<Self, FitError> {
        let (problem, index) = (setting.problem, setting.index);
        let [_, experts, labels] = problem.sizes;
        let gold = index.by_place(problem.gold)?;
        let counted = if rules.distinct { distinct(index, experts)? } else { None };
        let mut parts = empty(index.spans().len())?;
        let mut rest = posterior;
        for places in index.spans() {
            let (posterior, next) = rest.split_at_mut(places.len() * labels);
            rest = next;
            parts.push(Part { places: places.clone(), posterior, sums: filled(experts)? });
        }
        let frame = Frame { index, labels, rules, gold, counted };
        let mut poll = Self { setting, frame, parts, total: filled(experts)?, right: filled(experts)? };
        let mut total = std::mem::take(&mut poll.total);
        let frame = &poll.frame;
        setting.team.each(&mut poll.parts, |part| part.sum(frame, |answer| frame.counted(answer)));
        poll.combine(&mut total);
        poll.total = total;
        Ok(poll)
    }

    /// What the answers of each expert count.
    pub(super) fn total(&self) -> &[f64] {
        &self.total
    }

    /// What the answers of each expert that did not win count.
    pub(super) fn errors(&self) -> impl Iterator<Item = f64> {
        self.total.iter().zip(&self.right).map(|(total, right)| (total - right).max(0.0))
    }

    /// The part of each expert's answers that won, after adding `smoothing` for each label, once of it to what won; 0
    /// for experts without answers.
    pub(super) fn agreement(&self, smoothing: f64, agreement: &mut [f64]) {
        let labels = self.frame.labels as f64;
        for ((part, right), total) in agreement.iter_mut().zip(&self.right).zip(&self.total) {
            let all = total + smoothing * labels;
            *part = if all > 0.0 { (right + smoothing) / all } else { 0.0 };
        }
    }

    /// The mean of `value` over each expert's answers, by their weights; 0 for experts without answers.
    pub(super) fn means(&mut self, value: impl Fn(usize) -> f64 + Sync, means: &mut [f64]) {
        let frame = &self.frame;
        self.setting.team.each(&mut self.parts, |part| {
            part.sum(frame, |answer| frame.index.weight(answer) * value(answer));
        });
        self.combine(means);
        for (mean, &total) in means.iter_mut().zip(&self.total) {
            *mean = if total > 0.0 { *mean / total } else { 0.0 };
        }
    }

    /// Adds the parts' sums up, in the order of spans.
    fn combine(&self, sums: &mut [f64]) {
        sums.copy_from_slice(&self.parts[0].sums);
        for part in &self.parts[1..] {
            sums.iter_mut().zip(&part.sums).for_each(|(sum, more)| *sum += more);
        }
    }

    /// Polls the tasks; `row_of` writes the distribution that some answers to one task give.
    pub(super) fn hold(&mut self, row_of: impl Fn(Range<usize>, &mut [f64]) + Sync) -> Result<(), FitError> {
        let Setting { team, control, .. } = self.setting;
        control.check()?;
        let frame = &self.frame;
        team.each(&mut self.parts, |part| {
            if !control.is_cancelled() {
                part.poll(frame, &row_of);
            }
        });
        control.check()?;
        let mut right = std::mem::take(&mut self.right);
        self.combine(&mut right);
        self.right = right;
        Ok(())
    }

    /// Polls with a weight for each expert.
    fn hold_weighted(&mut self, weights: &[f64]) -> Result<(), FitError> {
        let index = self.setting.index;
        self.hold(|answers, row| {
            shares(index, answers, row, |answer| {
                (index.label(answer), index.weight(answer) * weights[index.expert(answer)])
            });
        })
    }

    /// The loop: a poll with `weights`, new weights out of it by `weigh`, and again. Returns how many times it made
    /// weights, and whether they converged; `weigh` gets that number, the poll, the weights and the place of new ones.
    pub(super) fn reweigh(
        &mut self,
        weights: &mut Vec<f64>,
        limits: Limits,
        mut weigh: impl FnMut(u32, &Self, &[f64], &mut [f64]),
    ) -> Result<(u32, bool), FitError> {
        let mut next: Vec<f64> = filled(weights.len())?;
        let (mut iterations, mut converged) = (0, false);
        self.hold_weighted(weights)?;
        while iterations < limits.iterations && !converged {
            iterations += 1;
            weigh(iterations, self, weights, &mut next);
            let change = weights.iter().zip(&next).fold(0.0, |most: f64, (old, new)| most.max((new - old).abs()));
            converged = change <= limits.tolerance;
            std::mem::swap(weights, &mut next);
            self.hold_weighted(weights)?;
            self.setting.control.report(iterations);
        }
        Ok((iterations, converged))
    }

    /// Writes the class prior.
    pub(super) fn close(self, prior: &mut [f64]) -> Result<(), FitError> {
        let labels = self.frame.labels;
        let mut sums: Vec<f64> = filled(self.parts.len() * labels)?;
        for (part, sums) in self.parts.iter().zip(sums.chunks_exact_mut(labels)) {
            for row in part.posterior.chunks_exact(labels) {
                sums.iter_mut().zip(row).for_each(|(sum, p)| *sum += p);
            }
        }
        class_prior(prior, sums.chunks_exact(labels), self.setting.problem.sizes[0]);
        Ok(())
    }
}

/// What each answer counts where equal answers of one expert to one task count once: the first of them, with their largest
/// weight. None where there are none.
fn distinct(index: &Index, experts: usize) -> Result<Option<Vec<f64>>, FitError> {
    let offsets = index.offsets();
    let mut seen: Vec<u32> = filled(experts)?;
    let mut counted: Option<Vec<f64>> = None;
    let mut group: Vec<(usize, usize, usize)> = Vec::new();
    for (place, bounds) in offsets.windows(2).enumerate() {
        let mark = place as u32 + 1;
        let once = (bounds[0]..bounds[1]).all(|a| std::mem::replace(&mut seen[index.expert(a)], mark) != mark);
        if once {
            continue;
        }
        group.clear();
        group.try_reserve(bounds[1] - bounds[0]).map_err(|_| FitError::OutOfMemory("no memory for repeats".into()))?;
        group.extend((bounds[0]..bounds[1]).map(|a| (index.expert(a), index.label(a), a)));
        group.sort_unstable();
        if counted.is_none() {
            let mut weights = empty(offsets[offsets.len() - 1])?;
            weights.extend((0..offsets[offsets.len() - 1]).map(|answer| index.weight(answer)));
            counted = Some(weights);
        }
        let counted = counted.as_mut().expect("made above");
        for same in group.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let largest = same.iter().fold(0.0, |most: f64, &(_, _, answer)| most.max(index.weight(answer)));
            same.iter().for_each(|&(_, _, answer)| counted[answer] = 0.0);
            counted[same[0].2] = largest;
        }
    }
    Ok(counted)
}
