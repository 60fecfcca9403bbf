//! Sets of labels by binary relevance: for each label, whether it holds is a question of its own.
//!
//! ```
//! use coterie::consensus::multi_label::{Sets, binary_relevance};
//! use coterie::consensus::{Control, Method, Problem};
//! use coterie::kernels::Kernels;
//!
//! // Two experts give labels to one task: the first 0 and 2, the second 2.
//! let sets = Sets { ends: &[2, 3], labels: &[0, 2, 2], count: 3 };
//! let problem = Problem::new(Method::MajorityVote, [1, 2, 2], &[0, 0], &[0, 1], &[]);
//! let found = binary_relevance(Kernels::current(), &problem, &sets, &Control::default())?;
//! assert_eq!(found.holds, [false, false, true]);
//! assert_eq!(found.probability, [0.5, 0.0, 1.0]);
//! # Ok::<(), coterie::consensus::FitError>(())
//! ```

use super::problem::refuse;
use super::storage::filled;
use super::{Control, FitError, Outcome, Problem, Summary, fit};
use crate::kernels::Kernels;

/// The labels of each answer.
#[derive(Clone, Copy, Debug)]
pub struct Sets<'a> {
    /// Where the labels of each answer end, one after another, never falling.
    pub ends: &'a [usize],
    /// The labels of all answers, each in `0..count`.
    pub labels: &'a [i32],
    /// The number of labels.
    pub count: usize,
}

/// What is found for each label.
#[derive(Clone, Debug, Default)]
pub struct Relevance {
    /// Whether the label holds for the task, `[task][label]`.
    pub holds: Vec<bool>,
    /// How probable that is, `[task][label]`.
    pub probability: Vec<f64>,
    /// The skill of each expert, `[expert][label]`.
    pub skill: Vec<f64>,
    /// How the fit of each label ended.
    pub summaries: Vec<Summary>,
}

/// Fits for each label the binary table whether it holds, one label after another. `problem` gives the method, the tasks and
/// experts of the answers, their weights and the options; its labels are replaced: 0 where a label is absent, 1 where it is
/// present. An answer that lacks a label says that it does not hold.
///
/// # Errors
///
/// As [`fit`]; [`FitError::Invalid`] when the sets do not fit the answers, naming the answer that is wrong.
pub fn binary_relevance(
    kernels: Kernels,
    problem: &Problem<'_>,
    sets: &Sets<'_>,
    control: &Control,
) -> Result<Relevance, FitError> {
    check(problem, sets)?;
    let [tasks, experts, _] = problem.sizes;
    let mut result = Relevance {
        holds: filled(cells(tasks, sets.count)?)?,
        probability: filled(cells(tasks, sets.count)?)?,
        skill: filled(cells(experts, sets.count)?)?,
        summaries: Vec::new(),
    };
    let (offsets, holders) = holders(sets)?;
    let mut label: Vec<i32> = filled(sets.ends.len())?;
    let mut posterior: Vec<f64> = filled(cells(tasks, 2)?)?;
    let (mut answer, mut runner_up): (Vec<i32>, Vec<i32>) = (filled(tasks)?, filled(tasks)?);
    let (mut skill, mut weight): (Vec<f64>, Vec<f64>) = (filled(experts)?, filled(experts)?);
    for which in 0..sets.count {
        label.fill(0);
        holders[offsets[which]..offsets[which + 1]].iter().for_each(|&holder| label[holder] = 1);
        let binary = Problem { sizes: [tasks, experts, 2], label: &label, ..problem.clone() };
        let outcome = Outcome {
            posterior: &mut posterior,
            answer: &mut answer,
            runner_up: &mut runner_up,
            prior: &mut [0.0; 2],
            confusion: None,
            skill: &mut skill,
            weight: problem.method.traits().weight.then_some(&mut weight[..]),
            difficulty: None,
            report: None,
        };
        result.summaries.push(fit(kernels, &binary, outcome, control)?);
        for task in 0..tasks {
            result.probability[task * sets.count + which] = posterior[2 * task + 1];
            result.holds[task * sets.count + which] = answer[task] == 1;
        }
        for (row, skill) in result.skill.chunks_exact_mut(sets.count).zip(&skill) {
            row[which] = *skill;
        }
    }
    Ok(result)
}

