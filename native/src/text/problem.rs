//! What a text consensus takes and gives.

use super::stop_words::STOP_WORDS;
use crate::consensus::FitError;

/// How two texts are compared; `docs/text.md` specifies each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Similarity {
    /// The cosine of the sets of tokens.
    SetCosine,
    /// The cosine of the vectors of tf-idf.
    TfIdfCosine,
    /// The share of common tokens in all of both.
    Jaccard,
    /// An estimate of it by 128 hashes.
    MinHash,
    /// One minus the relative edit distance of the tokens.
    WordLevenshtein,
    /// One minus the relative edit distance of the symbols.
    Levenshtein,
    /// The cosine of given vectors.
    EmbeddingCosine,
    /// Dice's coefficient of the bags of three symbols in a row.
    TrigramDice,
    /// The square root of one minus the edit distance of the tokens, relative to both lengths.
    WordAlignment,
}

impl Similarity {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 9] = [
        Self::SetCosine,
        Self::TfIdfCosine,
        Self::Jaccard,
        Self::MinHash,
        Self::WordLevenshtein,
        Self::Levenshtein,
        Self::EmbeddingCosine,
        Self::TrigramDice,
        Self::WordAlignment,
    ];

    /// Whether it compares symbols.
    #[must_use]
    pub fn reads_symbols(self) -> bool {
        matches!(self, Self::Levenshtein | Self::TrigramDice)
    }
}

/// How texts that are similar form clusters; `docs/text.md` specifies each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clustering {
    /// Connected components of the pairs above the threshold.
    Components,
    /// Every pair of a cluster is above the threshold.
    CompleteLink,
    /// DBSCAN: a core has at least `min_points` texts near, itself among them.
    Density {
        /// At least 1.
        min_points: usize,
    },
    /// About the chosen text, then about the best text that is left.
    Leader,
}

/// How sure a choice is; `docs/text.md` specifies each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// From the clusters of the task alone.
    Alone,
    /// From all tasks, with the accuracy of each expert.
    Pooled,
}

/// The rows of a table in canonical order, as `docs/text.md` has it, and how many tasks and experts there are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Columns<'a> {
    /// The task of each row; never falls.
    pub task: &'a [i32],
    /// The expert of each row.
    pub expert: &'a [i32],
    /// The confidence of each row, in [0, 1]; `None` when all are 1.
    pub confidence: Option<&'a [f64]>,
    /// Where each row's tokens begin, and the end of the last one's.
    pub token_offset: &'a [i64],
    /// The token ids of all rows.
    pub token: &'a [i32],
    /// How many token ids each task has, its stop words among them.
    pub vocabulary: &'a [i32],
    /// Where each row's symbols begin, and the end of the last one's; empty where no kind needs them.
    pub symbol_offset: &'a [i64],
    /// The symbols of all rows.
    pub symbol: &'a [i32],
    /// The vectors of all rows, each of `dimension` components; empty where no kind needs them.
    pub embedding: &'a [f32],
    /// The number of components of a vector.
    pub dimension: usize,
    /// The number of tasks.
    pub tasks: usize,
    /// The number of experts.
    pub experts: usize,
}

/// What is done with a table.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How texts are compared to form clusters.
    pub similarity: Similarity,
    /// How they are compared to choose one.
    pub choice: Similarity,
    /// How clusters form.
    pub clustering: Clustering,
    /// From which similarity on two texts are near, in [-1, 1].
    pub threshold: f64,
    /// How sure a choice is.
    pub confidence: Confidence,
    /// The most themes of a task, up to 1000.
    pub themes: usize,
    /// The most threads, 0 for one on every processor.
    pub threads: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            similarity: Similarity::SetCosine,
            choice: Similarity::SetCosine,
            clustering: Clustering::Leader,
            threshold: 0.5,
            confidence: Confidence::Alone,
            themes: 5,
            threads: 0,
        }
    }
}

/// The most rows of a task that complete link takes.
pub const COMPLETE_LINK_ROWS: usize = 16_384;

/// The most themes of a task.
pub const MOST_THEMES: usize = 1000;

pub(super) fn refuse<T>(text: String) -> Result<T, FitError> {
    Err(FitError::Invalid(text))
}

