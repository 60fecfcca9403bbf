//! Every check that a problem must pass.

use super::problem::{Measure, Problem, Table};
use crate::consensus::FitError;

/// What a number may be at most, so that no sum of squares overflows.
const LARGEST: f64 = 1e100;
const MOST_REPLICATES: f64 = 1e6;
const MOST_BINS: f64 = 1e6;

type Checked = Result<(), FitError>;

fn refuse<T>(text: String) -> Result<T, FitError> {
    Err(FitError::Invalid(text))
}

pub(super) fn check(problem: &Problem<'_>) -> Checked {
    if !matches!(problem.measure, Measure::Correlation | Measure::Error | Measure::Calibration) {
        check_table(problem)?;
    } else if problem.table.is_some() {
        return refuse("this measure takes no table".to_owned());
    }
    check_options(problem)?;
    check_presence(problem)?;
    match problem.measure {
        Measure::KrippendorffAlpha => check_values(problem, problem.options[0] == 3.0),
        Measure::CohenKappa => check_values(problem, false),
        Measure::Uncertainty | Measure::Consistency => check_shares(problem, "skill of expert", problem.sizes[1]),
        Measure::Calibration => check_posteriors(problem),
        Measure::Correlation | Measure::Error => check_series(problem),
        Measure::FleissKappa | Measure::ObservedAgreement | Measure::Accuracy => Ok(()),
    }?;
    check_known(problem)
}

fn check_table(problem: &Problem<'_>) -> Checked {
    let Some(table) = problem.table else { return refuse("the table is missing".to_owned()) };
    let [tasks, experts, labels] = problem.sizes;
    let least = if table.label.is_some() { 1 } else { 0 };
    for (name, size, least) in [("tasks", tasks, 1), ("experts", experts, 1), ("labels", labels, least)] {
        if size < least || size > i32::MAX as usize {
            return refuse(format!("{name} is {size}, not in {least}..={}", i32::MAX));
        }
    }
    if table.task.is_empty() {
        return refuse("the table has no answers".to_owned());
    }
    check_column(&table, "task", table.task, tasks)?;
    check_column(&table, "expert", table.expert, experts)?;
    match table.label {
        Some(column) => check_column(&table, "label", column, labels)?,
        None if problem.measure != Measure::KrippendorffAlpha => return refuse("the labels are missing".to_owned()),
        None => {}
    }
    let Some(weights) = table.weight else { return Ok(()) };
    if weights.len() != table.task.len() {
        return refuse("the columns of the table differ in length".to_owned());
    }
    match weights.iter().position(|&weight| !(0.0..=f32::MAX).contains(&weight)) {
        None => Ok(()),
        Some(row) => refuse(format!("answer {row}: weight {} is not finite and at least 0", weights[row])),
    }
}

fn check_column(table: &Table<'_>, name: &str, column: &[i32], size: usize) -> Checked {
    if column.len() != table.task.len() {
        return refuse("the columns of the table differ in length".to_owned());
    }
    match column.iter().position(|&index| (index as u32 as usize) >= size) {
        None => Ok(()),
        Some(row) => refuse(format!("answer {row}: {name} {} is outside 0..{size}", column[row])),
    }
}

fn check_options(problem: &Problem<'_>) -> Checked {
    let expected = match problem.measure {
        Measure::KrippendorffAlpha | Measure::CohenKappa => 3,
        Measure::Uncertainty | Measure::Calibration => 1,
        _ => 0,
    };
    if problem.options.len() != expected {
        return refuse(format!("options has {} elements, not {expected}", problem.options.len()));
    }
    let whole = |at: usize, name: &str, least: f64, most: f64| {
        let x = problem.options[at];
        if (least..=most).contains(&x) && x.fract() == 0.0 {
            return Ok(());
        }
        refuse(format!("{name} is {x}, not a whole number from {least} to {most}"))
    };
    match problem.measure {
        Measure::KrippendorffAlpha => {
            whole(0, "the scale", 0.0, 3.0)?;
            whole(1, "the number of replicates", 0.0, MOST_REPLICATES)?;
            let confidence = problem.options[2];
            if confidence > 0.0 && confidence < 1.0 {
                return Ok(());
            }
            refuse(format!("the confidence is {confidence}, not between 0 and 1"))
        }
        Measure::CohenKappa => {
            whole(0, "the weighting", 0.0, 2.0)?;
            let last = problem.sizes[1] as f64 - 1.0;
            let [one, other] = [problem.options[1], problem.options[2]];
            if one == -1.0 && other == -1.0 {
                return Ok(());
            }
            whole(1, "the first expert", 0.0, last)?;
            whole(2, "the second expert", 0.0, last)?;
            if one == other {
                return refuse(format!("expert {one} cannot be compared with itself"));
            }
            Ok(())
        }
        Measure::Uncertainty => whole(0, "the grouping", 0.0, 1.0),
        Measure::Calibration => whole(0, "the number of bins", 1.0, MOST_BINS),
        _ => Ok(()),
    }
}

