//! Consensus and similarities of written answers.

use std::slice;

use super::error::ErrorRecord;
use super::fit::{ControlBlock, check_size, count, failure, size};
use super::guard::{check, check_array, guard};
use super::ranges::Ranges;
use super::status::Failure;
use crate::consensus::Control;
use crate::kernels::Kernels;
use crate::text::{
    Clustering, Columns, Confidence, Options, Outcome, Pair, Similarity, Theme, consensus, pairs, similarities,
};

/// `similarity` and `choice`: the cosine of the sets of tokens.
pub const COTERIE_TEXT_SET_COSINE: i32 = 0;
/// `similarity` and `choice`: the cosine of the vectors of tf-idf.
pub const COTERIE_TEXT_TFIDF_COSINE: i32 = 1;
/// `similarity` and `choice`: the share of common tokens in all of both.
pub const COTERIE_TEXT_JACCARD: i32 = 2;
/// `similarity` and `choice`: an estimate of it by 128 hashes.
pub const COTERIE_TEXT_MIN_HASH: i32 = 3;
/// `similarity` and `choice`: one minus the relative edit distance of the tokens.
pub const COTERIE_TEXT_WORD_LEVENSHTEIN: i32 = 4;
/// `similarity` and `choice`: one minus the relative edit distance of the symbols.
pub const COTERIE_TEXT_LEVENSHTEIN: i32 = 5;
/// `similarity` and `choice`: the cosine of the embeddings.
pub const COTERIE_TEXT_EMBEDDING_COSINE: i32 = 6;
/// `similarity` and `choice`: Dice's coefficient of the bags of three symbols in a row.
pub const COTERIE_TEXT_TRIGRAM_DICE: i32 = 7;
/// `similarity` and `choice`: the square root of one minus the edit distance of the tokens, relative to both lengths.
pub const COTERIE_TEXT_WORD_ALIGNMENT: i32 = 8;

/// `clustering`: connected components of the pairs above the threshold.
pub const COTERIE_TEXT_COMPONENTS: i32 = 0;
/// `clustering`: every pair of a cluster is above the threshold; up to 16384 rows a task.
pub const COTERIE_TEXT_COMPLETE_LINK: i32 = 1;
/// `clustering`: DBSCAN.
pub const COTERIE_TEXT_DENSITY: i32 = 2;
/// `clustering`: about the chosen text, then about the best text that is left.
pub const COTERIE_TEXT_LEADER: i32 = 3;

/// `confidence_rule`: from the clusters of the task alone.
pub const COTERIE_TEXT_CONFIDENCE_ALONE: i32 = 0;
/// `confidence_rule`: from all tasks, with the accuracy of each expert.
pub const COTERIE_TEXT_CONFIDENCE_POOLED: i32 = 1;

/// Texts as tokens, their rows in the canonical order of `docs/text.md`, and what is done with them. Everything in it is
/// borrowed for the call.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TextProblem {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// How texts are compared to form clusters, and by the functions of similarities: one of the nine first `COTERIE_TEXT_`.
    pub similarity: i32,
    /// The task of each row, `rows` elements in `0..tasks` that never fall.
    pub task: *const i32,
    /// The expert of each row, `rows` elements in `0..experts`.
    pub expert: *const i32,
    /// The confidence of each row, `rows` elements in [0, 1]; NULL when all are 1.
    pub confidence: *const f64,
    /// The number of rows, at least 1.
    pub rows: u64,
    /// Where each row's tokens begin, `rows + 1` elements from 0 to `tokens`.
    pub token_offset: *const i64,
    /// The token ids of all rows; NULL when there are none.
    pub token: *const i32,
    /// The number of tokens.
    pub tokens: u64,
    /// How many token ids each task has, `tasks` elements: at least the stop words.
    pub vocabulary: *const i32,
    /// Where each row's symbols begin, `rows + 1` elements from 0 to `symbols`; NULL where no kind compares symbols.
    pub symbol_offset: *const i64,
    /// The symbols of all rows; NULL when there are none.
    pub symbol: *const i32,
    /// The number of symbols.
    pub symbols: u64,
    /// The vectors of all rows, `rows * dimension` elements, finite; NULL where no kind compares vectors.
    pub embedding: *const f32,
    /// The number of components of a vector, 0 without vectors.
    pub dimension: i32,
    /// The number of tasks, at least 1.
    pub tasks: i32,
    /// The number of experts, at least 1.
    pub experts: i32,
    /// How texts are compared to choose one: as `similarity`.
    pub choice: i32,
    /// `COTERIE_TEXT_COMPONENTS`, `_COMPLETE_LINK`, `_DENSITY` or `_LEADER`.
    pub clustering: i32,
    /// How many texts near each other, itself among them, make a core of `COTERIE_TEXT_DENSITY`; at least 1.
    pub min_points: i32,
    /// One of `COTERIE_TEXT_CONFIDENCE_`.
    pub confidence_rule: i32,
    /// The most themes of a task, up to 1000.
    pub themes: i32,
    /// The most threads, 0 for one on every processor.
    pub threads: i32,
    /// Always 0.
    pub reserved: i32,
    /// From which similarity on two texts are near, in [-1, 1].
    pub threshold: f64,
}

