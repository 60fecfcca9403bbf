//! Krippendorff's alpha.

use super::groups::{Groups, Tally};
use super::problem::Problem;
use super::scale::{Categories, scaled};
use super::{IS_DEFINED, NO_PAIRS, NO_VARIATION, UNDEFINED};
use crate::consensus::FitError;
use crate::consensus::control::Watch;
use crate::consensus::random::SplitMix64;
use crate::consensus::storage::{empty, filled};

/// The numbers before those of the experts.
const HEAD: usize = 9;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scale {
    Nominal,
    Ordinal,
    Interval,
    Ratio,
}

pub(super) fn measure(problem: &Problem<'_>, out: &mut [f64], watch: &Watch<'_>) -> Result<(), FitError> {
    let [_, experts, labels] = problem.sizes;
    out.fill(UNDEFINED);
    let mut alpha = Alpha::new(problem, labels)?;
    if alpha.units.is_empty() {
        (out[0], out[4], out[5], out[8]) = (NO_PAIRS, 0.0, 0.0, 0.0);
        return Ok(());
    }
    let mut all = empty(alpha.units.len())?;
    all.extend(0..alpha.units.len());
    let found = alpha.evaluate(&all, watch)?;
    let expected = found.expected / (found.n * (found.n - 1.0));
    out[0] = if found.is_defined() { IS_DEFINED } else { NO_VARIATION };
    (out[1], out[2], out[3]) = (found.alpha(), found.observed / found.n, expected);
    (out[4], out[5], out[8]) = (alpha.units.len() as f64, found.n, 0.0);
    let (head, rest) = out.split_at_mut(HEAD);
    let (of_experts, of_labels) = rest.split_at_mut(experts);
    // These need the counts of the whole table, which the bootstrap overwrites.
    alpha.of_experts(expected, of_experts)?;
    if !of_labels.is_empty() {
        alpha.of_labels(found.n, of_labels);
    }
    if found.is_defined() {
        alpha.bootstrap(problem, head, &mut all, watch)?;
    }
    Ok(())
}

/// The disagreements of some units.
struct Found {
    observed: f64,
    expected: f64,
    n: f64,
}

impl Found {
    fn is_defined(&self) -> bool {
        self.expected > 0.0
    }

    fn alpha(&self) -> f64 {
        if self.is_defined() { 1.0 - ((self.n - 1.0) * self.observed) / self.expected } else { UNDEFINED }
    }
}

struct Alpha {
    scale: Scale,
    groups: Groups,
    /// The groups of at least two answers.
    units: Vec<usize>,
    value: Vec<f64>,
    counts: Vec<f64>,
    places: Vec<f64>,
    /// The observed disagreement of each unit where it does not depend on the others.
    observed: Vec<f64>,
    /// The categories with a count.
    used: Vec<u32>,
    tally: Tally,
}

impl Alpha {
    fn new(problem: &Problem<'_>, labels: usize) -> Result<Self, FitError> {
        let scale = match problem.options[0] as i32 {
            0 => Scale::Nominal,
            1 => Scale::Ordinal,
            2 => Scale::Interval,
            _ => Scale::Ratio,
        };
        let categories = match problem.table.and_then(|table| table.label) {
            Some(column) if scale == Scale::Nominal => Categories::of_labels(column, labels)?,
            _ => Categories::of_problem(problem)?,
        };
        let groups = Groups::by_task(problem, &categories.of)?;
        let mut units = empty(groups.len())?;
        units.extend((0..groups.len()).filter(|&group| groups.range(group).len() >= 2));
        let tally = Tally::new(categories.value.len(), &groups)?;
        let places = match scale {
            Scale::Interval => scaled(&categories.value)?,
            _ => filled(categories.value.len())?,
        };
        let mut alpha = Self {
            scale,
            groups,
            units,
            counts: filled(places.len())?,
            used: empty(places.len())?,
            value: categories.value,
            places,
            observed: Vec::new(),
            tally,
        };
        if scale != Scale::Ordinal {
            let mut observed = empty(alpha.units.len())?;
            for unit in 0..alpha.units.len() {
                observed.push(alpha.observe(unit));
            }
            alpha.observed = observed;
        }
        Ok(alpha)
    }

