//! Where the main model begins, and which of the modes that it comes to are kept.

use super::constants::{
    GROUP_SHARE, GROUPS, LEAST_EXPERTS, MACE_DRIFT, MODE_DRIFT, NEAR, PARTIAL, ROUNDS, SAME_EVIDENCE, SEED_EXPERTS,
    SEED_GROUPS, SINGLES,
};
use super::field::{Field, Mode};
use super::gold::Known;
use super::pulled::{run, weigh};
use super::report::Kind;
use crate::consensus::FitError;
use crate::consensus::random::SplitMix64;
use crate::consensus::storage::{empty, filled};
use crate::consensus::vote::shares;
use crate::kernels::row_sum;

/// The starts from all answers: shares, one coin, MACE.
const WHOLE: usize = 3;
/// The last of these.
pub(super) const MACE: usize = 2;

/// What the starts lead to.
pub(super) struct Found {
    /// The modes, best first; at least one.
    pub(super) modes: Vec<Mode>,
    pub(super) kind: Kind,
    /// How far each start from all answers has left the votes.
    pub(super) drifts: [f64; WHOLE],
    /// The posteriors of MACE, where they are near enough to the votes to be of use to a pool or to known labels.
    pub(super) mace: Vec<f64>,
}

/// Who answered, and where the answers of each task begin in the order of tasks.
pub(super) struct Roll {
    pub(super) answering: Vec<usize>,
    pub(super) first: Vec<usize>,
}

impl Roll {
    pub(super) fn new(field: &Field<'_>) -> Result<Self, FitError> {
        let [tasks, experts, _] = field.problem.sizes;
        let index = field.index;
        let mut seen: Vec<bool> = filled(experts)?;
        for answer in 0..index.offsets()[tasks] {
            seen[index.expert(answer)] = true;
        }
        let mut answering = empty(experts)?;
        answering.extend((0..experts).filter(|&expert| seen[expert]));
        let mut first: Vec<usize> = filled(tasks + 1)?;
        for place in 0..tasks {
            first[index.task(place) + 1] = index.offsets()[place + 1] - index.offsets()[place];
        }
        for task in 0..tasks {
            first[task + 1] += first[task];
        }
        Ok(Self { answering, first })
    }

    /// The expert of an answer of this number in the order of tasks.
    fn expert(&self, field: &Field<'_>, number: usize) -> usize {
        let index = field.index;
        let task = self.first.partition_point(|&first| first <= number) - 1;
        let place = (0..field.problem.sizes[0]).find(|&place| index.task(place) == task).unwrap_or(0);
        index.expert(index.offsets()[place] + (number - self.first[task]))
    }

    /// Which experts a partial start has.
    fn chosen(&self, field: &Field<'_>, number: usize) -> Result<Vec<bool>, FitError> {
        let [tasks, experts, _] = field.problem.sizes;
        let mut chosen: Vec<bool> = filled(experts)?;
        let seed = field.problem.seed;
        if number < SINGLES {
            let mut random = SplitMix64::new(seed.wrapping_add(SEED_EXPERTS)).skip(number as u64);
            let answer = (random.unit() * self.first[tasks] as f64) as usize;
            chosen[self.expert(field, answer)] = true;
            return Ok(chosen);
        }
        let base = SplitMix64::new(seed.wrapping_add(SEED_GROUPS + number as u64));
        let mut order: Vec<(f64, usize)> = empty(self.answering.len())?;
        order.extend(self.answering.iter().map(|&expert| (base.clone().skip(expert as u64).unit(), expert)));
        order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for &(_, expert) in &order[..(order.len() / GROUP_SHARE).max(1)] {
            chosen[expert] = true;
        }
        Ok(chosen)
    }
}

/// Fills a mode with a start.
pub(super) fn start(field: &mut Field<'_>, roll: &Roll, number: usize, mode: &mut Mode) -> Result<(), FitError> {
    mode.start = number;
    if number >= WHOLE {
        partial(field, &roll.chosen(field, number - WHOLE)?, &mut mode.rows)?;
        return field.count(mode);
    }
    let (index, labels) = (field.index, field.labels());
    field.each_span(&mut mode.rows, labels, |places, rows| shares(index, None, places, rows, labels))?;
    field.count(mode)?;
    match number {
        0 => field.shares.copy_from_slice(&mode.sums),
        1 => field.simple_start(mode, true)?,
        _ => field.simple_start(mode, false)?,
    }
    mode.restart();
    Ok(())
}