/// What the texts of a winning cluster share: a run of tokens.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TextTheme {
    /// The row that has it first.
    pub row: i32,
    /// Its first token there.
    pub place: i32,
    /// How many tokens it has.
    pub length: i32,
    /// How many rows of the winning cluster have it.
    pub inside: i32,
    /// How many other rows of the task have it.
    pub outside: i32,
    /// Always 0.
    pub reserved: i32,
    /// The share inside minus the share outside.
    pub score: f64,
}

/// Where a text consensus writes its result. All arrays are borrowed for the call and must not overlap: untouched when the
/// problem is refused, unspecified after another failure.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TextOutcome {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// Always 0.
    pub reserved: i32,
    /// The chosen row of each task, -1 without rows, `tasks` elements.
    pub chosen: *mut i32,
    /// How sure that is, `tasks` elements.
    pub confidence: *mut f64,
    /// The winning cluster's share of the votes, `tasks` elements.
    pub support: *mut f64,
    /// The number of clusters of each task, `tasks` elements.
    pub clusters: *mut i32,
    /// The cluster of each row, 0 for the winning one of its task, `rows` elements.
    pub cluster: *mut i32,
    /// The row that stands for each row's cluster, `rows` elements.
    pub medoid: *mut i32,
    /// The centrality of each row, `rows` elements.
    pub centrality: *mut f64,
    /// The weight of each row, `rows` elements.
    pub weight: *mut f64,
    /// The skill of each expert or NaN, `experts` elements.
    pub skill: *mut f64,
    /// The themes of each task, `tasks * themes` elements; NULL when `themes` is 0.
    pub theme: *mut TextTheme,
    /// How many of its places for themes each task uses, `tasks` elements.
    pub theme_count: *mut i32,
}

/// Where the pairs above the threshold go. The arrays are borrowed for the call and must not overlap.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TextPairs {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// Always 0.
    pub reserved: i32,
    /// The first row of each pair, numbered from 0 in the task, `capacity` elements; NULL when that is 0.
    pub first: *mut i32,
    /// The second row of each pair, after the first; as `first`.
    pub second: *mut i32,
    /// The similarity of each pair; as `first`.
    pub similarity: *mut f64,
    /// How many pairs the arrays hold.
    pub capacity: u64,
    /// How many pairs there are; the arrays have the first `capacity` of them. Written only on `COTERIE_OK`.
    pub count: u64,
}

/// Writes the similarities of every two rows of one task to `out`, `[row][row]`. Of the problem it takes the columns,
/// `similarity` and `threads`; the rest is not looked at. The control counts the rows that are done.
///
/// Kind: normal; it runs as long as that takes, and its threads have ended when it returns. Threads: any, also at once.
/// BORROWS `problem`, `out`, `control` (nullable), `error` (nullable) and every array of the problem; blocks of
/// `coterie_memory_allocate` among them are kept alive for the call. `out` is untouched when the arguments are refused,
/// and unspecified after another failure.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`, `COTERIE_CANCELLED`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says; `out` to `out_length`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_text_similarities(
    problem: *const TextProblem,
    task: i32,
    out: *mut f64,
    out_length: u64,
    control: *mut ControlBlock,
    error: *mut ErrorRecord,
) -> i32 {
    // Outside of the guard, so that a block with the error record in it lives until the message is written; so below.
    let mut blocks = Vec::new();
    let status = guard(error, || {
        check(problem, "problem")?;
        let length = check_array(out, out_length, "out")?;
        let mut ranges = Ranges::default();
        // SAFETY: the caller lends the struct and every array of it.
        let (given, columns) = unsafe { begin(problem, control, error, &mut ranges)? };
        ranges.writes(out, out_length, "out")?;
        blocks = ranges.settle()?;
        let (kind, threads) = (kind(given.similarity, "similarity")?, count(given.threads, "threads")?);
        let task = count(task, "task")?;
        // SAFETY: `settle` found the array apart from everything that is read.
        let out = unsafe { slice::from_raw_parts_mut(out, length) };
        let own = Control::default();
        // SAFETY: `begin` checked it.
        let control = unsafe { borrow_control(control, &own) };
        similarities(Kernels::current(), &columns, kind, task, threads, out, control).map_err(failure)
    });
    drop(blocks);
    status
}