impl Columns<'_> {
    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.task.len()
    }

    /// Checks everything that a similarity reads.
    pub(super) fn check(&self, similarity: Similarity) -> Result<(), FitError> {
        let rows = self.rows();
        for (name, size) in [("tasks", self.tasks), ("experts", self.experts), ("rows", rows)] {
            if size == 0 || size > i32::MAX as usize {
                return refuse(format!("{name} is {size}, not in 1..={}", i32::MAX));
            }
        }
        if self.expert.len() != rows || self.confidence.is_some_and(|column| column.len() != rows) {
            return refuse("the columns of the table differ in length".to_owned());
        }
        // One comparison covers both ends: a negative index is a large unsigned one.
        for (name, column, size) in [("task", self.task, self.tasks), ("expert", self.expert, self.experts)] {
            if let Some(row) = column.iter().position(|&index| index as u32 as usize >= size) {
                return refuse(format!("row {row}: {name} {} is outside 0..{size}", column[row]));
            }
        }
        if let Some(row) = self.task.windows(2).position(|pair| pair[0] > pair[1]) {
            return refuse(format!("row {}: its task is before that of row {row}; sort the rows by task", row + 1));
        }
        let outside = |confidence: &f64| !(0.0..=1.0).contains(confidence);
        if let Some((row, value)) =
            self.confidence.and_then(|all| all.iter().enumerate().find(|(_, value)| outside(value)))
        {
            return refuse(format!("row {row}: confidence {value} is not between 0 and 1"));
        }
        self.check_offsets("token", self.token_offset, self.token.len())?;
        self.check_tokens()?;
        self.check_kind(similarity)
    }

    /// Checks what a kind of similarity reads beside the tokens.
    pub(super) fn check_kind(&self, similarity: Similarity) -> Result<(), FitError> {
        if similarity.reads_symbols() {
            self.check_offsets("symbol", self.symbol_offset, self.symbol.len())?;
            if let Some(at) = self.symbol.iter().position(|&symbol| symbol as u32 > 0x10_FFFF) {
                return refuse(format!("symbol {at}: {} is not a code point", self.symbol[at]));
            }
        }
        if similarity == Similarity::EmbeddingCosine {
            self.check_embedding()?;
        }
        Ok(())
    }

    fn check_offsets(&self, name: &str, offsets: &[i64], length: usize) -> Result<(), FitError> {
        let rows = self.rows();
        if offsets.len() != rows + 1 || offsets[0] != 0 || offsets[rows] != length as i64 {
            return refuse(format!("{name}_offset does not have {rows} + 1 elements from 0 to {length}"));
        }
        match offsets.windows(2).position(|pair| pair[0] > pair[1]) {
            None => Ok(()),
            Some(row) => {
                refuse(format!("row {row}: {name}_offset falls from {} to {}", offsets[row], offsets[row + 1]))
            }
        }
    }

    fn check_tokens(&self) -> Result<(), FitError> {
        if self.vocabulary.len() != self.tasks {
            return refuse(format!("vocabulary has {} elements for {} tasks", self.vocabulary.len(), self.tasks));
        }
        let mut first = 0;
        for (task, &vocabulary) in self.vocabulary.iter().enumerate() {
            let end = first + self.task[first..].iter().take_while(|&&other| other as usize == task).count();
            let (from, to) = (self.token_offset[first] as usize, self.token_offset[end] as usize);
            let least = STOP_WORDS.len();
            if (vocabulary as usize) < least || vocabulary < 0 || vocabulary as usize > least + (to - from) {
                let most = least + (to - from);
                return refuse(format!("task {task}: its vocabulary {vocabulary} is outside {least}..={most}"));
            }
            let tokens = &self.token[from..to];
            // The largest is found by vector code, the place of a wrong one is not.
            if tokens.iter().fold(0, |most, &token| (token as u32).max(most)) >= vocabulary as u32 {
                let at = tokens.iter().position(|&token| token as u32 >= vocabulary as u32).unwrap_or_default();
                return refuse(format!("task {task}: token {} is {}, outside 0..{vocabulary}", from + at, tokens[at]));
            }
            first = end;
        }
        Ok(())
    }

    fn check_embedding(&self) -> Result<(), FitError> {
        let wanted = self.rows().checked_mul(self.dimension);
        if self.dimension == 0 || wanted != Some(self.embedding.len()) {
            let (length, rows, dimension) = (self.embedding.len(), self.rows(), self.dimension);
            return refuse(format!("embedding has {length} components for {rows} rows of dimension {dimension}"));
        }
        match self.embedding.iter().position(|component| !component.is_finite()) {
            None => Ok(()),
            Some(at) => {
                let (row, value) = (at / self.dimension, self.embedding[at]);
                refuse(format!("row {row}: component {} of its embedding, {value}, is not finite", at % self.dimension))
            }
        }
    }
}