/// Numbers that a measure needs are there, and none that it ignores.
fn check_presence(problem: &Problem<'_>) -> Checked {
    let numbers = problem.table.is_some_and(|table| table.label.is_none());
    let [first, second, known] = match problem.measure {
        Measure::KrippendorffAlpha if numbers => [Some(true), Some(false), Some(false)],
        Measure::KrippendorffAlpha | Measure::CohenKappa | Measure::Uncertainty => [None, Some(false), Some(false)],
        Measure::FleissKappa | Measure::ObservedAgreement => [Some(false); 3],
        Measure::Consistency | Measure::Calibration => [Some(true), Some(false), Some(true)],
        Measure::Accuracy => [Some(false), Some(false), Some(true)],
        Measure::Correlation | Measure::Error => [Some(true), Some(true), Some(false)],
    };
    let given = [problem.first.is_some(), problem.second.is_some(), problem.known.is_some()];
    for ((name, needed), given) in ["first", "second", "known"].into_iter().zip([first, second, known]).zip(given) {
        match needed {
            Some(true) if !given => return refuse(format!("{name} is missing")),
            Some(false) if given => return refuse(format!("{name} is not used by this measure")),
            _ => {}
        }
    }
    Ok(())
}

fn length(name: &str, length: usize, expected: usize) -> Checked {
    if length == expected { Ok(()) } else { refuse(format!("{name} has {length} elements, not {expected}")) }
}

fn check_values(problem: &Problem<'_>, positive: bool) -> Checked {
    let (Some(values), Some(table)) = (problem.first, problem.table) else { return Ok(()) };
    let (name, expected) = match table.label {
        Some(_) => ("value of label", problem.sizes[2]),
        None => ("value of answer", table.task.len()),
    };
    length("first", values.len(), expected)?;
    let least = if positive { 0.0 } else { -LARGEST };
    match values.iter().position(|x| !(least..=LARGEST).contains(x)) {
        None => Ok(()),
        Some(at) => refuse(format!("{name} {at}: {} is not between {least:e} and 1e100", values[at])),
    }
}

fn check_shares(problem: &Problem<'_>, name: &str, expected: usize) -> Checked {
    let Some(shares) = problem.first else { return Ok(()) };
    length("first", shares.len(), expected)?;
    match shares.iter().position(|x| !(0.0..=1.0).contains(x)) {
        None => Ok(()),
        Some(at) => refuse(format!("{name} {at}: {} is not between 0 and 1", shares[at])),
    }
}

fn check_posteriors(problem: &Problem<'_>) -> Checked {
    let [tasks, _, labels] = problem.sizes;
    if tasks == 0 || labels == 0 {
        return refuse(format!("{tasks} tasks with {labels} labels: both must be at least 1"));
    }
    match tasks.checked_mul(labels) {
        Some(cells) => check_shares(problem, "posterior", cells),
        None => refuse(format!("{tasks} tasks with {labels} labels are more than memory can hold")),
    }
}

fn check_series(problem: &Problem<'_>) -> Checked {
    let (Some(first), Some(second)) = (problem.first, problem.second) else { return Ok(()) };
    if first.is_empty() {
        return refuse("the series have no elements".to_owned());
    }
    length("second", second.len(), first.len())?;
    for (name, series) in [("first", first), ("second", second)] {
        if let Some(at) = series.iter().position(|x| !(-LARGEST..=LARGEST).contains(x)) {
            return refuse(format!("{name} {at}: {} is not between -1e100 and 1e100", series[at]));
        }
    }
    Ok(())
}

fn check_known(problem: &Problem<'_>) -> Checked {
    let Some(known) = problem.known else { return Ok(()) };
    let [tasks, _, labels] = problem.sizes;
    length("known", known.len(), tasks)?;
    match known.iter().position(|&label| label < -1 || label >= labels as i32) {
        None => Ok(()),
        Some(task) => refuse(format!("known of task {task}: label {} is outside 0..{labels} and not -1", known[task])),
    }
}
