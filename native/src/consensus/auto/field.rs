//! The answers, walked by passes: posteriors from a table of confusions, and the counts of those posteriors.

use std::ops::Range;

use super::constants::{COIN_START, KNOWN, MACE_START, SMALL_CLASS};
use super::models::Sheet;
use crate::consensus::control::Watch;
use crate::consensus::index::{Index, Redrawn};
use crate::consensus::storage::{Table, empty, filled};
use crate::consensus::team::Team;
use crate::consensus::{FitError, Problem};
use crate::kernels::{Counts, Factors, Kernels, LEAST_FACTOR, Logs, Span};

/// About how many cells of the count table, or numbers of a block of posteriors, one piece of work has.
const PIECE: usize = 4096;

/// A span and what its latest pass counted.
struct Part {
    places: Range<usize>,
    confusion: Table,
    prior: Vec<f64>,
}

/// Posteriors, what they count, and the parameters that made them. Rows are in the order of places.
pub(super) struct Mode {
    pub(super) start: usize,
    /// `[place][label]`.
    pub(super) rows: Vec<f64>,
    /// `[expert][label][true label]`.
    pub(super) counts: Table,
    /// The sums of the rows.
    pub(super) sums: Vec<f64>,
    pub(super) theta: Vec<f64>,
    pub(super) xi: Vec<f64>,
    pub(super) step: usize,
    pub(super) strength: f64,
    pub(super) evidence: f64,
    pub(super) drift: f64,
}

/// What a pass begins with.
#[derive(Clone, Copy)]
pub(super) enum Prior {
    /// Every label is as likely.
    Even,
    /// As often as in the posteriors so far.
    Estimated,
}

pub(super) struct Field<'a> {
    pub(super) kernels: Kernels,
    pub(super) problem: &'a Problem<'a>,
    pub(super) index: &'a Index,
    pub(super) team: &'a Team<'a>,
    control: &'a Watch<'a>,
    /// Other labels to walk instead of the table's.
    pub(super) redrawn: Option<Redrawn>,
    parts: Vec<Part>,
    /// The weight of each expert's answers.
    pub(super) weight: Vec<f64>,
    /// Sums of the vote shares.
    pub(super) shares: Vec<f64>,
    pub(super) table: Table,
    prior: Vec<f64>,
    room: Vec<f64>,
    pub(super) passes: u32,
}

impl<'a> Field<'a> {
    pub(super) fn new(
        kernels: Kernels,
        problem: &'a Problem<'a>,
        index: &'a Index,
        team: &'a Team<'a>,
        control: &'a Watch<'a>,
    ) -> Result<Self, FitError> {
        let [_, experts, labels] = problem.sizes;
        let cells = problem.confusion_cells()?;
        let mut parts = empty(index.spans().len())?;
        for span in index.spans() {
            parts.push(Part { places: span.clone(), confusion: Table::zeros(cells)?, prior: filled(labels)? });
        }
        let room = filled(experts.div_ceil(experts_a_piece(labels)) * 3 * labels)?;
        Ok(Self {
            kernels,
            problem,
            index,
            team,
            control,
            redrawn: None,
            parts,
            weight: weights(index, experts)?,
            shares: filled(labels)?,
            table: Table::zeros(cells)?,
            prior: filled(labels)?,
            room,
            passes: 0,
        })
    }

    pub(super) fn labels(&self) -> usize {
        self.problem.sizes[2]
    }

    pub(super) fn tasks(&self) -> f64 {
        self.problem.sizes[0] as f64
    }

    /// A mode whose rows are to be filled.
    pub(super) fn mode(&self) -> Result<Mode, FitError> {
        let [tasks, experts, labels] = self.problem.sizes;
        Ok(Mode {
            start: 0,
            rows: filled(tasks * labels)?,
            counts: Table::zeros(self.table.len())?,
            sums: filled(labels)?,
            theta: filled(experts)?,
            xi: filled(experts * labels)?,
            step: 0,
            strength: 0.0,
            evidence: 0.0,
            drift: 0.0,
        })
    }

    /// Whether the caller does not want the result any more.
    pub(super) fn is_cancelled(&self) -> bool {
        self.control.is_cancelled()
    }

    /// Counts the rows of a mode, and begins anew with its parameters.
    pub(super) fn count(&mut self, mode: &mut Mode) -> Result<(), FitError> {
        self.walk(mode, None)?;
        mode.restart();
        Ok(())
    }

    /// An iteration from the table of confusions.
    pub(super) fn advance(&mut self, mode: &mut Mode, prior: Prior) -> Result<(), FitError> {
        self.walk(mode, Some(prior))
    }

