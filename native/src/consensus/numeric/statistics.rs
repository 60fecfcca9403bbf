//! Means, medians and their standard errors of one task's answers.

use super::answers::Group;

/// `sqrt(pi / 2)` divided by the upper quartile of the normal distribution: the standard error of a median in terms of the
/// median absolute deviation.
pub(super) const MEDIAN_ERROR: f64 = f64::from_bits(0x3FFD_BB0C_9B8F_0BEE);

/// The weighted mean, taken from the first value on, so that the mean of equal values is that value; and the weights' sum.
#[inline(always)]
pub(super) fn weighted_mean(values: &[f64], weight: impl Fn(usize) -> f64) -> (f64, f64) {
    let (first, mut total, mut above) = (values[0], 0.0, 0.0);
    for (answer, value) in values.iter().enumerate() {
        let w = weight(answer);
        total += w;
        above += w * (value - first);
    }
    (first + above / total, total)
}

/// The standard error of a weighted mean; NaN of a single value.
pub(super) fn mean_error(values: &[f64], weight: impl Fn(usize) -> f64, mean: f64) -> f64 {
    let n = values.len() as f64;
    if values.len() < 2 {
        return f64::NAN;
    }
    let (mut total, mut squares) = (0.0, 0.0);
    for (answer, value) in values.iter().enumerate() {
        let w = weight(answer);
        total += w;
        let part = w * (value - mean);
        squares += part * part;
    }
    (squares * (n / (n - 1.0))).sqrt() / total
}

/// The median of ascending values.
pub(super) fn median(values: &[f64]) -> f64 {
    let half = values.len() / 2;
    if values.len() % 2 == 1 { values[half] } else { (values[half - 1] + values[half]) * 0.5 }
}

/// The first of ascending values at which half of the weight is reached.
pub(super) fn weighted_median(values: &[f64], weight: impl Fn(usize) -> f64) -> f64 {
    let mut total = 0.0;
    for answer in 0..values.len() {
        total += weight(answer);
    }
    let (mut so_far, half) = (0.0, 0.5 * total);
    for (answer, &value) in values.iter().enumerate() {
        so_far += weight(answer);
        if so_far >= half {
            return value;
        }
    }
    values[values.len() - 1]
}

/// The standard error of a median by the median absolute deviation; NaN of a single value.
pub(super) fn median_error(values: &[f64], median: f64) -> f64 {
    let n = values.len();
    if n < 2 {
        return f64::NAN;
    }
    let mut deviations = Deviations::new(values, median);
    let below = deviations.nth((n - 1) / 2).map_or(0.0, |(_, deviation)| deviation);
    let apart = if n % 2 == 1 { below } else { (below + deviations.next().map_or(0.0, |pair| pair.1)) * 0.5 };
    MEDIAN_ERROR * apart / (n as f64).sqrt()
}

/// The same of a weighted median.
pub(super) fn weighted_median_error(values: &[f64], weight: impl Fn(usize) -> f64, median: f64) -> f64 {
    if values.len() < 2 {
        return f64::NAN;
    }
    let (mut total, mut squares, mut in_order) = (0.0, 0.0, 0.0);
    for answer in 0..values.len() {
        total += weight(answer);
        squares += weight(answer) * weight(answer);
    }
    for (answer, _) in Deviations::new(values, median) {
        in_order += weight(answer);
    }
    let (mut so_far, mut apart) = (0.0, 0.0);
    for (answer, deviation) in Deviations::new(values, median) {
        so_far += weight(answer);
        apart = deviation;
        if so_far >= 0.5 * in_order {
            break;
        }
    }
    MEDIAN_ERROR * apart * squares.sqrt() / total
}

/// The absolute deviations of ascending values in ascending order, those below first among equals; with their answers.
struct Deviations<'a> {
    values: &'a [f64],
    centre: f64,
    below: usize,
    above: usize,
}

impl<'a> Deviations<'a> {
    fn new(values: &'a [f64], centre: f64) -> Self {
        let above = values.partition_point(|&value| value <= centre);
        Self { values, centre, below: above, above }
    }
}

impl Iterator for Deviations<'_> {
    type Item = (usize, f64);

    fn next(&mut self) -> Option<Self::Item> {
        let down = self.below.checked_sub(1).map(|answer| (answer, self.centre - self.values[answer]));
        let up = self.values.get(self.above).map(|value| (self.above, value - self.centre));
        let take_down = match (down, up) {
            (Some(down), Some(up)) => down.1 <= up.1,
            (down, _) => down.is_some(),
        };
        if take_down {
            self.below -= 1;
            down
        } else {
            self.above += usize::from(up.is_some());
            up
        }
    }
}

/// The mean of ascending values without a part at each end, and its standard error by the winsorised variance.
pub(super) fn trimmed(group: Group<'_>, fraction: f64) -> (f64, f64) {
    let values = group.values;
    let n = values.len();
    let cut = ((fraction * n as f64) as usize).min((n - 1) / 2);
    let (low, high) = (values[cut], values[n - cut - 1]);
    let inside = |value: f64| {
        if value < low {
            low
        } else if value > high {
            high
        } else {
            value
        }
    };
    let (mut above, mut all_above) = (0.0, 0.0);
    for (place, &value) in values.iter().enumerate() {
        all_above += inside(value) - low;
        if (cut..n - cut).contains(&place) {
            above += value - low;
        }
    }
    let kept = (n - 2 * cut) as f64;
    let (mean, winsorised) = (low + above / kept, low + all_above / n as f64);
    if n < 2 {
        return (mean, f64::NAN);
    }
    let mut squares = 0.0;
    for &value in values {
        let difference = inside(value) - winsorised;
        squares += difference * difference;
    }
    (mean, (squares / (n as f64 - 1.0)).sqrt() * (n as f64).sqrt() / kept)
}
