//! The pass of MACE over one span of answers that all weigh 1, for several starts at once: an answer is read once and its
//! starts lie side by side. Likelihoods are multiplied, not their logarithms added. Inlined into each instruction set.

use super::scalar;
use super::view::{Answers, Columns, Span};

/// The most starts of a pass.
pub(crate) const STARTS: usize = 8;

/// What the odds of an answer may be at most, so that the product of `RUN` of them and a prior stays finite.
pub(crate) const MOST_ODDS: f64 = 1e18;

/// After how many answers the products of a task are brought back to size.
const RUN: usize = 16;

/// After how many tasks the products of mantissas become logarithms.
const TASKS: usize = 512;

const MANTISSA: u64 = 0x000F_FFFF_FFFF_FFFF;
const ONE: u64 = 0x3FF0_0000_0000_0000;

/// The parameters of an E-step.
#[derive(Clone, Copy)]
pub(crate) struct Odds<'a> {
    /// The class prior.
    pub(crate) prior: &'a [f64],
    /// `[row][start]`: how many times likelier an answer is where it is right, at least 1 and at most `MOST_ODDS`.
    pub(crate) rows: &'a [f64],
}

/// What a pass leaves for the M-steps, and its working storage.
pub(crate) struct Tally<'a> {
    /// `[row][start]`: how many of the row's answers are right.
    pub(crate) rights: &'a mut [f64],
    /// One element a label and start.
    pub(crate) room: &'a mut [f64],
    /// Of each start, 1, 4 or 8 of them, the log-likelihood less that of wrong answers.
    pub(crate) likelihoods: &'a mut [f64],
}

/// E and M over one span. A start that is alone leaves the posterior.
#[inline(always)]
pub(super) fn pass(answers: Answers<'_>, span: &mut Span<'_>, odds: Odds<'_>, tally: &mut Tally<'_>) {
    match (tally.likelihoods.len(), answers.labels()) {
        (1, 2) => tasks::<1, 2>(answers, span, odds, tally),
        (1, 3) => tasks::<1, 3>(answers, span, odds, tally),
        (1, 4) => tasks::<1, 4>(answers, span, odds, tally),
        (1, _) => tasks::<1, 0>(answers, span, odds, tally),
        (4, _) => tasks::<4, 0>(answers, span, odds, tally),
        (STARTS, _) => tasks::<STARTS, 0>(answers, span, odds, tally),
        _ => unreachable!("a pass has 1, 4 or 8 starts"),
    }
}

#[inline(always)]
fn tasks<const W: usize, const K: usize>(
    answers: Answers<'_>,
    span: &mut Span<'_>,
    odds: Odds<'_>,
    tally: &mut Tally<'_>,
) {
    let k = if K == 0 { answers.labels() } else { K };
    let cells = answers.experts() * W;
    assert!(odds.rows.len() == cells && odds.prior.len() == k, "parameters fit the table");
    assert!(tally.rights.len() == cells && tally.room.len() >= k * W, "counts and room have the table's size");
    tally.rights.fill(0.0);
    let (table, rights) = (odds.rows.as_chunks::<W>().0, tally.rights.as_chunks_mut::<W>().0);
    let room = &mut tally.room.as_chunks_mut::<W>().0[..k];
    let mut likelihood = Likelihood::<W>::new();
    for task in 0..span.posterior.len() / k {
        let place = span.first + task;
        let said = answers.offsets()[place]..answers.offsets()[place + 1];
        let mut local = [[0.0; W]; K];
        let x = if K == 0 { &mut *room } else { &mut local[..] };
        x.iter_mut().zip(odds.prior).for_each(|(x, &p)| *x = [p; W]);
        let mut exponents = multiply::<W, K>(answers, said.clone(), table, x);
        let mut totals = divide(x);
        if let Some(label) = span.gold(place) {
            (totals, exponents) = ([1.0; W], [0; W]);
            likelihood.add_known(known(answers, said.clone(), table, label, odds.prior));
            x.fill([0.0; W]);
            x[label] = [1.0; W];
        }
        likelihood.add(task, &totals, &exponents);
        if W == 1 {
            span.posterior[task * k..(task + 1) * k].iter_mut().zip(x.iter()).for_each(|(p, x)| *p = x[0]);
        }
        scatter(answers, said, x, rights);
    }
    tally.likelihoods.copy_from_slice(&likelihood.total());
}

/// What an operation makes of the values of each start.
#[inline(always)]
fn each<const W: usize>(a: &[f64; W], b: &[f64; W], operation: impl Fn(f64, f64) -> f64) -> [f64; W] {
    let mut result = [0.0; W];
    for start in 0..W {
        result[start] = operation(a[start], b[start]);
    }
    result
}

