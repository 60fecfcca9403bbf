//! The pairs of experts who answered tasks in common, and how far the two agree: what M-MSR factors.

use super::Setting;
use crate::consensus::FitError;
use crate::consensus::index::Index;
use crate::consensus::storage::{empty, filled};

/// Twenty bytes each, so 2.5 GiB.
const MOST_PAIRS: usize = 1 << 27;

/// For each expert the others with tasks in common, in their order; every pair stands twice.
pub(super) struct Pairs {
    /// Where each expert's pairs begin, and where those of the last one end.
    offsets: Vec<usize>,
    other: Vec<u32>,
    /// The weight of the common tasks.
    common: Vec<f64>,
    /// How much more often than by chance the two agree: 1 always, 0 as by chance.
    covariance: Vec<f64>,
}

/// The last answer of each expert to each task, by expert.
struct Kept {
    offsets: Vec<usize>,
    /// The place of the task and the answer.
    answers: Vec<(u32, usize)>,
    /// Whether an answer is the last one of its expert to its task.
    last: Vec<bool>,
}

impl Kept {
    fn of(index: &Index, experts: usize) -> Result<Self, FitError> {
        let places = index.offsets().len() - 1;
        let answers = index.offsets()[places];
        let mut last: Vec<bool> = filled(answers)?;
        let mut seen: Vec<u32> = filled(experts)?;
        let mut offsets: Vec<usize> = filled(experts + 1)?;
        for place in 0..places {
            let mark = place as u32 + 1;
            for answer in (index.offsets()[place]..index.offsets()[place + 1]).rev() {
                let expert = index.expert(answer);
                last[answer] = std::mem::replace(&mut seen[expert], mark) != mark;
                offsets[expert + 1] += usize::from(last[answer]);
            }
        }
        for expert in 0..experts {
            offsets[expert + 1] += offsets[expert];
        }
        let mut cursors: Vec<usize> = empty(experts)?;
        cursors.extend_from_slice(&offsets[..experts]);
        let mut list: Vec<(u32, usize)> = filled(offsets[experts])?;
        for place in 0..places {
            for answer in (index.offsets()[place]..index.offsets()[place + 1]).filter(|&answer| last[answer]) {
                let cursor = &mut cursors[index.expert(answer)];
                list[*cursor] = (place as u32, answer);
                *cursor += 1;
            }
        }
        Ok(Self { offsets, answers: list, last })
    }

    /// Calls `visit` with the other expert, the weight, and whether the two agree, for each task that an expert answered
    /// and each other expert there.
    fn neighbours(&self, index: &Index, expert: usize, mut visit: impl FnMut(usize, f64, bool)) {
        for &(place, own) in &self.answers[self.offsets[expert]..self.offsets[expert + 1]] {
            let (label, weight) = (index.label(own), index.weight(own));
            let place = place as usize;
            for answer in index.offsets()[place]..index.offsets()[place + 1] {
                let weight = weight * index.weight(answer);
                if answer != own && self.last[answer] && weight > 0.0 {
                    visit(index.expert(answer), weight, index.label(answer) == label);
                }
            }
        }
    }
}

impl Pairs {
    /// Finds the pairs: in time that grows with the squares of the tasks' numbers of answers.
    pub(super) fn of(setting: Setting<'_>) -> Result<Self, FitError> {
        let (index, [_, experts, labels]) = (setting.index, setting.problem.sizes);
        let kept = Kept::of(index, experts)?;
        let offsets = offsets(setting, &kept)?;
        let pairs = offsets[experts];
        let mut result = Self { offsets, other: filled(pairs)?, common: filled(pairs)?, covariance: filled(pairs)? };
        let (scale, shift) = (labels as f64 / (labels as f64 - 1.0), 1.0 / (labels as f64 - 1.0));
        let mut sums: Vec<[f64; 2]> = filled(experts)?;
        for expert in 0..experts {
            setting.control.check()?;
            let (from, to) = (result.offsets[expert], result.offsets[expert + 1]);
            let mut end = from;
            kept.neighbours(index, expert, |other, weight, same| {
                let sum = &mut sums[other];
                if sum[0] == 0.0 {
                    result.other[end] = other as u32;
                    end += 1;
                }
                sum[0] += weight;
                sum[1] += if same { weight } else { 0.0 };
            });
            result.other[from..to].sort_unstable();
            for pair in from..to {
                let sum = &mut sums[result.other[pair] as usize];
                result.common[pair] = sum[0];
                result.covariance[pair] = (sum[1] / sum[0]) * scale - shift;
                *sum = [0.0; 2];
            }
        }
        Ok(result)
    }

    /// How many pairs an expert is in.
    pub(super) fn degree(&self, expert: usize) -> usize {
        self.offsets[expert + 1] - self.offsets[expert]
    }

    /// The other expert, the weight of the common tasks and the covariance, for each pair of an expert.
    pub(super) fn of_expert(&self, expert: usize) -> impl Iterator<Item = (usize, f64, f64)> {
        let range = self.offsets[expert]..self.offsets[expert + 1];
        let others = self.other[range.clone()].iter().map(|&other| other as usize);
        others.zip(&self.common[range.clone()]).zip(&self.covariance[range]).map(|((other, &n), &c)| (other, n, c))
    }
}

/// Where each expert's pairs begin; refused when there are too many.
fn offsets(setting: Setting<'_>, kept: &Kept) -> Result<Vec<usize>, FitError> {
    let experts = setting.problem.sizes[1];
    let mut offsets: Vec<usize> = filled(experts + 1)?;
    let mut seen: Vec<u32> = filled(experts)?;
    for expert in 0..experts {
        setting.control.check()?;
        let (mark, mut pairs) = (expert as u32 + 1, offsets[expert]);
        kept.neighbours(setting.index, expert, |other, _, _| {
            pairs += usize::from(std::mem::replace(&mut seen[other], mark) != mark);
        });
        if pairs > MOST_PAIRS {
            return Err(FitError::Unsupported(format!(
                "mmsr compares every two experts with a task in common, and of those there are more than {} pairs: \
                 fit fewer experts, or choose a method that compares no experts, such as one-coin-dawid-skene",
                MOST_PAIRS / 2
            )));
        }
        offsets[expert + 1] = pairs;
    }
    Ok(offsets)
}