    /// Counts the units that were chosen, and their disagreements.
    fn evaluate(&mut self, chosen: &[usize], watch: &Watch<'_>) -> Result<Found, FitError> {
        self.counts.fill(0.0);
        for &unit in chosen {
            for &category in self.groups.items(self.units[unit]) {
                self.counts[category as usize] += 1.0;
            }
        }
        let mut n = 0.0;
        self.used.clear();
        for (category, &count) in self.counts.iter().enumerate() {
            if self.scale == Scale::Ordinal {
                self.places[category] = n + 0.5 * count;
            }
            n += count;
            if count > 0.0 {
                self.used.push(category as u32);
            }
        }
        let expected = self.expect(n, watch)?;
        let mut observed = 0.0;
        for &unit in chosen {
            observed += if self.scale == Scale::Ordinal { self.observe(unit) } else { self.observed[unit] };
        }
        Ok(Found { observed, expected, n })
    }

    fn expect(&self, n: f64, watch: &Watch<'_>) -> Result<f64, FitError> {
        let count = |category: u32| self.counts[category as usize];
        match self.scale {
            Scale::Nominal => {
                let mut total = 0.0;
                for &category in &self.used {
                    total += count(category) * count(category);
                }
                Ok(n * n - total)
            }
            Scale::Ratio => {
                let mut total = 0.0;
                for (at, &a) in self.used.iter().enumerate() {
                    watch.check()?;
                    total += self.distances(a, &self.used[at + 1..], count);
                }
                Ok(2.0 * total)
            }
            Scale::Ordinal | Scale::Interval => {
                let first = self.places[self.used[0] as usize];
                let mut total = 0.0;
                for &category in &self.used {
                    total += count(category) * (self.places[category as usize] - first);
                }
                let mean = total / n;
                let mut square = 0.0;
                for &category in &self.used {
                    let d = (self.places[category as usize] - first) - mean;
                    square += count(category) * (d * d);
                }
                Ok((2.0 * n) * square)
            }
        }
    }

    /// The observed disagreement of a unit.
    fn observe(&mut self, unit: usize) -> f64 {
        let items = self.groups.items(self.units[unit]);
        let m = items.len() as f64;
        match self.scale {
            Scale::Nominal => {
                self.tally.count(items);
                (m * m - self.tally.squares()) / (m - 1.0)
            }
            Scale::Ratio => {
                self.tally.count(items);
                let seen = self.tally.seen();
                let mut total = 0.0;
                for (at, &a) in seen.iter().enumerate() {
                    total += self.distances(a, &seen[at + 1..], |category| self.tally.of(category));
                }
                (2.0 * total) / (m - 1.0)
            }
            Scale::Ordinal | Scale::Interval => ((2.0 * m) * self.spread(items).1) / (m - 1.0),
        }
    }

    /// The distances of a category from others, each as often as the two can be paired.
    fn distances(&self, a: u32, others: &[u32], count: impl Fn(u32) -> f64) -> f64 {
        let mut row = 0.0;
        for &b in others {
            row += (count(a) * count(b)) * self.distance(a, b);
        }
        row
    }

    fn distance(&self, a: u32, b: u32) -> f64 {
        let (a, b) = (self.value[a as usize], self.value[b as usize]);
        let r = (a - b) / (a + b);
        r * r
    }

    /// The mean's distance from the first place, and the sum of squared deviations.
    fn spread(&self, items: &[u32]) -> (f64, f64) {
        let first = self.places[items[0] as usize];
        let mut total = 0.0;
        for &item in items {
            total += self.places[item as usize] - first;
        }
        let mean = total / items.len() as f64;
        let mut square = 0.0;
        for &item in items {
            let d = (self.places[item as usize] - first) - mean;
            square += d * d;
        }
        (mean, square)
    }