/// Multiplies the odds of some answers into the products of their labels; returns the exponents taken out.
#[inline(always)]
fn multiply<const W: usize, const K: usize>(
    answers: Answers<'_>,
    said: std::ops::Range<usize>,
    table: &[[f64; W]],
    x: &mut [[f64; W]],
) -> [i64; W] {
    let Columns::Pairs(rows, labels) = answers.columns() else { unreachable!("MACE reads pairs") };
    let mut exponents = [0; W];
    let mut at = said.start;
    loop {
        let stop = said.end.min(at + RUN);
        while at < stop {
            // SAFETY: `Answers` vouches for the row and the label; the lengths are checked in `tasks`.
            unsafe {
                let odds = table.get_unchecked(*rows.get_unchecked(at) as usize);
                let label = *labels.get_unchecked(at);
                if K == 0 {
                    let x = x.get_unchecked_mut(label as usize);
                    *x = each(x, odds, |x, odds| x * odds);
                } else {
                    // Multiplying the other labels by 1 keeps the products of the lone start in registers; the mask is
                    // there because a branch on the label would often be mispredicted.
                    let difference = odds[0].to_bits() ^ ONE;
                    for (j, x) in x.iter_mut().enumerate() {
                        let mask = u64::from(j as u32 == label).wrapping_neg();
                        x[0] *= f64::from_bits(ONE ^ difference & mask);
                    }
                }
            }
            at += 1;
        }
        if at == said.end {
            return exponents;
        }
        rescale(x, &mut exponents);
    }
}

/// Multiplies the products of each start by the power of 2 that brings its largest to between 1 and 2.
#[inline(always)]
fn rescale<const W: usize>(x: &mut [[f64; W]], exponents: &mut [i64; W]) {
    let top = x[1..].iter().fold(x[0], |top, x| each(&top, x, |top, x| if x > top { x } else { top }));
    for ((top, exponent), start) in top.iter().zip(exponents).zip(0..) {
        let biased = top.to_bits() >> 52;
        let scale = f64::from_bits(2046_u64.wrapping_sub(biased) << 52);
        x.iter_mut().for_each(|x| x[start] *= scale);
        *exponent += biased as i64 - 1023;
    }
}

/// Divides the products of each start by their sum, which is returned.
#[inline(always)]
fn divide<const W: usize>(x: &mut [[f64; W]]) -> [f64; W] {
    let totals = x[1..].iter().fold(x[0], |totals, x| each(&totals, x, |total, x| total + x));
    for x in x {
        *x = each(x, &totals, |x, total| x / total);
    }
    totals
}

/// The log-likelihood of one task whose label is known.
#[inline(never)]
fn known<const W: usize>(
    answers: Answers<'_>,
    said: std::ops::Range<usize>,
    table: &[[f64; W]],
    label: usize,
    prior: &[f64],
) -> [f64; W] {
    let Columns::Pairs(rows, labels) = answers.columns() else { unreachable!("MACE reads pairs") };
    let mut sums = [scalar::log(prior[label]); W];
    for (&row, _) in rows[said.clone()].iter().zip(&labels[said]).filter(|&(_, &l)| l as usize == label) {
        sums.iter_mut().zip(&table[row as usize]).for_each(|(sum, &odds)| *sum += scalar::log(odds));
    }
    sums
}

/// Adds the posterior of the answered labels to the counts of the answers' rows.
#[inline(always)]
fn scatter<const W: usize>(
    answers: Answers<'_>,
    said: std::ops::Range<usize>,
    x: &[[f64; W]],
    rights: &mut [[f64; W]],
) {
    let Columns::Pairs(rows, labels) = answers.columns() else { unreachable!("MACE reads pairs") };
    for at in said {
        // SAFETY: as in `multiply`.
        unsafe {
            let p = x.get_unchecked(*labels.get_unchecked(at) as usize);
            let right = rights.get_unchecked_mut(*rows.get_unchecked(at) as usize);
            *right = each(right, p, |right, p| right + p);
        }
    }
}

/// The sum of the logarithms of each start's totals, of which few are taken: mantissas are multiplied, exponents added.
struct Likelihood<const W: usize> {
    sums: [f64; W],
    known: [f64; W],
    products: [f64; W],
    exponents: [i64; W],
}

impl<const W: usize> Likelihood<W> {
    #[inline(always)]
    fn new() -> Self {
        Self { sums: [0.0; W], known: [0.0; W], products: [1.0; W], exponents: [0; W] }
    }

    /// Takes in the totals of a task, times the powers of 2.
    #[inline(always)]
    fn add(&mut self, task: usize, totals: &[f64; W], exponents: &[i64; W]) {
        for start in 0..W {
            let bits = totals[start].to_bits();
            self.products[start] *= f64::from_bits(bits & MANTISSA | ONE);
            self.exponents[start] += (bits >> 52) as i64 - 1023 + exponents[start];
        }
        if task % TASKS == TASKS - 1 {
            self.flush();
        }
    }

    #[inline(always)]
    fn add_known(&mut self, logs: [f64; W]) {
        self.known.iter_mut().zip(logs).for_each(|(known, log)| *known += log);
    }

    #[inline(always)]
    fn flush(&mut self) {
        for (sum, product) in self.sums.iter_mut().zip(&mut self.products) {
            *sum += scalar::log(*product);
            *product = 1.0;
        }
    }

    #[inline(always)]
    fn total(mut self) -> [f64; W] {
        self.flush();
        for start in 0..W {
            self.sums[start] += scalar::times_ln2(self.exponents[start] as f64);
            self.sums[start] += self.known[start];
        }
        self.sums
    }
}