impl Options {
    pub(super) fn check(&self) -> Result<(), FitError> {
        if !(-1.0..=1.0).contains(&self.threshold) {
            return refuse(format!("threshold is {}, which is not between -1 and 1", self.threshold));
        }
        if let Clustering::Density { min_points: 0 } = self.clustering {
            return refuse("min_points is 0, not at least 1".to_owned());
        }
        if self.themes > MOST_THEMES {
            return refuse(format!("themes is {}, which is above {MOST_THEMES}", self.themes));
        }
        Ok(())
    }
}

/// What the texts of the winning cluster share: a run of tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(C)]
pub struct Theme {
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

/// The arrays that a consensus writes.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// The chosen row of each task, -1 without rows.
    pub chosen: &'a mut [i32],
    /// How sure that is, of each task.
    pub confidence: &'a mut [f64],
    /// The winning cluster's share of the weight, of each task.
    pub support: &'a mut [f64],
    /// The number of clusters of each task.
    pub clusters: &'a mut [i32],
    /// The cluster of each row, 0 for the winning one of its task.
    pub cluster: &'a mut [i32],
    /// The row that stands for each row's cluster.
    pub medoid: &'a mut [i32],
    /// The centrality of each row, in its cluster or, about leaders, in its task.
    pub centrality: &'a mut [f64],
    /// The weight of each row.
    pub weight: &'a mut [f64],
    /// How useful the others find each expert's texts, NaN where that does not count.
    pub skill: &'a mut [f64],
    /// The themes of each task, `themes` places a task.
    pub theme: &'a mut [Theme],
    /// How many of its places each task uses.
    pub theme_count: &'a mut [i32],
}

impl Outcome<'_> {
    pub(super) fn check(&self, columns: &Columns<'_>, options: &Options) -> Result<(), FitError> {
        let (tasks, rows) = (columns.tasks, columns.rows());
        let sizes = [
            ("chosen", self.chosen.len(), tasks),
            ("confidence", self.confidence.len(), tasks),
            ("support", self.support.len(), tasks),
            ("clusters", self.clusters.len(), tasks),
            ("cluster", self.cluster.len(), rows),
            ("medoid", self.medoid.len(), rows),
            ("centrality", self.centrality.len(), rows),
            ("weight", self.weight.len(), rows),
            ("skill", self.skill.len(), columns.experts),
            ("theme", self.theme.len(), tasks.saturating_mul(options.themes)),
            ("theme_count", self.theme_count.len(), tasks),
        ];
        match sizes.into_iter().find(|(_, length, expected)| length != expected) {
            None => Ok(()),
            Some((name, length, expected)) => refuse(format!("{name} has {length} elements, not {expected}")),
        }
    }
}

/// A result that owns its arrays.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs, reason = "the fields are those of the outcome")]
pub struct Solution {
    pub chosen: Vec<i32>,
    pub confidence: Vec<f64>,
    pub support: Vec<f64>,
    pub clusters: Vec<i32>,
    pub cluster: Vec<i32>,
    pub medoid: Vec<i32>,
    pub centrality: Vec<f64>,
    pub weight: Vec<f64>,
    pub skill: Vec<f64>,
    pub theme: Vec<Theme>,
    pub theme_count: Vec<i32>,
}

impl Solution {
    /// Arrays for the result of a table.
    #[must_use]
    pub fn new(columns: &Columns<'_>, options: &Options) -> Self {
        let (tasks, rows) = (columns.tasks, columns.rows());
        Self {
            chosen: vec![-1; tasks],
            confidence: vec![0.0; tasks],
            support: vec![0.0; tasks],
            clusters: vec![0; tasks],
            cluster: vec![-1; rows],
            medoid: vec![-1; rows],
            centrality: vec![0.0; rows],
            weight: vec![0.0; rows],
            skill: vec![f64::NAN; columns.experts],
            theme: vec![Theme::default(); tasks * options.themes],
            theme_count: vec![0; tasks],
        }
    }

    /// The arrays, to be written.
    pub fn outcome(&mut self) -> Outcome<'_> {
        Outcome {
            chosen: &mut self.chosen,
            confidence: &mut self.confidence,
            support: &mut self.support,
            clusters: &mut self.clusters,
            cluster: &mut self.cluster,
            medoid: &mut self.medoid,
            centrality: &mut self.centrality,
            weight: &mut self.weight,
            skill: &mut self.skill,
            theme: &mut self.theme,
            theme_count: &mut self.theme_count,
        }
    }

    /// The themes of a task.
    #[must_use]
    pub fn themes(&self, task: usize) -> &[Theme] {
        let places = self.theme.len() / self.theme_count.len().max(1);
        &self.theme[task * places..][..self.theme_count[task] as usize]
    }
}