    /// The alpha of each expert's answers against those of the others.
    fn of_experts(&mut self, expected: f64, out: &mut [f64]) -> Result<(), FitError> {
        let mut numbers: Vec<f64> = filled(out.len())?;
        out.fill(0.0);
        for unit in 0..self.units.len() {
            let range = self.groups.range(self.units[unit]);
            let items = &self.groups.item[range.clone()];
            let m = items.len() as f64;
            let mut spread = (0.0, 0.0);
            if matches!(self.scale, Scale::Ordinal | Scale::Interval) {
                spread = self.spread(items);
            } else {
                self.tally.count(items);
            }
            for (&item, &expert) in items.iter().zip(&self.groups.expert[range]) {
                let d = match self.scale {
                    Scale::Nominal => m - self.tally.of(item),
                    Scale::Ratio => {
                        let mut d = 0.0;
                        for &other in self.tally.seen().iter().filter(|&&other| other != item) {
                            d += self.tally.of(other) * self.distance(item, other);
                        }
                        d
                    }
                    Scale::Ordinal | Scale::Interval => {
                        let away = (self.places[item as usize] - self.places[items[0] as usize]) - spread.0;
                        m * (away * away) + spread.1
                    }
                };
                out[expert as usize] += d / (m - 1.0);
                numbers[expert as usize] += 1.0;
            }
        }
        for (alpha, number) in out.iter_mut().zip(numbers) {
            let defined = number > 0.0 && expected > 0.0;
            *alpha = if defined { 1.0 - (*alpha / number) / expected } else { UNDEFINED };
        }
        Ok(())
    }

    /// The alpha of each label against all others.
    fn of_labels(&mut self, n: f64, out: &mut [f64]) {
        out.fill(0.0);
        for &group in &self.units {
            let items = self.groups.items(group);
            let m = items.len() as f64;
            self.tally.count(items);
            for &label in self.tally.seen() {
                let k = self.tally.of(label);
                out[label as usize] += ((2.0 * k) * (m - k)) / (m - 1.0);
            }
        }
        for (alpha, &k) in out.iter_mut().zip(&self.counts) {
            let expected = (2.0 * k) * (n - k);
            *alpha = if expected > 0.0 { 1.0 - ((n - 1.0) * *alpha) / expected } else { UNDEFINED };
        }
    }

    /// Draws the units again and again, and takes the percentiles of their alphas.
    fn bootstrap(
        &mut self,
        problem: &Problem<'_>,
        out: &mut [f64],
        chosen: &mut [usize],
        watch: &Watch<'_>,
    ) -> Result<(), FitError> {
        let replicates = problem.options[1] as u32;
        let mut alphas: Vec<f64> = empty(replicates as usize)?;
        let mut random = SplitMix64::new(problem.seed);
        for replicate in 0..replicates {
            watch.check()?;
            let units = chosen.len() as f64;
            chosen.iter_mut().for_each(|unit| *unit = (random.unit() * units) as usize);
            let found = self.evaluate(chosen, watch)?;
            if found.is_defined() {
                alphas.push(found.alpha());
            }
            watch.report(replicate + 1);
        }
        if !alphas.is_empty() {
            alphas.sort_unstable_by(f64::total_cmp);
            let q = (1.0 - problem.options[2]) / 2.0;
            (out[6], out[7], out[8]) = (quantile(&alphas, q), quantile(&alphas, 1.0 - q), alphas.len() as f64);
        }
        Ok(())
    }
}

fn quantile(ordered: &[f64], q: f64) -> f64 {
    let h = (ordered.len() - 1) as f64 * q;
    let i = h as usize;
    match ordered.get(i + 1) {
        Some(next) => ordered[i] + (h - i as f64) * (next - ordered[i]),
        None => ordered[ordered.len() - 1],
    }
}
