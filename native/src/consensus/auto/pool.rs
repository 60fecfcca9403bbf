//! The members of each mode, and their tempered mean.

use super::constants::{
    CAP, FIRST_STEPS, LEAST_MODE, LEAST_P, MACE_DRIFT, MEMBER_DRIFT, MEMBER_STEPS, MEMBERS, NEAR, RIVAL, RIVAL_STEPS,
    WEIGHTS,
};
use super::correlation::{Correlation, measure};
use super::field::{Field, Mode, Prior};
use super::gold::{Known, Reading};
use super::pulled::{BLOCK, run};
use super::report::{Described, Kind, Report};
use super::starts::{Found, MACE, Roll, find};
use crate::consensus::FitError;
use crate::consensus::storage::{empty, filled};
use crate::kernels::row_sum;
use crate::kernels::scalar::exp;

/// The members of a mode, in their order.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Member {
    /// The main model.
    Pulled,
    /// The same with less faith in the model of spam.
    Capped,
    /// Dawid-Skene.
    Confusion,
    /// One-coin Dawid-Skene.
    Coin,
    /// An iteration of the main model from the pool of the others.
    Refined,
    /// MACE from the shares, where the one-coin member was dropped.
    Mace,
}

/// The pool of a mode's members.
struct Pool {
    /// Weighted sums of posteriors.
    rows: Vec<f64>,
    /// The sum of the weights, and each of them: 0 where the member was dropped.
    total: f64,
    weights: [f64; MEMBERS],
    drifts: [f64; MEMBERS],
}

impl Pool {
    fn clear(&mut self) {
        self.rows.fill(0.0);
        (self.total, self.weights) = (0.0, [0.0; MEMBERS]);
    }

    /// A copy, divided by the sum of the weights.
    fn mean(&self) -> Result<Vec<f64>, FitError> {
        let mut mean = filled(self.rows.len())?;
        mean.iter_mut().zip(&self.rows).for_each(|(x, sum)| *x = sum / self.total);
        Ok(mean)
    }

    /// Takes a member in, unless it has left the votes too far.
    fn add(
        &mut self,
        field: &Field<'_>,
        correlation: &Correlation,
        member: Member,
        (rows, drift): (&[f64], f64),
    ) -> Result<(), FitError> {
        self.drifts[member as usize] = drift;
        let used = match member {
            Member::Pulled => true,
            Member::Mace => self.weights[Member::Coin as usize] == 0.0 && drift <= MACE_DRIFT,
            _ => drift <= MEMBER_DRIFT,
        };
        if !used {
            return Ok(());
        }
        let weight = WEIGHTS[member as usize];
        self.weights[member as usize] = weight;
        self.total += weight;
        mix(field, correlation, rows, weight, &mut self.rows)
    }
}

/// Adds posteriors, tempered as far as experts are correlated, to a pool.
fn mix(
    field: &Field<'_>,
    correlation: &Correlation,
    rows: &[f64],
    weight: f64,
    pool: &mut [f64],
) -> Result<(), FitError> {
    let labels = field.labels();
    let size = (BLOCK / labels).max(1);
    let mut items = empty(field.index.spans().len())?;
    let mut rest = pool;
    for span in field.index.spans() {
        let own;
        (own, rest) = rest.split_at_mut(span.len() * labels);
        items.push((span.clone(), own, filled::<f64>(size.min(span.len()) * labels)?));
    }
    let correlated = correlation.probability;
    let kernels = field.kernels;
    field.team.each(&mut items, |(places, pool, room)| {
        let rows = &rows[places.start * labels..places.end * labels];
        let tau = &correlation.tau[places.clone()];
        let blocks = rows.chunks(size * labels).zip(pool.chunks_mut(size * labels)).zip(tau.chunks(size));
        for ((rows, pool), tau) in blocks {
            let room = &mut room[..rows.len()];
            room.iter_mut().zip(rows).for_each(|(x, &p)| *x = if p > LEAST_P { p } else { LEAST_P });
            kernels.log(room);
            for (x, tau) in room.chunks_exact_mut(labels).zip(tau) {
                x.iter_mut().for_each(|x| *x *= tau);
                let top = x.iter().fold(x[0], |top, &x| if x > top { x } else { top });
                x.iter_mut().for_each(|x| *x -= top);
            }
            kernels.exp(room);
            let each = room.chunks_exact(labels).zip(rows.chunks_exact(labels)).zip(pool.chunks_exact_mut(labels));
            for ((tempered, row), pool) in each {
                let total = row_sum(tempered);
                for ((x, p), sum) in tempered.iter().zip(row).zip(pool) {
                    let mixed = correlated * (x / total) + (1.0 - correlated) * p;
                    *sum += weight * mixed;
                }
            }
        }
    });
    Ok(())
}

/// Posteriors, tempered as far as experts are correlated.
fn softened(field: &Field<'_>, correlation: &Correlation, rows: &[f64]) -> Result<Vec<f64>, FitError> {
    let mut result = filled(rows.len())?;
    mix(field, correlation, rows, 1.0, &mut result)?;
    Ok(result)
}