    fn walk(&mut self, mode: &mut Mode, prior: Option<Prior>) -> Result<(), FitError> {
        self.control.check()?;
        let labels = self.labels();
        if let Some(prior) = prior {
            let cells = (self.problem.sizes[0] + labels) as f64;
            match prior {
                Prior::Even => self.prior.fill(1.0 / labels as f64),
                Prior::Estimated => {
                    self.prior.iter_mut().zip(&mode.sums).for_each(|(p, sum)| *p = (sum + 1.0) / cells);
                }
            }
        }
        let multiplies = self.index.is_unit() && self.table.iter().all(|&value| value >= LEAST_FACTOR);
        if prior.is_some() && !multiplies {
            self.kernels.log(&mut self.prior);
            let mut pieces = empty(self.table.len().div_ceil(PIECE))?;
            pieces.extend(self.table.chunks_mut(PIECE));
            self.team.each(&mut pieces, |piece| self.kernels.log(piece));
        }
        let mut items = empty(self.parts.len())?;
        let mut rest = mode.rows.as_mut_slice();
        for part in &mut self.parts {
            let rows;
            (rows, rest) = rest.split_at_mut(part.places.len() * labels);
            items.push((part, rows));
        }
        let (kernels, control) = (self.kernels, self.control);
        let answers = self.redrawn.as_ref().map_or_else(|| self.index.answers(), |other| self.index.redrawn(other));
        let (table, class_prior) = (&*self.table, self.prior.as_slice());
        self.team.each(&mut items, |(part, rows)| {
            if control.is_cancelled() {
                return;
            }
            let mut span = Span { first: part.places.start, posterior: rows, gold: None };
            let mut counts = Counts { confusion: &mut part.confusion, prior: &mut part.prior };
            if prior.is_some() && multiplies {
                let factors = Factors { prior: class_prior, confusion: table };
                kernels.products_pass(answers, &mut span, factors, &mut counts);
            } else {
                let logs = prior.map(|_| Logs { prior: class_prior, confusion: table });
                kernels.dawid_skene_pass(answers, &mut span, logs, &mut counts);
            }
        });
        self.control.check()?;
        self.passes += 1;
        self.control.report(self.passes);
        self.combine(mode)
    }

    /// Adds up what the spans counted.
    fn combine(&self, mode: &mut Mode) -> Result<(), FitError> {
        let parts = self.parts.as_slice();
        mode.sums.copy_from_slice(&parts[0].prior);
        for part in &parts[1..] {
            mode.sums.iter_mut().zip(&part.prior).for_each(|(sum, p)| *sum += p);
        }
        let mut pieces = empty(mode.counts.len().div_ceil(PIECE))?;
        pieces.extend(mode.counts.chunks_mut(PIECE).enumerate());
        self.team.each(&mut pieces, |(at, piece)| {
            let from = *at * PIECE..*at * PIECE + piece.len();
            piece.copy_from_slice(&parts[0].confusion[from.clone()]);
            for part in &parts[1..] {
                piece.iter_mut().zip(&part.confusion[from.clone()]).for_each(|(sum, count)| *sum += count);
            }
        });
        Ok(())
    }

