//! Fleiss' kappa, and the observed agreement.

use super::groups::{Groups, Tally};
use super::problem::Problem;
use super::{IS_DEFINED, NO_PAIRS, NO_VARIATION, UNDEFINED};
use crate::consensus::FitError;
use crate::consensus::storage::filled;

fn grouped(problem: &Problem<'_>) -> Result<(Groups, Tally), FitError> {
    let labels = problem.table.and_then(|table| table.label).unwrap_or_default();
    let groups = Groups::by_task(problem, labels)?;
    let tally = Tally::new(problem.sizes[2], &groups)?;
    Ok((groups, tally))
}

pub(super) fn kappa(problem: &Problem<'_>, out: &mut [f64]) -> Result<(), FitError> {
    let labels = problem.sizes[2];
    let (groups, mut tally) = grouped(problem)?;
    let mut counts: Vec<f64> = filled(labels)?;
    let (mut total, mut tasks, mut answers) = (0.0, 0.0, 0.0);
    let (mut size, mut same) = (0, true);
    for group in 0..groups.len() {
        let items = groups.items(group);
        if items.len() < 2 {
            continue;
        }
        let m = items.len() as f64;
        tally.count(items);
        for &label in tally.seen() {
            counts[label as usize] += tally.of(label);
        }
        total += (tally.squares() - m) / (m * (m - 1.0));
        (tasks, answers) = (tasks + 1.0, answers + m);
        same &= size == 0 || size == items.len();
        size = items.len();
    }
    if tasks == 0.0 {
        out.copy_from_slice(&[NO_PAIRS, UNDEFINED, UNDEFINED, UNDEFINED, 0.0, 0.0, UNDEFINED, 0.0]);
        return Ok(());
    }
    let (observed, mut expected) = (total / tasks, 0.0);
    for count in &counts {
        expected += (count / answers) * (count / answers);
    }
    let varied = counts.iter().filter(|&&count| count > 0.0).count() > 1;
    let kappa = if varied { (observed - expected) / (1.0 - expected) } else { UNDEFINED };
    let chance = 1.0 / labels as f64;
    let free = if labels > 1 { (observed - chance) / (1.0 - chance) } else { UNDEFINED };
    let outcome = if varied { IS_DEFINED } else { NO_VARIATION };
    out.copy_from_slice(&[outcome, kappa, observed, expected, tasks, answers, free, f64::from(u8::from(same))]);
    Ok(())
}

pub(super) fn observed(problem: &Problem<'_>, out: &mut [f64]) -> Result<(), FitError> {
    let (groups, mut tally) = grouped(problem)?;
    let (mut total, mut tasks, mut agreeing, mut pairs) = (0.0, 0.0, 0.0, 0.0);
    let (head, by_task) = out.split_at_mut(5);
    for (group, agreement) in by_task.iter_mut().enumerate() {
        let items = groups.items(group);
        *agreement = UNDEFINED;
        if items.len() >= 2 {
            let m = items.len() as f64;
            tally.count(items);
            let q = tally.squares();
            *agreement = (q - m) / (m * (m - 1.0));
            (total, tasks) = (total + *agreement, tasks + 1.0);
            (agreeing, pairs) = (agreeing + (q - m), pairs + m * (m - 1.0));
        }
    }
    if tasks == 0.0 {
        head.copy_from_slice(&[NO_PAIRS, UNDEFINED, UNDEFINED, 0.0, 0.0]);
    } else {
        head.copy_from_slice(&[IS_DEFINED, total / tasks, agreeing / pairs, tasks, pairs * 0.5]);
    }
    Ok(())
}
