//! What to aggregate and where the result goes, with every check that a table must pass.

use crate::consensus::FitError;

/// A table of sequences, in the order in which they were given.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// The number of tasks, at least 1.
    pub tasks: usize,
    /// The number of experts, at least 1.
    pub experts: usize,
    /// The task of each row, in `0..tasks`.
    pub task: &'a [i32],
    /// The expert of each row, in `0..experts`.
    pub expert: &'a [i32],
    /// The size of the vocabulary, at least 1. Numbers of words ascend with the number of their code points, then with
    /// the code points themselves; 0 is the empty word, whether it occurs or not.
    pub words: usize,
    /// How many words each row has.
    pub length: &'a [i32],
    /// The words of all rows one after another, in `0..words`.
    pub word: &'a [i32],
}

/// A table and the options of ROVER.
#[derive(Clone, Copy, Debug)]
pub struct RoverProblem<'a> {
    /// The table.
    pub rows: Rows<'a>,
    /// The confidence of each row, in 0 to 1, where reliability is asked for; `None` when all are 1.
    pub confidence: Option<&'a [f64]>,
    /// Whether the network is built around the text that is most similar to all others and votes are weighed by how far
    /// other experts agree with a row's expert in other tasks; otherwise rows vote alike, in the order of the table.
    pub reliability: bool,
}

/// The arrays that [`super::rover`] writes.
#[derive(Debug)]
pub struct RoverOutcome<'a> {
    /// How many words each task's sequence has.
    pub length: &'a mut [i32],
    /// The words of all tasks' sequences one after another; as many elements as the table has words, of which the sum of
    /// the lengths is written.
    pub word: &'a mut [i32],
    /// The share of the weight that each of these words has in its place.
    pub share: &'a mut [f64],
    /// The row that each task's network begins with, -1 for a task without rows.
    pub backbone: &'a mut [i32],
    /// The weight of each row.
    pub weight: &'a mut [f64],
    /// The skill of each expert, NaN without reliability.
    pub skill: &'a mut [f64],
}

/// An outcome that owns its arrays.
#[derive(Clone, Debug)]
pub struct RoverSolution {
    /// See [`RoverOutcome::length`].
    pub length: Vec<i32>,
    /// See [`RoverOutcome::word`].
    pub word: Vec<i32>,
    /// See [`RoverOutcome::share`].
    pub share: Vec<f64>,
    /// See [`RoverOutcome::backbone`].
    pub backbone: Vec<i32>,
    /// See [`RoverOutcome::weight`].
    pub weight: Vec<f64>,
    /// See [`RoverOutcome::skill`].
    pub skill: Vec<f64>,
}

pub(super) fn refuse<T>(text: String) -> Result<T, FitError> {
    Err(FitError::Invalid(text))
}

impl RoverSolution {
    /// Room for a problem's result.
    #[must_use]
    pub fn new(problem: &RoverProblem<'_>) -> Self {
        let rows = &problem.rows;
        Self {
            length: vec![0; rows.tasks],
            word: vec![0; rows.word.len()],
            share: vec![0.0; rows.word.len()],
            backbone: vec![-1; rows.tasks],
            weight: vec![0.0; rows.task.len()],
            skill: vec![f64::NAN; rows.experts],
        }
    }

    /// The arrays to write.
    pub fn outcome(&mut self) -> RoverOutcome<'_> {
        RoverOutcome {
            length: &mut self.length,
            word: &mut self.word,
            share: &mut self.share,
            backbone: &mut self.backbone,
            weight: &mut self.weight,
            skill: &mut self.skill,
        }
    }

    /// The words of a task's sequence.
    #[must_use]
    pub fn words_of(&self, task: usize) -> &[i32] {
        let from = self.length[..task].iter().map(|&length| length as usize).sum::<usize>();
        &self.word[from..from + self.length[task] as usize]
    }
}

impl Rows<'_> {
    pub(super) fn check(&self) -> Result<(), FitError> {
        for (name, size) in [("tasks", self.tasks), ("experts", self.experts), ("words", self.words)] {
            if size == 0 || size > i32::MAX as usize {
                return refuse(format!("{name} is {size}, not in 1..={}", i32::MAX));
            }
        }
        let size = self.task.len();
        if size == 0 {
            return refuse("the table has no rows".to_owned());
        }
        if size > i32::MAX as usize {
            return refuse(format!("{size} rows are more than {}", i32::MAX));
        }
        if self.expert.len() != size || self.length.len() != size {
            return refuse("the columns of the table differ in length".to_owned());
        }
        for (name, column, most) in [("task", self.task, self.tasks), ("expert", self.expert, self.experts)] {
            if let Some(row) = column.iter().position(|&index| index as u32 as usize >= most) {
                return refuse(format!("row {row}: {name} {} is outside 0..{most}", column[row]));
            }
        }
        self.check_words()
    }

    fn check_words(&self) -> Result<(), FitError> {
        let mut from = 0;
        for (row, &length) in self.length.iter().enumerate() {
            if length < 0 || length as usize > self.word.len() - from {
                let rest = self.word.len() - from;
                return refuse(format!("row {row}: its length is {length}, but {rest} words are left"));
            }
            let words = &self.word[from..from + length as usize];
            if let Some(place) = words.iter().position(|&word| word as u32 as usize >= self.words) {
                return refuse(format!("row {row}: word {place} is {}, outside 0..{}", words[place], self.words));
            }
            from += length as usize;
        }
        if from != self.word.len() {
            return refuse(format!("the rows have {from} words, but {} are given", self.word.len()));
        }
        Ok(())
    }
}

impl RoverProblem<'_> {
    pub(super) fn check(&self) -> Result<(), FitError> {
        self.rows.check()?;
        let Some(confidence) = self.confidence else { return Ok(()) };
        if confidence.len() != self.rows.task.len() {
            return refuse("the columns of the table differ in length".to_owned());
        }
        match confidence.iter().position(|confidence| !(0.0..=1.0).contains(confidence)) {
            None => Ok(()),
            Some(row) => refuse(format!("row {row}: confidence {} is not in 0 to 1", confidence[row])),
        }
    }
}

impl RoverOutcome<'_> {
    pub(super) fn check(&self, rows: &Rows<'_>) -> Result<(), FitError> {
        let sizes = [
            ("length", self.length.len(), rows.tasks),
            ("word", self.word.len(), rows.word.len()),
            ("share", self.share.len(), rows.word.len()),
            ("backbone", self.backbone.len(), rows.tasks),
            ("weight", self.weight.len(), rows.task.len()),
            ("skill", self.skill.len(), rows.experts),
        ];
        match sizes.into_iter().find(|(_, found, expected)| found != expected) {
            None => Ok(()),
            Some((name, found, expected)) => refuse(format!("{name} has {found} elements, not {expected}")),
        }
    }
}