/// Finds the pairs of rows of one task that are at least as similar as the problem's threshold, ascending by first and
/// second row. Memory is in proportion to the rows. Of the problem it takes the columns, `similarity`, `threshold` and
/// `threads`; the rest is not looked at. The control counts the rows that are done.
///
/// Kind: normal, as `coterie_text_similarities`. Threads: any, also at once.
/// BORROWS `problem`, `found`, `control` (nullable), `error` (nullable) and every array in them; blocks of
/// `coterie_memory_allocate` among them are kept alive for the call.
/// Returns `COTERIE_OK`, also when there are more pairs than places, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`,
/// `COTERIE_CANCELLED`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_text_pairs(
    problem: *const TextProblem,
    task: i32,
    found: *mut TextPairs,
    control: *mut ControlBlock,
    error: *mut ErrorRecord,
) -> i32 {
    let mut blocks = Vec::new();
    let status = guard(error, || {
        check(problem, "problem")?;
        check(found, "found")?;
        let mut ranges = Ranges::default();
        // SAFETY: the caller lends the struct and every array of it.
        let (given, columns) = unsafe { begin(problem, control, error, &mut ranges)? };
        // SAFETY: checked; the caller lends the struct.
        let wanted = unsafe { found.read() };
        check_size::<TextPairs>(wanted.struct_size, "found")?;
        ranges.writes(found, 1, "found")?;
        let first = written(wanted.first, wanted.capacity, "first", &mut ranges)?;
        let second = written(wanted.second, wanted.capacity, "second", &mut ranges)?;
        let similarity = written(wanted.similarity, wanted.capacity, "similarity", &mut ranges)?;
        blocks = ranges.settle()?;
        let options = Options {
            similarity: kind(given.similarity, "similarity")?,
            threshold: given.threshold,
            threads: count(given.threads, "threads")?,
            ..Options::default()
        };
        let task = count(task, "task")?;
        // SAFETY: `settle` found the arrays apart from each other and from everything that is read.
        let (first, second, similarity) = unsafe { (lend(first), lend(second), lend(similarity)) };
        let own = Control::default();
        // SAFETY: `begin` checked it.
        let control = unsafe { borrow_control(control, &own) };
        let mut number = 0;
        let visit = |pair: Pair| {
            if let Some(place) = first.get_mut(number) {
                (*place, second[number], similarity[number]) = (pair.first, pair.second, pair.similarity);
            }
            number += 1;
        };
        pairs(Kernels::current(), &columns, task, &options, control, visit).map_err(failure)?;
        // SAFETY: checked above.
        unsafe { (*found).count = number as u64 };
        Ok(())
    });
    drop(blocks);
    status
}

/// Finds the consensus of every task. The result depends on the problem alone, bit for bit: not on the number of threads.
/// The control counts the tasks that are done.
///
/// Kind: normal; it runs as long as that takes, and its threads have ended when it returns. Threads: any, also at once.
/// BORROWS `problem`, `outcome`, `control` (nullable), `error` (nullable) and every array in them; blocks of
/// `coterie_memory_allocate` among them are kept alive for the call, even when they are released meanwhile.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`, `COTERIE_CANCELLED`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_text_consensus(
    problem: *const TextProblem,
    outcome: *mut TextOutcome,
    control: *mut ControlBlock,
    error: *mut ErrorRecord,
) -> i32 {
    let mut blocks = Vec::new();
    let status = guard(error, || {
        check(problem, "problem")?;
        check(outcome, "outcome")?;
        let mut ranges = Ranges::default();
        // SAFETY: the caller lends the struct and every array of it.
        let (given, columns) = unsafe { begin(problem, control, error, &mut ranges)? };
        // SAFETY: checked; the caller lends the struct.
        let wanted = unsafe { outcome.read() };
        check_size::<TextOutcome>(wanted.struct_size, "outcome")?;
        ranges.reads(outcome, 1, "outcome")?;
        let options = options(&given)?;
        let arrays = Arrays::of(&given, &wanted, &options, &mut ranges)?;
        blocks = ranges.settle()?;
        let own = Control::default();
        // SAFETY: `begin` checked the control; `settle` found the arrays apart from each other and from everything that is
        // read.
        let (control, outcome) = unsafe { (borrow_control(control, &own), arrays.lend()) };
        consensus(Kernels::current(), &columns, &options, outcome, control).map_err(failure)
    });
    drop(blocks);
    status
}

