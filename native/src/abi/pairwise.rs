//! Fitting scores and rankings over one whole table of comparisons.

use std::slice;

use super::error::ErrorRecord;
use super::fit::{ControlBlock, check_size, count, size};
use super::guard::{check, guard};
use super::ranges::Ranges;
use super::status::{COTERIE_CANCELLED, COTERIE_INVALID_ARGUMENT, COTERIE_OUT_OF_MEMORY, COTERIE_UNSUPPORTED, Failure};
use crate::consensus::{Control, FitError};
use crate::pairwise::{Method, Outcome, Problem, REPORT_LENGTH, fit};

/// `method`: Bradley-Terry. Parameters: ties (0 half a win for both, 1 Davidson, 2 Rao and Kupper), solver (0 Newton, 1
/// minorisation), order effect (0 or 1), prior precision, adjustment, the most parameters for standard errors.
pub const COTERIE_PAIRWISE_BRADLEY_TERRY: i32 = 0;
/// `method`: Bradley-Terry with noisy experts. Parameters: pull of the scores to 0, precision of the experts.
pub const COTERIE_PAIRWISE_NOISY_BRADLEY_TERRY: i32 = 1;
/// `method`: Elo ratings. Parameters: step, base, scale, initial rating.
pub const COTERIE_PAIRWISE_ELO: i32 = 2;
/// `method`: the share of points won. Parameters: 0 for the mean over opponents, 1 for a pooled share.
pub const COTERIE_PAIRWISE_WIN_RATE: i32 = 3;
/// `method`: Bradley-Terry with ties by Newman's iteration. Parameters: the tie parameter to start from.
pub const COTERIE_PAIRWISE_NEWMAN: i32 = 4;
/// `method`: the leading eigenvector of the points. No parameters.
pub const COTERIE_PAIRWISE_EIGENVECTOR: i32 = 5;
/// `method`: PageRank. Parameters: the damping.
pub const COTERIE_PAIRWISE_PAGE_RANK: i32 = 6;
/// `method`: the points won. No parameters.
pub const COTERIE_PAIRWISE_BORDA: i32 = 7;
/// `method`: the opponents beaten more often than not. No parameters.
pub const COTERIE_PAIRWISE_COPELAND: i32 = 8;
/// `method`: the order that contradicts the fewest comparisons. Parameters: the most items of an exact search.
pub const COTERIE_PAIRWISE_KEMENY: i32 = 9;

/// What to fit: a table of comparisons and the options of the method. Everything in it is borrowed for the call.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PairwiseProblem {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// One of `COTERIE_PAIRWISE_`.
    pub method: i32,
    /// The expert of each comparison, `comparisons` elements in `0..experts`; NULL when the experts are not known.
    pub expert: *const i32,
    /// The left item of each comparison, `comparisons` elements in `0..items`.
    pub left: *const i32,
    /// The right item of each comparison, `comparisons` elements in `0..items`, another one than the left.
    pub right: *const i32,
    /// 0 when the left item wins, 1 when the right one does, 2 for a tie; `comparisons` elements.
    pub outcome: *const i32,
    /// The weight of each comparison, `comparisons` elements, finite and not negative; NULL when all are 1.
    pub weight: *const f32,
    /// The number of comparisons, at least 1.
    pub comparisons: u64,
    /// The number of items, at least 1.
    pub items: i32,
    /// The number of experts, 0 when they are not known.
    pub experts: i32,
    /// The method's own parameters in their order, `parameters_length` elements; NULL when there are none.
    pub parameters: *const f64,
    /// The number of parameters.
    pub parameters_length: u64,
    /// What ends the iterations, between 0 and 1e100; each method says how.
    pub tolerance: f64,
    /// The most iterations, not negative.
    pub max_iterations: i32,
    /// Always 0.
    pub reserved: i32,
}

