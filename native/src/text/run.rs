//! One whole consensus: tasks in pieces over threads, large tasks by all threads together.

use std::ops::Range;

use super::choice::{Clusters, centralities, medoid, weights};
use super::clusters::{Components, complete_link, density};
use super::group::Group;
use super::matrix::Matrix;
use super::problem::{COMPLETE_LINK_ROWS, Clustering, Columns, Options, Outcome, Theme, refuse};
use super::similarity::Measure;
use super::themes::Sides;
use crate::consensus::control::Watch;
use crate::consensus::team::Team;
use crate::consensus::{Control, FitError, empty};
use crate::kernels::Kernels;

/// From this many rows on all threads work on one task.
const LARGE: usize = 512;
/// How many rows a piece of small tasks has, about.
const PIECE: usize = 256;
/// Up to this many similarities are kept instead of computed again.
const KEPT: usize = 1 << 21;

/// Finds the consensus of every task and writes it into the arrays of `outcome`.
///
/// The result depends on the columns and options alone: not on the kernels' instruction set nor on the number of threads.
///
/// # Errors
///
/// [`FitError::Invalid`] when something is refused; the arrays are untouched then. [`FitError::OutOfMemory`] and
/// [`FitError::Cancelled`] as they say; the arrays hold anything then.
pub fn consensus(
    kernels: Kernels,
    columns: &Columns<'_>,
    options: &Options,
    outcome: Outcome<'_>,
    control: &Control,
) -> Result<(), FitError> {
    columns.check(options.similarity)?;
    options.check()?;
    outcome.check(columns, options)?;
    let control = &Watch::new(control);
    let mut pieces = cut(columns, options, outcome)?;
    let most = pieces.iter().map(|piece| piece.rows.len()).max().unwrap_or(0);
    if let (Clustering::CompleteLink, true) = (options.clustering, most > COMPLETE_LINK_ROWS) {
        return refuse(format!(
            "a task has {most} rows, complete link takes up to {COMPLETE_LINK_ROWS}; take components or density"
        ));
    }
    let scene = Scene { kernels, columns, options, control };
    let places = pieces.len().max(most / 16);
    Team::with(options.threads, places, |team| {
        let small = pieces.partition_point(|piece| !piece.is_large());
        let (small, large) = pieces.split_at_mut(small);
        team.each(small, |piece| {
            piece.result = Team::with(1, 1, |alone| piece.work(&scene, alone));
        });
        for piece in small {
            std::mem::replace(&mut piece.result, Ok(()))?;
        }
        for piece in large {
            piece.work(&scene, team)?;
        }
        Ok(())
    })
}

/// A run's surroundings.
struct Scene<'a> {
    kernels: Kernels,
    columns: &'a Columns<'a>,
    options: &'a Options,
    control: &'a Watch<'a>,
}

/// Some tasks in order, their rows, and the part of the outcome that is theirs.
struct Piece<'a> {
    tasks: Range<usize>,
    rows: Range<usize>,
    outcome: Outcome<'a>,
    result: Result<(), FitError>,
}

/// Cuts the tasks into pieces, by the table alone; those of large tasks come last.
fn cut<'a>(columns: &Columns<'_>, options: &Options, outcome: Outcome<'a>) -> Result<Vec<Piece<'a>>, FitError> {
    let mut pieces: Vec<Piece<'a>> = empty(columns.tasks.min(2 * columns.rows() / PIECE + 1 + columns.tasks / PIECE))?;
    let mut rest = outcome;
    let (mut first_task, mut first_row, mut row) = (0, 0, 0);
    for task in 0..columns.tasks {
        let rows = columns.task[row..].iter().take_while(|&&other| other as usize == task).count();
        let mut close = |tasks: Range<usize>, rows: Range<usize>| {
            if !tasks.is_empty() {
                let outcome = rest.take(tasks.len(), rows.len(), options.themes);
                pieces.push(Piece { tasks, rows, outcome, result: Ok(()) });
            }
        };
        if rows >= LARGE {
            close(first_task..task, first_row..row);
            close(task..task + 1, row..row + rows);
            (first_task, first_row) = (task + 1, row + rows);
        } else if row + rows - first_row >= PIECE || task - first_task >= PIECE || task + 1 == columns.tasks {
            close(first_task..task + 1, first_row..row + rows);
            (first_task, first_row) = (task + 1, row + rows);
        }
        row += rows;
    }
    pieces.sort_by_key(Piece::is_large);
    Ok(pieces)
}

impl<'a> Outcome<'a> {
    /// Takes the first tasks and rows away.
    fn take(&mut self, tasks: usize, rows: usize, themes: usize) -> Self {
        fn front<'a, T>(array: &mut &'a mut [T], length: usize) -> &'a mut [T] {
            let (front, rest) = std::mem::take(array).split_at_mut(length);
            *array = rest;
            front
        }
        Self {
            chosen: front(&mut self.chosen, tasks),
            confidence: front(&mut self.confidence, tasks),
            support: front(&mut self.support, tasks),
            clusters: front(&mut self.clusters, tasks),
            cluster: front(&mut self.cluster, rows),
            medoid: front(&mut self.medoid, rows),
            centrality: front(&mut self.centrality, rows),
            theme: front(&mut self.theme, tasks * themes),
            theme_count: front(&mut self.theme_count, tasks),
        }
    }
}

