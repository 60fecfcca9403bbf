//! The posterior of given answers under given skills.

use super::UNDEFINED;
use super::groups::Groups;
use super::problem::Problem;
use crate::consensus::FitError;
use crate::consensus::storage::{empty, filled};
use crate::kernels::scalar::{exp, log};

/// A product of probabilities: the logarithm of the factors above zero, and the number of those that are zero.
#[derive(Clone, Copy, Default)]
struct Product {
    log: f64,
    zeros: i64,
}

impl Product {
    fn of(p: f64) -> Self {
        if p > 0.0 { Self { log: log(p), zeros: 0 } } else { Self { log: 0.0, zeros: 1 } }
    }

    fn times(self, other: Self) -> Self {
        Self { log: self.log + other.log, zeros: self.zeros + other.zeros }
    }

    fn over(self, other: Self) -> Self {
        Self { log: self.log - other.log, zeros: self.zeros - other.zeros }
    }
}

pub(super) fn measure(problem: &Problem<'_>, out: &mut [f64]) -> Result<(), FitError> {
    let column = problem.table.and_then(|table| table.label).unwrap_or_default();
    let (skills, known) = (problem.first.unwrap_or_default(), problem.known.unwrap_or_default());
    let groups = Groups::by_task(problem, column)?;
    let labels = problem.sizes[2];
    let others = labels.max(2) as f64 - 1.0;
    // What a right and a wrong answer of each expert are worth.
    let mut factors: Vec<[Product; 2]> = empty(skills.len())?;
    factors.extend(skills.iter().map(|&skill| [Product::of(skill), Product::of((1.0 - skill) / others)]));
    let mut products: Vec<Product> = filled(labels)?;
    let (head, by_task) = out.split_at_mut(2);
    let (mut total, mut number) = (0.0, 0.0);
    for (task, result) in by_task.iter_mut().enumerate() {
        let range = groups.range(task);
        *result = UNDEFINED;
        if range.is_empty() || known[task] < 0 {
            continue;
        }
        *result = 1.0;
        if labels > 1 {
            products.fill(Product::default());
            let mut base = Product::default();
            for at in range {
                let [right, wrong] = factors[groups.expert[at] as usize];
                base = base.times(wrong);
                let product = &mut products[groups.item[at] as usize];
                *product = product.times(right.over(wrong));
            }
            products.iter_mut().for_each(|product| *product = base.times(*product));
            *result = share(&products, known[task] as usize);
        }
        (total, number) = (total + *result, number + 1.0);
    }
    (head[0], head[1]) = (if number > 0.0 { total / number } else { UNDEFINED }, number);
    Ok(())
}

/// The share of one product in the sum of all. Where all are zero, those with the fewest zeros count.
fn share(products: &[Product], answer: usize) -> f64 {
    let fewest = products.iter().map(|product| product.zeros).min().unwrap_or(0);
    if products[answer].zeros > fewest {
        return 0.0;
    }
    let counted = || products.iter().filter(|product| product.zeros == fewest);
    let top = counted().fold(f64::NEG_INFINITY, |top, product| if product.log > top { product.log } else { top });
    let mut total = 0.0;
    for product in counted() {
        total += exp(product.log - top);
    }
    exp(products[answer].log - top) / total
}
