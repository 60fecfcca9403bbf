//! The pass of Dawid-Skene over one span of answers that all weigh 1: likelihoods are multiplied, not their logarithms
//! added, which spares an exponential for each label of each task. Inlined into each instruction set.

use super::dawid_skene::{Counts, scatter};
use super::elementary::{LANES, fold, row_sum};
use super::scalar;
use super::softmax::{BLOCK, block_rows};
use super::view::{Answers, Columns, Span, Unit};

/// What a confusion value must be at least, so that the product of `RUN` of them and a prior stays normal.
pub(crate) const LEAST_FACTOR: f64 = 1e-18;

/// After how many answers a row is brought back to size.
const RUN: usize = 16;

/// After how many groups of lanes the products of mantissas become logarithms.
const GROUPS: usize = 16;

const MANTISSA: u64 = 0x000F_FFFF_FFFF_FFFF;
const ONE: u64 = 0x3FF0_0000_0000_0000;

/// The parameters of an E-step.
#[derive(Clone, Copy)]
pub(crate) struct Factors<'a> {
    /// The class prior.
    pub(crate) prior: &'a [f64],
    /// The confusion, `[expert][label][true label]`, nowhere below `LEAST_FACTOR`.
    pub(crate) confusion: &'a [f64],
}

/// E and M over one span: the posterior, and the counts of that posterior. Returns the log-likelihood.
#[inline(always)]
pub(super) fn pass(answers: Answers<'_>, span: &mut Span<'_>, factors: Factors<'_>, counts: &mut Counts<'_>) -> f64 {
    match answers.labels() {
        2 => blocks::<2>(answers, span, factors, counts),
        3 => blocks::<3>(answers, span, factors, counts),
        4 => blocks::<4>(answers, span, factors, counts),
        _ => blocks::<0>(answers, span, factors, counts),
    }
}

#[inline(always)]
fn blocks<const K: usize>(
    answers: Answers<'_>,
    span: &mut Span<'_>,
    factors: Factors<'_>,
    counts: &mut Counts<'_>,
) -> f64 {
    let k = if K == 0 { answers.labels() } else { K };
    let cells = answers.experts() * answers.labels() * k;
    assert!(counts.confusion.len() == cells && counts.prior.len() == k, "count tables have the table's size");
    assert!(factors.confusion.len() == cells && factors.prior.len() == k, "parameters fit the table");
    counts.confusion.fill(0.0);
    counts.prior.fill(0.0);
    let mut likelihood = Likelihood::new();
    let mut known = 0.0;
    let size = block_rows(k);
    let tasks = span.posterior.len() / k;
    let mut start = 0;
    while start < tasks {
        let rows = size.min(tasks - start);
        let first = span.first + start;
        let block = &mut span.posterior[start * k..(start + rows) * k];
        let mut totals = [1.0; BLOCK];
        let mut exponents = [0; BLOCK];
        multiply::<K>(answers, first, block, &mut exponents[..rows], factors);
        divide::<K>(block, k, &mut totals[..rows]);
        if let Some(gold) = span.gold {
            for (i, row) in block.chunks_exact_mut(k).enumerate() {
                if let Ok(label) = usize::try_from(gold[first + i]) {
                    (totals[i], exponents[i]) = (1.0, 0);
                    known += log_likelihood(answers, first + i, label, factors);
                    row.fill(0.0);
                    row[label] = 1.0;
                }
            }
        }
        likelihood.add(&totals[..rows], &exponents[..rows]);
        scatter::<K, Unit>(answers, first, block, counts, Unit);
        start += rows;
    }
    likelihood.total() + known
}