fn cells(rows: usize, columns: usize) -> Result<usize, FitError> {
    match rows.checked_mul(columns) {
        Some(cells) => Ok(cells),
        None => refuse(format!("{rows} rows of {columns} are more than memory can hold")),
    }
}

fn check(problem: &Problem<'_>, sets: &Sets<'_>) -> Result<(), FitError> {
    if sets.ends.len() != problem.task.len() {
        return refuse(format!("there are {} sets of labels for {} answers", sets.ends.len(), problem.task.len()));
    }
    let mut from = 0;
    for (answer, &end) in sets.ends.iter().enumerate() {
        if end < from || end > sets.labels.len() {
            let most = sets.labels.len();
            return refuse(format!("answer {answer}: its labels end at {end}, not between {from} and {most}"));
        }
        if let Some(label) = sets.labels[from..end].iter().find(|&&label| label as u32 as usize >= sets.count) {
            return refuse(format!("answer {answer}: label {label} is outside 0..{}", sets.count));
        }
        from = end;
    }
    Ok(())
}

/// The answers that hold each label, and where those of each label begin.
fn holders(sets: &Sets<'_>) -> Result<(Vec<usize>, Vec<usize>), FitError> {
    let used = sets.ends.last().copied().unwrap_or(0);
    let mut offsets: Vec<usize> = filled(sets.count + 1)?;
    for &label in &sets.labels[..used] {
        offsets[label as usize + 1] += 1;
    }
    for label in 0..sets.count {
        offsets[label + 1] += offsets[label];
    }
    let mut next: Vec<usize> = filled(sets.count)?;
    next.copy_from_slice(&offsets[..sets.count]);
    let mut holders: Vec<usize> = filled(used)?;
    let mut from = 0;
    for (answer, &end) in sets.ends.iter().enumerate() {
        for &label in &sets.labels[from..end] {
            holders[next[label as usize]] = answer;
            next[label as usize] += 1;
        }
        from = end;
    }
    Ok((offsets, holders))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consensus::Method;

    const TASK: [i32; 6] = [0, 0, 0, 1, 1, 1];
    const EXPERT: [i32; 6] = [0, 1, 2, 0, 1, 2];
    /// house, tree, grass, car, human, train
    const LABELS: [i32; 10] = [0, 1, 0, 0, 1, 2, 3, 3, 4, 5];
    const ENDS: [usize; 6] = [2, 3, 6, 7, 9, 10];

    #[test]
    fn sets_are_those_of_crowd_kit() {
        let sets = Sets { ends: &ENDS, labels: &LABELS, count: 6 };
        for method in [Method::MajorityVote, Method::DawidSkene, Method::Wawa] {
            let problem = Problem::new(method, [2, 3, 2], &TASK, &EXPERT, &[]);
            let found = binary_relevance(Kernels::current(), &problem, &sets, &Control::default()).unwrap();
            let labels = |task: usize| (0..6).filter(|label| found.holds[task * 6 + label]).collect::<Vec<usize>>();
            assert_eq!((labels(0), labels(1)), (vec![0, 1], vec![3]), "{method:?}");
            assert!(found.summaries.len() == 6 && found.skill.len() == 18);
        }
    }

    #[test]
    fn wrong_sets_are_named() {
        let problem = Problem::new(Method::MajorityVote, [2, 3, 2], &TASK, &EXPERT, &[]);
        for (ends, labels, expected) in [
            (&ENDS[..5], &LABELS[..], "5 sets of labels for 6 answers"),
            (&[2, 1, 6, 7, 9, 10][..], &LABELS[..], "answer 1: its labels end at 1"),
            (&ENDS[..], &LABELS[..9], "answer 5: its labels end at 10"),
            (&ENDS[..], &[0, 1, 0, 0, 1, 2, 3, 3, -4, 5][..], "answer 4: label -4 is outside 0..6"),
        ] {
            let sets = Sets { ends, labels, count: 6 };
            let error = binary_relevance(Kernels::current(), &problem, &sets, &Control::default()).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        }
    }
}