/// Reads a problem, checks its arrays and notes their ranges.
///
/// # Safety
///
/// The problem is neither null nor misaligned, and an array of it that is neither has as many elements as its description
/// says, for the life of the slices.
unsafe fn begin<'a>(
    problem: *const TextProblem,
    control: *mut ControlBlock,
    error: *mut ErrorRecord,
    ranges: &mut Ranges,
) -> Result<(TextProblem, Columns<'a>), Failure> {
    // SAFETY: passed on to the caller.
    let given = unsafe { problem.read() };
    check_size::<TextProblem>(given.struct_size, "problem")?;
    ranges.reads(problem, 1, "problem")?;
    if !control.is_null() {
        ranges.writes(control, 1, "control")?;
    }
    if !error.is_null() {
        ranges.writes(error, 1, "error")?;
    }
    let (tasks, experts) = (size(given.tasks, "tasks")?, size(given.experts, "experts")?);
    let dimension: usize = count(given.dimension, "dimension")?;
    let offsets = given.rows.checked_add(1).ok_or_else(|| Failure::invalid("rows is more than memory can hold"))?;
    let components = given.rows.checked_mul(dimension as u64);
    let components = components.ok_or_else(|| Failure::invalid("embedding is more than memory can hold"))?;
    let with_symbols = if given.symbol_offset.is_null() { 0 } else { offsets };
    let with_vectors = if given.embedding.is_null() { 0 } else { components };
    let confidences = if given.confidence.is_null() { 0 } else { given.rows };
    // SAFETY: passed on to the caller, for each array.
    let columns = unsafe {
        Columns {
            task: read(given.task, given.rows, "task", ranges)?,
            expert: read(given.expert, given.rows, "expert", ranges)?,
            confidence: Some(read(given.confidence, confidences, "confidence", ranges)?).filter(|all| !all.is_empty()),
            token_offset: read(given.token_offset, offsets, "token_offset", ranges)?,
            token: read(given.token, given.tokens, "token", ranges)?,
            vocabulary: read(given.vocabulary, tasks as u64, "vocabulary", ranges)?,
            symbol_offset: read(given.symbol_offset, with_symbols, "symbol_offset", ranges)?,
            symbol: read(given.symbol, given.symbols, "symbol", ranges)?,
            embedding: read(given.embedding, with_vectors, "embedding", ranges)?,
            dimension,
            tasks,
            experts,
        }
    };
    Ok((given, columns))
}

/// An array, which may be NULL when it has no elements.
///
/// # Safety
///
/// When it is neither null nor misaligned it has `length` elements, for the life of the slice.
unsafe fn read<'a, T>(
    start: *const T,
    length: u64,
    name: &'static str,
    ranges: &mut Ranges,
) -> Result<&'a [T], Failure> {
    if length == 0 {
        return Ok(&[]);
    }
    let length = ranges.reads(start, length, name)?;
    // SAFETY: checked by `reads`, and lent by the caller.
    Ok(unsafe { slice::from_raw_parts(start, length) })
}

/// A checked array that is written, and how many elements it has.
type Written<T> = (*mut T, usize);

fn written<T>(start: *mut T, length: u64, name: &'static str, ranges: &mut Ranges) -> Result<Written<T>, Failure> {
    if length == 0 {
        return Ok((std::ptr::NonNull::dangling().as_ptr(), 0));
    }
    Ok((start, ranges.writes(start, length, name)?))
}

/// # Safety
///
/// The array is lent, and nothing else reads or writes it.
unsafe fn lend<'a, T>((start, length): Written<T>) -> &'a mut [T] {
    // SAFETY: passed on to the caller; one without elements dangles, aligned.
    unsafe { slice::from_raw_parts_mut(start, length) }
}

/// # Safety
///
/// The control is null, or lent and checked.
pub(super) unsafe fn borrow_control(control: *mut ControlBlock, own: &Control) -> &Control {
    // SAFETY: the layouts are the same, as `fit` asserts; the rest is passed on to the caller.
    if control.is_null() { own } else { unsafe { &*control.cast::<Control>() } }
}