impl Piece<'_> {
    fn is_large(&self) -> bool {
        self.tasks.len() == 1 && self.rows.len() >= LARGE
    }

    fn work(&mut self, scene: &Scene<'_>, team: &Team<'_>) -> Result<(), FitError> {
        let mut row = self.rows.start;
        for (place, task) in self.tasks.clone().enumerate() {
            scene.control.check()?;
            let same = scene.columns.task[row..self.rows.end].iter().take_while(|&&other| other as usize == task);
            let rows = row..row + same.count();
            self.one(scene, team, place, task, rows.clone())?;
            row = rows.end;
        }
        Ok(())
    }

    /// The consensus of one task.
    fn one(
        &mut self,
        scene: &Scene<'_>,
        team: &Team<'_>,
        place: usize,
        task: usize,
        rows: Range<usize>,
    ) -> Result<(), FitError> {
        let outcome = &mut self.outcome;
        let options = scene.options;
        let themes = &mut outcome.theme[place * options.themes..][..options.themes];
        themes.fill(Theme::default());
        (outcome.chosen[place], outcome.clusters[place], outcome.theme_count[place]) = (-1, 0, 0);
        (outcome.confidence[place], outcome.support[place]) = (0.0, 0.0);
        if rows.is_empty() {
            return Ok(());
        }
        let group = Group::new(scene.columns, task, rows.clone());
        let local = rows.start - self.rows.start..rows.end - self.rows.start;
        let (cluster, medoids, centrality) =
            (&mut outcome.cluster[local.clone()], &mut outcome.medoid[local.clone()], &mut outcome.centrality[local]);
        let measure = Measure::build(scene.kernels, options.similarity, &group)?;
        let texts = Texts { measure: &measure, team, control: scene.control, rows: rows.len() };
        let (first, kept) = texts.cluster(options)?;
        let (weight, total) = weights((0..rows.len()).map(|row| group.confidence(row)), rows.len())?;
        let clusters = Clusters::rank(&first, &weight)?;
        centralities(&measure, &clusters, &first, &weight, centrality, |visit| texts.walk(kept.as_ref(), visit))?;
        for number in 0..clusters.len() {
            let members = clusters.members(number);
            let medoid = rows.start as i32 + medoid(members, centrality) as i32;
            for &row in members {
                (cluster[row as usize], medoids[row as usize]) = (number as i32, medoid);
            }
            if number == 0 {
                outcome.chosen[place] = medoid;
            }
        }
        outcome.clusters[place] = clusters.len() as i32;
        outcome.support[place] = clusters.support[0] / total;
        outcome.confidence[place] = outcome.support[place];
        let count = Sides { group, members: clusters.members(0) }.find(themes)?;
        themes[..count].iter_mut().for_each(|theme| theme.row += rows.start as i32);
        outcome.theme_count[place] = count as i32;
        Ok(())
    }
}

/// The texts of one task and those who compare them.
struct Texts<'a> {
    measure: &'a Measure<'a>,
    team: &'a Team<'a>,
    control: &'a Watch<'a>,
    rows: usize,
}

impl Texts<'_> {
    /// Shows every row's similarities with the rows after it.
    fn walk(&self, kept: Option<&Matrix>, visit: &mut dyn FnMut(usize, &[f64])) -> Result<(), FitError> {
        if let Some(matrix) = kept {
            (0..self.rows).for_each(|row| visit(row, matrix.row(row)));
            return Ok(());
        }
        self.measure.walk(self.team, self.control, |row, similarities| {
            visit(row, similarities);
            Ok(())
        })
    }

    /// The first row of each row's cluster, and the similarities where they were kept.
    fn cluster(&self, options: &Options) -> Result<(Vec<u32>, Option<Matrix>), FitError> {
        let again = !self.measure.has_vectors();
        let all = self.rows * (self.rows - 1) / 2;
        let keep = match options.clustering {
            Clustering::CompleteLink => true,
            Clustering::Density { .. } => all <= KEPT,
            Clustering::Components => again && all <= KEPT,
        };
        let mut kept = None;
        if keep {
            let mut matrix = Matrix::new(self.rows)?;
            self.walk(None, &mut |_, row| matrix.push(row))?;
            kept = Some(matrix);
        }
        let threshold = options.threshold;
        let first = match (options.clustering, &mut kept) {
            (Clustering::CompleteLink, Some(matrix)) => {
                let copy = if again && all <= KEPT { Some(matrix.copy()?) } else { None };
                let first = complete_link(matrix, threshold, self.control)?;
                kept = copy;
                first
            }
            (Clustering::Density { min_points }, kept) => {
                density(self.rows, threshold, min_points, |visit| self.walk(kept.as_ref(), visit))?
            }
            (_, kept) => {
                let mut components = Components::new(self.rows)?;
                self.walk(kept.as_ref(), &mut |row, similarities| {
                    let near = (row + 1..).zip(similarities).filter(|(_, similarity)| **similarity >= threshold);
                    near.for_each(|(other, _)| components.join(row, other));
                })?;
                components.into_first()
            }
        };
        Ok((first, kept))
    }
}