/// The prior times the confusions of the answers, of a block of tasks; `exponents` are what was taken out of them.
#[inline(always)]
fn multiply<const K: usize>(
    answers: Answers<'_>,
    first: usize,
    block: &mut [f64],
    exponents: &mut [i64],
    factors: Factors<'_>,
) {
    let Columns::Rows(rows) = answers.columns() else { unreachable!("Dawid-Skene reads rows") };
    let k = if K == 0 { answers.labels() } else { K };
    let offsets = &answers.offsets()[first..];
    let mut at = offsets[0];
    for ((row, exponent), &end) in block.chunks_exact_mut(k).zip(exponents).zip(&offsets[1..]) {
        if K == 0 {
            row.copy_from_slice(factors.prior);
            loop {
                let stop = end.min(at + RUN);
                while at < stop {
                    // SAFETY: `Answers` vouches for the row, and the table's length is checked in `blocks`.
                    let values = unsafe {
                        let from = factors.confusion.as_ptr().add(*rows.get_unchecked(at) as usize * k);
                        std::slice::from_raw_parts(from, k)
                    };
                    row.iter_mut().zip(values).for_each(|(x, &value)| *x *= value);
                    at += 1;
                }
                if at == end {
                    break;
                }
                *exponent += rescale(row);
            }
        } else {
            let mut product = [0.0; K];
            product.copy_from_slice(factors.prior);
            loop {
                let stop = end.min(at + RUN);
                while at < stop {
                    // SAFETY: as above.
                    unsafe {
                        let from = factors.confusion.as_ptr().add(*rows.get_unchecked(at) as usize * K);
                        for (j, x) in product.iter_mut().enumerate() {
                            *x *= *from.add(j);
                        }
                    }
                    at += 1;
                }
                if at == end {
                    break;
                }
                *exponent += rescale(&mut product);
            }
            row.copy_from_slice(&product);
        }
    }
}

/// Multiplies a row by the power of 2 that brings its largest element to between 1 and 2; returns the exponent taken out.
#[inline(always)]
fn rescale(row: &mut [f64]) -> i64 {
    let mut top = row[0];
    for &x in &row[1..] {
        top = if x > top { x } else { top };
    }
    let biased = top.to_bits() >> 52;
    let scale = f64::from_bits(2046u64.wrapping_sub(biased) << 52);
    row.iter_mut().for_each(|x| *x *= scale);
    biased as i64 - 1023
}

/// Divides each row by its sum, which goes to `totals`.
#[inline(always)]
fn divide<const K: usize>(block: &mut [f64], labels: usize, totals: &mut [f64]) {
    let k = if K == 0 { labels } else { K };
    for (row, total) in block.chunks_exact_mut(k).zip(totals) {
        let sum = row_sum(row);
        row.iter_mut().for_each(|x| *x /= sum);
        *total = sum;
    }
}

/// The log-likelihood of one task whose label is known.
fn log_likelihood(answers: Answers<'_>, place: usize, label: usize, factors: Factors<'_>) -> f64 {
    let Columns::Rows(rows) = answers.columns() else { unreachable!("Dawid-Skene reads rows") };
    let k = factors.prior.len();
    let mut sum = scalar::log(factors.prior[label]);
    for &row in &rows[answers.offsets()[place]..answers.offsets()[place + 1]] {
        sum += scalar::log(factors.confusion[row as usize * k + label]);
    }
    sum
}

/// The sum of the logarithms of a span's totals, of which few are taken: mantissas are multiplied, exponents added.
struct Likelihood {
    lanes: [f64; LANES],
    products: [f64; LANES],
    exponents: [i64; LANES],
    groups: usize,
}

impl Likelihood {
    #[inline(always)]
    fn new() -> Self {
        Self { lanes: [0.0; LANES], products: [1.0; LANES], exponents: [0; LANES], groups: 0 }
    }

    /// Takes in a block of totals, times the powers of 2; all blocks but the last are multiples of the lanes.
    #[inline(always)]
    fn add(&mut self, totals: &[f64], exponents: &[i64]) {
        for (totals, exponents) in totals.chunks(LANES).zip(exponents.chunks(LANES)) {
            let lanes = self.products.iter_mut().zip(&mut self.exponents);
            for ((product, sum), (total, exponent)) in lanes.zip(totals.iter().zip(exponents)) {
                let bits = total.to_bits();
                *product *= f64::from_bits(bits & MANTISSA | ONE);
                *sum += (bits >> 52) as i64 - 1023 + exponent;
            }
            self.groups += 1;
            if self.groups == GROUPS {
                self.flush();
            }
        }
    }

    #[inline(always)]
    fn flush(&mut self) {
        for (lane, product) in self.lanes.iter_mut().zip(&mut self.products) {
            *lane += scalar::log(*product);
            *product = 1.0;
        }
        self.groups = 0;
    }

    #[inline(always)]
    fn total(mut self) -> f64 {
        self.flush();
        for (lane, &exponent) in self.lanes.iter_mut().zip(&self.exponents) {
            *lane += scalar::times_ln2(exponent as f64);
        }
        fold(self.lanes)
    }
}