/// The smoothed shares of some experts' answers.
fn partial(field: &Field<'_>, chosen: &[bool], rows: &mut [f64]) -> Result<(), FitError> {
    let (index, labels) = (field.index, field.labels());
    field.each_span(rows, labels, |places, rows| {
        for (place, row) in places.zip(rows.chunks_exact_mut(labels)) {
            row.fill(PARTIAL / labels as f64);
            for answer in index.offsets()[place]..index.offsets()[place + 1] {
                if chosen[index.expert(answer)] {
                    row[index.label(answer)] += index.weight(answer);
                }
            }
            let total = row_sum(row);
            row.iter_mut().for_each(|x| *x /= total);
        }
    })
}

/// The modes that the main model comes to from all starts.
pub(super) fn find(field: &mut Field<'_>, roll: &Roll, known: &Known) -> Result<Found, FitError> {
    let partial = if roll.answering.len() >= LEAST_EXPERTS { SINGLES + GROUPS } else { 0 };
    let mut drifts = [0.0; WHOLE];
    let mut kept = empty(ROUNDS[0].1 + 1)?;
    let mut mace = Vec::new();
    let mut spare = None;
    for number in 0..WHOLE + partial {
        let mut mode = match spare.take() {
            Some(mode) => mode,
            None => field.mode()?,
        };
        start(field, roll, number, &mut mode)?;
        if let Some(drift) = drifts.get_mut(number) {
            *drift = field.drift(&mode.sums);
        }
        if number == MACE && (drifts[MACE] <= MACE_DRIFT || known.judges(drifts[MACE])) {
            mace = empty(mode.rows.len())?;
            mace.extend_from_slice(&mode.rows);
        }
        run(field, &mut mode, ROUNDS[0].0, None)?;
        spare = keep(field, &mut kept, mode, ROUNDS[0].1)?;
    }
    for (steps, most) in &ROUNDS[1..] {
        let before = std::mem::replace(&mut kept, empty(most + 1)?);
        for mut mode in before {
            run(field, &mut mode, *steps, None)?;
            spare = keep(field, &mut kept, mode, *most)?.or(spare);
        }
    }
    if !kept.is_empty() {
        return Ok(Found { modes: kept, kind: Kind::Combined, drifts, mace });
    }
    let found = [(MACE, Kind::ByMace), (1, Kind::ByCoin)].into_iter().find(|&(number, _)| drifts[number] <= MODE_DRIFT);
    let (number, kind) = found.unwrap_or((0, Kind::ByShares));
    let mut mode = match spare {
        Some(mode) => mode,
        None => field.mode()?,
    };
    start(field, roll, number, &mut mode)?;
    mode.drift = drifts[number];
    kept.push(mode);
    Ok(Found { modes: kept, kind, drifts, mace })
}

/// Adds a mode to the best ones so far, unless it has left the votes or is near a better one. Returns one that is free.
fn keep(field: &Field<'_>, kept: &mut Vec<Mode>, mut mode: Mode, most: usize) -> Result<Option<Mode>, FitError> {
    weigh(field, &mut mode)?;
    if mode.drift > MODE_DRIFT {
        return Ok(Some(mode));
    }
    let mut place = 0;
    while place < kept.len() && mode.evidence <= kept[place].evidence + SAME_EVIDENCE {
        if field.distance(&mode.rows, &kept[place].rows)? <= NEAR {
            return Ok(Some(mode));
        }
        place += 1;
    }
    if place == most {
        return Ok(Some(mode));
    }
    let mut spare = None;
    let mut at = place;
    while at < kept.len() {
        if field.distance(&mode.rows, &kept[at].rows)? > NEAR {
            at += 1;
        } else {
            spare = Some(kept.remove(at));
        }
    }
    kept.insert(place, mode);
    if kept.len() > most {
        spare = kept.pop();
    }
    Ok(spare)
}
