//! What the kernels read: a table's answers grouped by task.

/// Answers in task order. The fields are private because the kernels index by them without a check.
#[derive(Clone, Copy)]
pub(crate) struct Answers<'a> {
    offsets: &'a [usize],
    experts: usize,
    labels: usize,
    columns: Columns<'a>,
    weights: Weights<'a>,
}

/// Who said what.
#[derive(Clone, Copy)]
pub(crate) enum Columns<'a> {
    /// `expert * labels + label` of each answer.
    Rows(&'a [u32]),
    /// The expert and the label of each answer.
    Pairs(&'a [u32], &'a [u32]),
}

/// The weight of each answer.
#[derive(Clone, Copy)]
pub(crate) enum Weights<'a> {
    /// All are 1.
    Unit,
    /// As the table stores them.
    Single(&'a [f32]),
    /// Products of weights.
    Double(&'a [f64]),
}

impl<'a> Answers<'a> {
    /// A view of checked columns.
    ///
    /// # Safety
    ///
    /// `offsets` never falls and ends within every column; every index in the columns is inside of `experts` and `labels`.
    pub(crate) unsafe fn new(
        offsets: &'a [usize],
        experts: usize,
        labels: usize,
        columns: Columns<'a>,
        weights: Weights<'a>,
    ) -> Self {
        Self { offsets, experts, labels, columns, weights }
    }

    pub(crate) fn offsets(&self) -> &'a [usize] {
        self.offsets
    }

    pub(crate) fn experts(&self) -> usize {
        self.experts
    }

    pub(crate) fn labels(&self) -> usize {
        self.labels
    }

    pub(crate) fn columns(&self) -> Columns<'a> {
        self.columns
    }

    pub(crate) fn weights(&self) -> Weights<'a> {
        self.weights
    }
}

/// A weight as the kernels apply it.
pub(super) trait Weigh: Copy {
    /// Whether all weights are 1.
    const UNIT: bool = false;

    /// The weight of answer `i` times `x`.
    ///
    /// # Safety
    ///
    /// `i` is an answer of the table.
    unsafe fn times(self, i: usize, x: f64) -> f64;
}

#[derive(Clone, Copy)]
pub(super) struct Unit;

impl Weigh for Unit {
    const UNIT: bool = true;

    #[inline(always)]
    unsafe fn times(self, _: usize, x: f64) -> f64 {
        x
    }
}

impl Weigh for &[f32] {
    #[inline(always)]
    unsafe fn times(self, i: usize, x: f64) -> f64 {
        // SAFETY: passed on to the caller.
        f64::from(unsafe { *self.get_unchecked(i) }) * x
    }
}

impl Weigh for &[f64] {
    #[inline(always)]
    unsafe fn times(self, i: usize, x: f64) -> f64 {
        // SAFETY: passed on to the caller.
        unsafe { *self.get_unchecked(i) * x }
    }
}

/// The tasks of one span, with the part of the posterior that is theirs.
pub(crate) struct Span<'a> {
    /// The first task.
    pub(crate) first: usize,
    /// `[task][label]`, from the first task on.
    pub(crate) posterior: &'a mut [f64],
    /// The known label of every task of the table or -1, where labels are known.
    pub(crate) gold: Option<&'a [i32]>,
}

impl Span<'_> {
    /// The known label of a task.
    #[inline(always)]
    pub(super) fn gold(&self, task: usize) -> Option<usize> {
        self.gold.and_then(|gold| usize::try_from(gold[task]).ok())
    }
}