/// Fits the members of a mode, in the room of `own`; known labels may judge those of the best.
fn members(
    field: &mut Field<'_>,
    correlation: &Correlation,
    found: &Found,
    mode: &Mode,
    own: &mut Mode,
    pool: &mut Pool,
    mut known: Option<&mut Known>,
) -> Result<(), FitError> {
    pool.clear();
    let combined = found.kind == Kind::Combined;
    let cap = if combined && mode.strength < CAP { mode.strength } else { CAP };
    for member in [Member::Pulled, Member::Capped, Member::Confusion, Member::Coin] {
        own.copy(mode);
        match member {
            Member::Capped if combined => run(field, own, MEMBER_STEPS, Some(cap))?,
            Member::Confusion => field.confusion(own, MEMBER_STEPS)?,
            Member::Coin => field.coin(own, MEMBER_STEPS, Prior::Estimated)?,
            _ => {}
        }
        let drift = field.drift(&own.sums);
        pool.add(field, correlation, member, (&own.rows, drift))?;
        if let (Member::Coin, Some(known)) = (member, &mut known)
            && known.judges(drift)
        {
            known.offer(Reading::Coin, softened(field, correlation, &own.rows)?);
        }
    }
    own.rows.iter_mut().zip(&pool.rows).for_each(|(x, sum)| *x = sum / pool.total);
    field.count(own)?;
    field.sweep(own, |mut sheet| {
        sheet.mace_steps(FIRST_STEPS);
        sheet.pulled(cap);
    })?;
    field.advance(own, Prior::Estimated)?;
    pool.add(field, correlation, Member::Refined, (&own.rows, field.drift(&own.sums)))?;
    pool.add(field, correlation, Member::Mace, (&found.mace, found.drifts[MACE]))
}

/// Lets known labels judge the mode that they lead to, if it is another one.
fn rival<'a>(
    field: &mut Field<'_>,
    correlation: &Correlation,
    modes: impl Iterator<Item = &'a Mode>,
    own: &mut Mode,
    pool: &mut Pool,
    known: &mut Known,
) -> Result<(), FitError> {
    if !known.judges(0.0) {
        return Ok(());
    }
    let mut mode = field.mode()?;
    known.start(field, &mut mode.rows)?;
    field.count(&mut mode)?;
    run(field, &mut mode, RIVAL_STEPS, None)?;
    if !known.judges(field.drift(&mode.sums)) {
        return Ok(());
    }
    for other in modes {
        if field.distance(&mode.rows, &other.rows)? <= NEAR {
            return Ok(());
        }
    }
    pool.clear();
    for member in [Member::Pulled, Member::Confusion, Member::Coin] {
        own.copy(&mode);
        match member {
            Member::Confusion => field.confusion(own, MEMBER_STEPS)?,
            Member::Coin => field.coin(own, MEMBER_STEPS, Prior::Estimated)?,
            _ => {}
        }
        pool.add(field, correlation, member, (&own.rows, field.drift(&own.sums)))?;
    }
    known.offer(Reading::Rival, pool.mean()?);
    Ok(())
}

/// The pool over all modes, in `rows` in the order of places; what it is made of; and the evidence of the best mode.
pub(super) fn combine(
    field: &mut Field<'_>,
    roll: &Roll,
    rows: &mut [f64],
    report: &mut Report,
    known: &mut Known,
) -> Result<f64, FitError> {
    let mut found = find(field, roll, known)?;
    let correlation = measure(field, roll, &mut found.modes[0])?;
    let kept = found.modes.as_slice();
    let best = kept[0].evidence;
    let mut shares = empty(kept.len())?;
    shares.extend(kept.iter().map(|mode| exp(correlation.trust * (mode.evidence - best))));
    let chosen = || shares.iter().zip(kept).filter(|(share, _)| **share >= LEAST_MODE);
    let whole = chosen().fold(0.0, |sum, (share, _)| sum + share);
    report.begin(
        found.kind,
        &correlation,
        chosen().count(),
        chosen().nth(1).is_some_and(|(share, _)| share / whole > RIVAL),
    );
    let mut own = field.mode()?;
    let mut pool = Pool { rows: filled(rows.len())?, total: 0.0, weights: [0.0; MEMBERS], drifts: [0.0; MEMBERS] };
    rows.fill(0.0);
    for (place, (share, mode)) in chosen().enumerate() {
        let share = share / whole;
        members(field, &correlation, &found, mode, &mut own, &mut pool, (place == 0).then_some(&mut *known))?;
        if place == 0 && known.judges(found.drifts[MACE]) {
            known.offer(Reading::Mace, softened(field, &correlation, &found.mace)?);
        } else if place == 1 && known.judges(0.0) {
            known.offer(Reading::Second, pool.mean()?);
        }
        let scale = share / pool.total;
        rows.iter_mut().zip(&pool.rows).for_each(|(x, sum)| *x += scale * sum);
        let moved = field.distance(&mode.rows, &kept[0].rows)?;
        report.mode(place, &Described { mode, share, scale, moved, weights: &pool.weights, drifts: &pool.drifts });
    }
    rival(field, &correlation, chosen().map(|(_, mode)| mode), &mut own, &mut pool, known)?;
    for row in rows.chunks_exact_mut(field.labels()) {
        let total = row_sum(row);
        row.iter_mut().for_each(|x| *x /= total);
    }
    Ok(if found.kind == Kind::Combined { best } else { f64::NAN })
}
