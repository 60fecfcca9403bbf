//! A table from strings: the rows in canonical order, tokenised.

use super::characters::symbols;
use super::problem::{Columns, refuse};
use super::stop_words::STOP_WORDS;
use super::tokens::Tokeniser;
use super::words::Words;
use crate::consensus::{FitError, Repeats, empty, filled};

/// One answer as it is given.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its task; tasks and experts are numbered in the order of their names, so that the order of the input cannot show.
    pub task: i32,
    /// Its expert.
    pub expert: i32,
    /// Its text, UTF-8; other bytes are read as U+FFFD.
    pub text: &'a [u8],
    /// How sure the expert is, in [0, 1].
    pub confidence: f64,
}

/// Rows in canonical order, with their tokens. It keeps the texts' tokens, not the texts.
#[derive(Clone, Debug)]
pub struct Table {
    order: Vec<u32>,
    task: Vec<i32>,
    expert: Vec<i32>,
    confidence: Vec<f64>,
    token_offset: Vec<i64>,
    token: Vec<i32>,
    vocabulary: Vec<i32>,
    symbol_offset: Vec<i64>,
    symbol: Vec<i32>,
    tasks: usize,
    experts: usize,
}

impl Table {
    /// Sorts and tokenises rows of `tasks` tasks and `experts` experts. Symbols are found where they are wanted.
    ///
    /// # Errors
    ///
    /// [`FitError::Invalid`] for a task or an expert outside of its range, a confidence outside of [0, 1], and a text of more
    /// than 2^29 bytes; [`FitError::OutOfMemory`].
    pub fn build(
        rows: &[Row<'_>],
        tasks: usize,
        experts: usize,
        repeats: Repeats,
        with_symbols: bool,
    ) -> Result<Self, FitError> {
        check(rows, tasks, experts)?;
        let order = order(rows, repeats)?;
        let count = order.len();
        let mut table = Self {
            task: empty(count)?,
            expert: empty(count)?,
            confidence: empty(count)?,
            token_offset: empty(count + 1)?,
            token: Vec::new(),
            vocabulary: filled(tasks)?,
            symbol_offset: Vec::new(),
            symbol: Vec::new(),
            order,
            tasks,
            experts,
        };
        table.vocabulary.fill(STOP_WORDS.len() as i32);
        table.tokenise(rows)?;
        if with_symbols {
            table.find_symbols(rows)?;
        }
        Ok(table)
    }

    fn tokenise(&mut self, rows: &[Row<'_>]) -> Result<(), FitError> {
        let (mut tokeniser, mut words) = (Tokeniser::default(), Words::new()?);
        self.token_offset.push(0);
        // About as many tokens as texts of words have; an array that grows is moved.
        let bytes: usize = self.order.iter().map(|&place| rows[place as usize].text.len()).sum();
        self.token = empty(bytes / 5)?;
        for &place in &self.order {
            let row = &rows[place as usize];
            if self.task.last().is_some_and(|&before| before != row.task) {
                words.clear()?;
            }
            tokeniser.tokens(row.text, &mut words, &mut self.token).map_err(|error| match error {
                FitError::Invalid(text) => FitError::Invalid(format!("row {place}: {text}")),
                other => other,
            })?;
            self.task.push(row.task);
            self.expert.push(row.expert);
            self.confidence.push(row.confidence);
            self.token_offset.push(self.token.len() as i64);
            self.vocabulary[row.task as usize] = words.known() as i32;
        }
        Ok(())
    }

    fn find_symbols(&mut self, rows: &[Row<'_>]) -> Result<(), FitError> {
        self.symbol_offset = empty(self.order.len() + 1)?;
        self.symbol_offset.push(0);
        for &place in &self.order {
            let text = rows[place as usize].text;
            self.symbol
                .try_reserve(text.len())
                .map_err(|_| FitError::OutOfMemory(format!("no memory for {} symbols", text.len())))?;
            symbols(text, |symbol| self.symbol.push(symbol));
            self.symbol_offset.push(self.symbol.len() as i64);
        }
        Ok(())
    }

    /// The row of the input for each row of the table.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// What the engine reads.
    #[must_use]
    pub fn columns(&self) -> Columns<'_> {
        Columns {
            task: &self.task,
            expert: &self.expert,
            confidence: Some(&self.confidence),
            token_offset: &self.token_offset,
            token: &self.token,
            vocabulary: &self.vocabulary,
            symbol_offset: &self.symbol_offset,
            symbol: &self.symbol,
            embedding: &[],
            dimension: 0,
            tasks: self.tasks,
            experts: self.experts,
        }
    }
}

fn check(rows: &[Row<'_>], tasks: usize, experts: usize) -> Result<(), FitError> {
    for (name, size) in [("tasks", tasks), ("experts", experts), ("rows", rows.len())] {
        if size == 0 || size > i32::MAX as usize {
            return refuse(format!("{name} is {size}, not in 1..={}", i32::MAX));
        }
    }
    for (place, row) in rows.iter().enumerate() {
        for (name, index, size) in [("task", row.task, tasks), ("expert", row.expert, experts)] {
            if index as u32 as usize >= size {
                return refuse(format!("row {place}: {name} {index} is outside 0..{size}"));
            }
        }
        if !(0.0..=1.0).contains(&row.confidence) {
            return refuse(format!("row {place}: confidence {} is not between 0 and 1", row.confidence));
        }
    }
    Ok(())
}

/// The rows that count, in canonical order.
fn order(rows: &[Row<'_>], repeats: Repeats) -> Result<Vec<u32>, FitError> {
    let mut order: Vec<u32> = empty(rows.len())?;
    order.extend(0..rows.len() as u32);
    if repeats == Repeats::LastWins {
        order.sort_unstable_by_key(|&place| {
            let row = &rows[place as usize];
            (row.task, row.expert, std::cmp::Reverse(place))
        });
        order.dedup_by_key(|place| (rows[*place as usize].task, rows[*place as usize].expert));
    }
    order.sort_unstable_by(|&a, &b| {
        let (x, y) = (&rows[a as usize], &rows[b as usize]);
        let texts = || x.text.cmp(y.text).then(y.confidence.total_cmp(&x.confidence));
        x.task.cmp(&y.task).then_with(texts).then(x.expert.cmp(&y.expert)).then(a.cmp(&b))
    });
    Ok(order)
}