    /// An M-step: `work` for every expert.
    pub(super) fn sweep(&mut self, mode: &mut Mode, work: impl Fn(Sheet<'_>) + Sync) -> Result<(), FitError> {
        let labels = self.labels();
        let size = experts_a_piece(labels);
        let cells = size * labels * labels;
        let mut pieces = empty(self.problem.sizes[1].div_ceil(size))?;
        pieces.extend(
            (mode.counts.chunks(cells).zip(self.table.chunks_mut(cells)).zip(self.weight.chunks(size)))
                .zip(mode.theta.chunks_mut(size).zip(mode.xi.chunks_mut(size * labels)))
                .zip(self.room.chunks_exact_mut(3 * labels)),
        );
        self.team.each(&mut pieces, |((((counts, table), weights), (thetas, xis)), room)| {
            let experts = counts.chunks_exact(labels * labels).zip(table.chunks_exact_mut(labels * labels));
            let models = thetas.iter_mut().zip(xis.chunks_exact_mut(labels));
            for (((counts, table), &weight), (theta, xi)) in experts.zip(&**weights).zip(models) {
                work(Sheet { labels, weight, counts, theta, xi, table, room });
            }
        });
        Ok(())
    }

    /// The sum over all spans, in their order, of what `work` makes of each.
    pub(super) fn over_spans<const N: usize>(
        &self,
        work: impl Fn(Range<usize>) -> [f64; N] + Sync,
    ) -> Result<[f64; N], FitError> {
        let mut sums = empty(self.parts.len())?;
        sums.extend(self.parts.iter().map(|part| (part.places.clone(), [0.0; N])));
        self.team.each(&mut sums, |(places, sum)| *sum = work(places.clone()));
        let mut total = sums[0].1;
        for (_, sum) in &sums[1..] {
            total.iter_mut().zip(sum).for_each(|(total, x)| *total += x);
        }
        Ok(total)
    }

    /// Lets `work` change the rows of each span.
    pub(super) fn each_span(
        &self,
        rows: &mut [f64],
        width: usize,
        work: impl Fn(Range<usize>, &mut [f64]) + Sync,
    ) -> Result<(), FitError> {
        let mut items = empty(self.parts.len())?;
        let mut rest = rows;
        for part in &self.parts {
            let own;
            (own, rest) = rest.split_at_mut(part.places.len() * width);
            items.push((part.places.clone(), own));
        }
        self.team.each(&mut items, |(places, rows)| work(places.clone(), rows));
        Ok(())
    }

    /// How far posteriors with these sums have left the votes: the greatest factor between the shares of a class.
    pub(super) fn drift(&self, sums: &[f64]) -> f64 {
        let tasks = self.tasks();
        let mut worst = 0.0;
        for (sum, votes) in sums.iter().zip(&self.shares) {
            let (a, b) = (sum / tasks + SMALL_CLASS, votes / tasks + SMALL_CLASS);
            let factor = if a > b { a / b } else { b / a };
            worst = if factor > worst { factor } else { worst };
        }
        worst
    }

    /// Half the mean absolute difference of two posteriors.
    pub(super) fn distance(&self, p: &[f64], q: &[f64]) -> Result<f64, FitError> {
        let labels = self.labels();
        let [sum] = self.over_spans(|places| {
            let cells = places.start * labels..places.end * labels;
            let rows = p[cells.clone()].chunks_exact(labels).zip(q[cells].chunks_exact(labels));
            let half = |(p, q): (&[f64], &[f64])| 0.5 * p.iter().zip(q).fold(0.0, |sum, (a, b)| sum + (a - b).abs());
            [rows.map(half).fold(0.0, |sum, x| sum + x)]
        })?;
        Ok(sum / self.tasks())
    }

    /// Iterations of the one-coin model.
    pub(super) fn coin(&mut self, mode: &mut Mode, steps: usize, prior: Prior) -> Result<(), FitError> {
        for _ in 0..steps {
            self.sweep(mode, |mut sheet| sheet.coin())?;
            self.advance(mode, prior)?;
        }
        Ok(())
    }

    /// Iterations of Dawid-Skene.
    pub(super) fn confusion(&mut self, mode: &mut Mode, steps: usize) -> Result<(), FitError> {
        for _ in 0..steps {
            self.sweep(mode, |mut sheet| sheet.confusion())?;
            self.advance(mode, Prior::Estimated)?;
        }
        Ok(())
    }

    /// The one-coin and the MACE start.
    pub(super) fn simple_start(&mut self, mode: &mut Mode, coin: bool) -> Result<(), FitError> {
        if coin {
            return self.coin(mode, COIN_START, Prior::Even);
        }
        for _ in 0..MACE_START {
            self.sweep(mode, |mut sheet| {
                sheet.mace_steps(1);
                sheet.mace();
            })?;
            self.advance(mode, Prior::Even)?;
        }
        Ok(())
    }
}

impl Mode {
    /// Forgets the parameters.
    pub(super) fn restart(&mut self) {
        let labels = self.sums.len();
        self.theta.fill(KNOWN);
        self.xi.fill(1.0 / labels as f64);
        (self.step, self.strength, self.evidence) = (0, 0.0, 0.0);
    }

    /// Takes over the posteriors of another mode and what they count.
    pub(super) fn copy(&mut self, other: &Self) {
        self.rows.copy_from_slice(&other.rows);
        self.counts.copy_from_slice(&other.counts);
        self.sums.copy_from_slice(&other.sums);
        self.restart();
    }
}

fn experts_a_piece(labels: usize) -> usize {
    (PIECE / (labels * labels)).max(1)
}

/// The weight of each expert's answers.
fn weights(index: &Index, experts: usize) -> Result<Vec<f64>, FitError> {
    let mut totals: Vec<f64> = filled(experts)?;
    let mut sums: Vec<f64> = filled(experts)?;
    for (number, span) in index.spans().iter().enumerate() {
        sums.fill(0.0);
        for answer in index.offsets()[span.start]..index.offsets()[span.end] {
            sums[index.expert(answer)] += index.weight(answer);
        }
        if number == 0 {
            totals.copy_from_slice(&sums);
        } else {
            totals.iter_mut().zip(&sums).for_each(|(total, sum)| *total += sum);
        }
    }
    Ok(totals)
}