/// Where a fit writes its result. All arrays are borrowed for the call, must not overlap, and are untouched when the
/// arguments are refused, unspecified after `COTERIE_CANCELLED`, `COTERIE_OUT_OF_MEMORY` and `COTERIE_PANIC`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PairwiseOutcome {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// Iterations done; written only on `COTERIE_OK`.
    pub iterations: i32,
    /// 1 when the tolerance ended the fit, and for methods that do not iterate; written only on `COTERIE_OK`.
    pub converged: i32,
    /// Always 0.
    pub reserved: i32,
    /// What the method maximises or minimises, NaN for methods that do neither; written only on `COTERIE_OK`.
    pub objective: f64,
    /// The score of each item, `items` elements; more is better.
    pub score: *mut f64,
    /// The standard error of each score, `items` elements, NaN where there is none.
    pub standard_error: *mut f64,
    /// The place of each item, `items` elements, 1 for the best.
    pub rank: *mut i32,
    /// The connected component of each item, `items` elements.
    pub component: *mut i32,
    /// The strongly connected component of each item, `items` elements.
    pub strong_component: *mut i32,
    /// The skill of each expert, `experts` elements, NaN where the method has none; NULL without experts.
    pub skill: *mut f64,
    /// The bias of each expert to the left, `experts` elements, NaN where the method has none; NULL without experts.
    pub bias: *mut f64,
    /// Nine figures, NaN for those that the method does not have: tie parameter, its standard error, order effect, its standard
    /// error, number of components, number of strong components, where scores can be compared (0 everywhere, 1 within a
    /// component, 2 within a strong component), 1 when a ranking is proven optimal and 0 when it is not, mean skill.
    pub report: *mut f64,
    /// The number of elements in `report`: 9.
    pub report_length: u64,
}

/// Fits scores and a ranking over one whole table of comparisons. The result depends on the problem alone, bit for bit.
///
/// Kind: normal; it runs as long as the fit takes, in the calling thread. Threads: any, also at once.
/// BORROWS `problem`, `outcome`, `control` (nullable), `error` (nullable) and every array in them; blocks of
/// `coterie_memory_allocate` among them are kept alive for the call, even when they are released meanwhile.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`, `COTERIE_CANCELLED`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_pairwise_fit(
    problem: *const PairwiseProblem,
    outcome: *mut PairwiseOutcome,
    control: *mut ControlBlock,
    error: *mut ErrorRecord,
) -> i32 {
    // Outside of the guard, so that a block with the error record in it lives until the message is written.
    let mut blocks = Vec::new();
    let status = guard(error, || {
        check(problem, "problem")?;
        check(outcome, "outcome")?;
        // SAFETY: checked; the caller lends both structs.
        let (given, wanted) = unsafe { (problem.read(), outcome.read()) };
        check_size::<PairwiseProblem>(given.struct_size, "problem")?;
        check_size::<PairwiseOutcome>(wanted.struct_size, "outcome")?;
        let mut ranges = Ranges::default();
        ranges.reads(problem, 1, "problem")?;
        ranges.writes(outcome, 1, "outcome")?;
        if !control.is_null() {
            ranges.writes(control, 1, "control")?;
        }
        if !error.is_null() {
            ranges.writes(error, 1, "error")?;
        }
        // SAFETY: the caller lends every array of the two structs with as many elements as its description says.
        let (problem, arrays) = unsafe { (borrow(&given, &mut ranges)?, Arrays::of(&given, &wanted, &mut ranges)?) };
        blocks = ranges.settle()?;
        let own = Control::default();
        // SAFETY: checked; the layouts are the same, as an assertion in `fit.rs` says.
        let control = if control.is_null() { &own } else { unsafe { &*control.cast::<Control>() } };
        // SAFETY: `settle` found the arrays apart from each other and from everything that is read.
        let summary = fit(&problem, unsafe { arrays.lend() }, control).map_err(|error| {
            let code = match error {
                FitError::Invalid(_) => COTERIE_INVALID_ARGUMENT,
                FitError::OutOfMemory(_) => COTERIE_OUT_OF_MEMORY,
                FitError::Cancelled => COTERIE_CANCELLED,
                FitError::Unsupported(_) => COTERIE_UNSUPPORTED,
            };
            Failure::new(code, error.to_string())
        })?;
        // SAFETY: checked above.
        let outcome = unsafe { &mut *outcome };
        outcome.iterations = summary.iterations as i32;
        outcome.converged = i32::from(summary.converged);
        outcome.objective = summary.objective;
        Ok(())
    });
    drop(blocks);
    status
}

fn method(number: i32) -> Result<Method, Failure> {
    Ok(match number {
        COTERIE_PAIRWISE_BRADLEY_TERRY => Method::BradleyTerry,
        COTERIE_PAIRWISE_NOISY_BRADLEY_TERRY => Method::NoisyBradleyTerry,
        COTERIE_PAIRWISE_ELO => Method::Elo,
        COTERIE_PAIRWISE_WIN_RATE => Method::WinRate,
        COTERIE_PAIRWISE_NEWMAN => Method::Newman,
        COTERIE_PAIRWISE_EIGENVECTOR => Method::Eigenvector,
        COTERIE_PAIRWISE_PAGE_RANK => Method::PageRank,
        COTERIE_PAIRWISE_BORDA => Method::Borda,
        COTERIE_PAIRWISE_COPELAND => Method::Copeland,
        COTERIE_PAIRWISE_KEMENY => Method::Kemeny,
        other => return Err(Failure::invalid(format!("method {other} is unknown; known are 0 to 9"))),
    })
}