pub(super) fn kind(number: i32, name: &str) -> Result<Similarity, Failure> {
    let known = usize::try_from(number).ok().and_then(|number| Similarity::ALL.get(number).copied());
    let last = Similarity::ALL.len() - 1;
    known.ok_or_else(|| Failure::invalid(format!("{name} {number} is unknown; known are 0 to {last}")))
}

pub(super) fn clustering(number: i32, min_points: i32) -> Result<Clustering, Failure> {
    Ok(match number {
        COTERIE_TEXT_COMPONENTS => Clustering::Components,
        COTERIE_TEXT_COMPLETE_LINK => Clustering::CompleteLink,
        COTERIE_TEXT_DENSITY => Clustering::Density { min_points: size(min_points, "min_points")? },
        COTERIE_TEXT_LEADER => Clustering::Leader,
        other => return Err(Failure::invalid(format!("clustering {other} is unknown; known are 0 to 3"))),
    })
}

pub(super) fn confidence(number: i32) -> Result<Confidence, Failure> {
    match number {
        COTERIE_TEXT_CONFIDENCE_ALONE => Ok(Confidence::Alone),
        COTERIE_TEXT_CONFIDENCE_POOLED => Ok(Confidence::Pooled),
        other => Err(Failure::invalid(format!("confidence_rule {other} is unknown; known are 0 and 1"))),
    }
}

fn options(given: &TextProblem) -> Result<Options, Failure> {
    Ok(Options {
        similarity: kind(given.similarity, "similarity")?,
        choice: kind(given.choice, "choice")?,
        clustering: clustering(given.clustering, given.min_points)?,
        threshold: given.threshold,
        confidence: confidence(given.confidence_rule)?,
        themes: count(given.themes, "themes")?,
        threads: count(given.threads, "threads")?,
    })
}

/// The arrays of an outcome, checked.
struct Arrays {
    chosen: Written<i32>,
    confidence: Written<f64>,
    support: Written<f64>,
    clusters: Written<i32>,
    cluster: Written<i32>,
    medoid: Written<i32>,
    centrality: Written<f64>,
    weight: Written<f64>,
    skill: Written<f64>,
    theme: Written<TextTheme>,
    theme_count: Written<i32>,
}

impl Arrays {
    fn of(given: &TextProblem, wanted: &TextOutcome, options: &Options, ranges: &mut Ranges) -> Result<Self, Failure> {
        let (tasks, rows, experts) = (given.tasks as u64, given.rows, given.experts as u64);
        let places = tasks.saturating_mul(options.themes as u64);
        Ok(Self {
            chosen: written(wanted.chosen, tasks, "chosen", ranges)?,
            confidence: written(wanted.confidence, tasks, "confidence of the outcome", ranges)?,
            support: written(wanted.support, tasks, "support", ranges)?,
            clusters: written(wanted.clusters, tasks, "clusters", ranges)?,
            cluster: written(wanted.cluster, rows, "cluster", ranges)?,
            medoid: written(wanted.medoid, rows, "medoid", ranges)?,
            centrality: written(wanted.centrality, rows, "centrality", ranges)?,
            weight: written(wanted.weight, rows, "weight", ranges)?,
            skill: written(wanted.skill, experts, "skill", ranges)?,
            theme: written(wanted.theme, places, "theme", ranges)?,
            theme_count: written(wanted.theme_count, tasks, "theme_count", ranges)?,
        })
    }

    /// # Safety
    ///
    /// Every array is lent, and apart from each other and from everything that is read.
    unsafe fn lend<'a>(self) -> Outcome<'a> {
        let (theme, places) = self.theme;
        // SAFETY: passed on to the caller; the two structs of a theme have one layout, as asserted below.
        unsafe {
            Outcome {
                chosen: lend(self.chosen),
                confidence: lend(self.confidence),
                support: lend(self.support),
                clusters: lend(self.clusters),
                cluster: lend(self.cluster),
                medoid: lend(self.medoid),
                centrality: lend(self.centrality),
                weight: lend(self.weight),
                skill: lend(self.skill),
                theme: lend((theme.cast::<Theme>(), places)),
                theme_count: lend(self.theme_count),
            }
        }
    }
}

const _: () = assert!(size_of::<Theme>() == size_of::<TextTheme>() && align_of::<Theme>() == align_of::<TextTheme>());
const _: () = assert!(std::mem::offset_of!(Theme, score) == std::mem::offset_of!(TextTheme, score));