/// Checks every number and every array that is read.
///
/// # Safety
///
/// An array that is neither null nor misaligned has as many elements as its description says, for the life of the slices.
unsafe fn borrow<'a>(given: &PairwiseProblem, ranges: &mut Ranges) -> Result<Problem<'a>, Failure> {
    let method = method(given.method)?;
    let items = size(given.items, "items")?;
    let experts = count::<u32>(given.experts, "experts")? as usize;
    let rows = given.comparisons;
    // SAFETY: here and below: checked by `reads`, and lent by the caller.
    let mut problem = unsafe {
        Problem::new(
            method,
            items,
            slice::from_raw_parts(given.left, ranges.reads(given.left, rows, "left")?),
            slice::from_raw_parts(given.right, ranges.reads(given.right, rows, "right")?),
            slice::from_raw_parts(given.outcome, ranges.reads(given.outcome, rows, "outcome")?),
            &[],
        )
    };
    problem.experts = experts;
    problem.max_iterations = count(given.max_iterations, "max_iterations")?;
    problem.tolerance = given.tolerance;
    if given.parameters_length > 0 {
        let length = ranges.reads(given.parameters, given.parameters_length, "parameters")?;
        // SAFETY: as above.
        problem.parameters = unsafe { slice::from_raw_parts(given.parameters, length) };
    }
    if !given.expert.is_null() {
        let length = ranges.reads(given.expert, rows, "expert")?;
        // SAFETY: as above.
        problem.expert = Some(unsafe { slice::from_raw_parts(given.expert, length) });
    }
    if !given.weight.is_null() {
        let length = ranges.reads(given.weight, rows, "weight")?;
        // SAFETY: as above.
        problem.weight = Some(unsafe { slice::from_raw_parts(given.weight, length) });
    }
    Ok(problem)
}

/// The arrays of an outcome, all checked.
struct Arrays {
    wanted: PairwiseOutcome,
    items: usize,
    experts: usize,
}

impl Arrays {
    fn of(given: &PairwiseProblem, wanted: &PairwiseOutcome, ranges: &mut Ranges) -> Result<Self, Failure> {
        let (items, experts) = (given.items as u64, given.experts as u64);
        ranges.writes(wanted.score, items, "score")?;
        ranges.writes(wanted.standard_error, items, "standard_error")?;
        ranges.writes(wanted.rank, items, "rank")?;
        ranges.writes(wanted.component, items, "component")?;
        ranges.writes(wanted.strong_component, items, "strong_component")?;
        if experts > 0 {
            ranges.writes(wanted.skill, experts, "skill")?;
            ranges.writes(wanted.bias, experts, "bias")?;
        }
        if wanted.report_length != REPORT_LENGTH as u64 {
            let length = wanted.report_length;
            return Err(Failure::invalid(format!("report_length is {length}, not {REPORT_LENGTH}")));
        }
        ranges.writes(wanted.report, wanted.report_length, "report")?;
        Ok(Self { wanted: *wanted, items: items as usize, experts: experts as usize })
    }

    /// The arrays as slices.
    ///
    /// # Safety
    ///
    /// All of them are whole and apart from everything else that is in use, for the life of the slices.
    unsafe fn lend<'a>(&self) -> Outcome<'a> {
        let Self { wanted, items, experts } = *self;
        // SAFETY: passed on to the caller; without experts no pointer is looked at.
        unsafe {
            let of_experts =
                |start| if experts > 0 { slice::from_raw_parts_mut(start, experts) } else { Default::default() };
            Outcome {
                score: slice::from_raw_parts_mut(wanted.score, items),
                error: slice::from_raw_parts_mut(wanted.standard_error, items),
                rank: slice::from_raw_parts_mut(wanted.rank, items),
                component: slice::from_raw_parts_mut(wanted.component, items),
                strong: slice::from_raw_parts_mut(wanted.strong_component, items),
                skill: of_experts(wanted.skill),
                bias: of_experts(wanted.bias),
                report: slice::from_raw_parts_mut(wanted.report, REPORT_LENGTH),
            }
        }
    }
}
