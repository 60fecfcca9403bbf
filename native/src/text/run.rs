//! One whole consensus: tasks in pieces over threads, large tasks by all threads together.

use std::ops::Range;

use super::confidence::{Pairs, Pool};
use super::problem::{COMPLETE_LINK_ROWS, Clustering, Columns, Confidence, Options, Outcome, refuse};
use super::texts::{Scene, Texts};
use super::votes::{Agreement, ROUNDS, Votes};
use crate::consensus::control::Watch;
use crate::consensus::team::Team;
use crate::consensus::{Control, FitError, empty, filled};
use crate::kernels::Kernels;

/// From this many rows on all threads work on one task.
const LARGE: usize = 512;
/// How many rows a piece of small tasks has, about.
const PIECE: usize = 256;

/// Finds the consensus of every task and writes it into the arrays of `outcome`.
///
/// The result depends on the columns and options alone: not on the kernels' instruction set nor on the number of threads.
/// Beyond the columns it takes memory in proportion to the rows, and 16 MiB of similarities a thread; complete link those of
/// every two rows of a task.
///
/// # Errors
///
/// [`FitError::Invalid`] when something is refused; the arrays are untouched then. [`FitError::OutOfMemory`] and
/// [`FitError::Cancelled`] as they say; the arrays hold anything then.
pub fn consensus(
    kernels: Kernels,
    columns: &Columns<'_>,
    options: &Options,
    mut outcome: Outcome<'_>,
    control: &Control,
) -> Result<(), FitError> {
    columns.check(options.similarity)?;
    columns.check_kind(options.choice)?;
    options.check()?;
    outcome.check(columns, options)?;
    let most = columns.task.chunk_by(|a, b| a == b).map(<[i32]>::len).max().unwrap_or(0);
    if options.clustering == Clustering::CompleteLink && most > COMPLETE_LINK_ROWS {
        return refuse(format!(
            "a task has {most} rows, complete link takes up to {COMPLETE_LINK_ROWS}; take another clustering"
        ));
    }
    let control = &Watch::new(control);
    let votes = Votes::new(columns)?;
    let scene = Scene { kernels, columns, options, control, vote: &votes.vote };
    let cut = cut(columns)?;
    Team::with(options.threads, cut.len().max(most / 16), |team| {
        outcome.weight.copy_from_slice(&votes.vote);
        outcome.skill.fill(f64::NAN);
        if votes.shared {
            learn(&scene, &votes, &cut, team, outcome.weight, outcome.skill)?;
        }
        let mut pairs: Vec<Pairs> = filled(columns.tasks)?;
        choose(&scene, &cut, team, &mut outcome, &mut pairs)?;
        if options.confidence == Confidence::Pooled {
            let pool = Pool {
                kernels,
                columns,
                vote: &votes.vote,
                weight: outcome.weight,
                cluster: outcome.cluster,
                chosen: outcome.chosen,
                pairs: &pairs,
            };
            pool.confidence(outcome.confidence)?;
        }
        Ok(())
    })
}

/// Some tasks in order and their rows.
#[derive(Clone)]
struct Cut {
    tasks: Range<usize>,
    rows: Range<usize>,
}

impl Cut {
    fn is_large(&self) -> bool {
        self.tasks.len() == 1 && self.rows.len() >= LARGE
    }
}

/// Cuts the tasks into pieces, by the table alone.
fn cut(columns: &Columns<'_>) -> Result<Vec<Cut>, FitError> {
    let mut cut = empty(2 * (columns.rows() / PIECE + columns.tasks / PIECE) + 3)?;
    let (mut first_task, mut first_row, mut row) = (0, 0, 0);
    for task in 0..columns.tasks {
        let rows = columns.task[row..].iter().take_while(|&&other| other as usize == task).count();
        if rows >= LARGE && first_task < task {
            cut.push(Cut { tasks: first_task..task, rows: first_row..row });
            (first_task, first_row) = (task, row);
        }
        row += rows;
        if row - first_row >= PIECE || task + 1 - first_task >= PIECE || task + 1 == columns.tasks {
            cut.push(Cut { tasks: first_task..task + 1, rows: first_row..row });
            (first_task, first_row) = (task + 1, row);
        }
    }
    Ok(cut)
}

/// Works on pieces: on the small ones each on one thread, then on the large ones with all.
fn each<T: Send>(
    team: &Team<'_>,
    cut: &[Cut],
    mut pieces: Vec<T>,
    work: impl Fn(&Cut, &mut T, &Team<'_>) -> Result<(), FitError> + Sync,
) -> Result<(), FitError> {
    let mut jobs: Vec<(&Cut, &mut T, Result<(), FitError>)> = empty(pieces.len())?;
    jobs.extend(cut.iter().zip(&mut pieces).map(|(cut, piece)| (cut, piece, Ok(()))));
    jobs.sort_by_key(|(cut, ..)| cut.is_large());
    let small = jobs.partition_point(|(cut, ..)| !cut.is_large());
    let (small, large) = jobs.split_at_mut(small);
    team.each(small, |(cut, piece, result)| *result = Team::with(1, 1, |alone| work(cut, piece, alone)));
    for (.., result) in small {
        std::mem::replace(result, Ok(()))?;
    }
    large.iter_mut().try_for_each(|(cut, piece, _)| work(cut, piece, team))
}

/// The tasks of a piece, with their rows among those of the table.
fn tasks<'a>(columns: &'a Columns<'_>, cut: &'a Cut) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
    let mut row = cut.rows.start;
    cut.tasks.clone().map(move |task| {
        let rest = &columns.task[row..cut.rows.end];
        let start = row;
        row += rest.iter().take_while(|&&other| other as usize == task).count();
        (task, start..row)
    })
}

/// Weighs experts by how useful others find their texts.
fn learn(
    scene: &Scene<'_>,
    votes: &Votes,
    cut: &[Cut],
    team: &Team<'_>,
    weight: &mut [f64],
    skill: &mut [f64],
) -> Result<(), FitError> {
    let rows = scene.columns.rows();
    // Of each row: the weights of others times their utilities, and these weights.
    let mut heard: Vec<[f64; 2]> = filled(rows)?;
    let mut agreements: Vec<Agreement> = filled(rows)?;
    for _ in 0..ROUNDS {
        let mut pieces: Vec<&mut [[f64; 2]]> = empty(cut.len())?;
        let mut rest = heard.as_mut_slice();
        for piece in cut {
            let (front, others) = std::mem::take(&mut rest).split_at_mut(piece.rows.len());
            pieces.push(front);
            rest = others;
        }
        let weights = &*weight;
        each(team, cut, pieces, |cut, heard, team| {
            for (task, rows) in tasks(scene.columns, cut).filter(|(_, rows)| !rows.is_empty()) {
                scene.control.check()?;
                let local = rows.start - cut.rows.start..rows.end - cut.rows.start;
                Texts::new(scene, task, rows)?.usefulness(team, weights, &mut heard[local])?;
            }
            Ok(())
        })?;
        agreements.fill(Agreement::default());
        heard.iter().enumerate().for_each(|(row, &[useful, all])| votes.hear(row, useful, all, &mut agreements));
        if !votes.weigh(scene.columns, &agreements, weight, skill)? {
            break;
        }
    }
    Ok(())
}

/// Finds clusters, choices and themes.
fn choose(
    scene: &Scene<'_>,
    cut: &[Cut],
    team: &Team<'_>,
    outcome: &mut Outcome<'_>,
    pairs: &mut [Pairs],
) -> Result<(), FitError> {
    let themes = scene.options.themes;
    let weight = &*outcome.weight;
    let mut rest = Outcome {
        chosen: outcome.chosen,
        confidence: outcome.confidence,
        support: outcome.support,
        clusters: outcome.clusters,
        cluster: outcome.cluster,
        medoid: outcome.medoid,
        centrality: outcome.centrality,
        weight: &mut [],
        skill: &mut [],
        theme: outcome.theme,
        theme_count: outcome.theme_count,
    };
    let mut pieces = empty(cut.len())?;
    let mut rest_of_pairs = pairs;
    for piece in cut {
        let of_piece = front(&mut rest_of_pairs, piece.tasks.len());
        pieces.push((rest.take(piece.tasks.len(), piece.rows.len(), themes), of_piece));
    }
    each(team, cut, pieces, |cut, (outcome, pairs), team| {
        for ((task, rows), pairs) in tasks(scene.columns, cut).zip(pairs.iter_mut()) {
            scene.control.check()?;
            let mut outcome = outcome.take(1, rows.len(), themes);
            outcome.clear();
            if !rows.is_empty() {
                *pairs = Texts::new(scene, task, rows)?.choose(team, weight, &mut outcome)?;
            }
        }
        Ok(())
    })
}

fn front<'a, T>(array: &mut &'a mut [T], length: usize) -> &'a mut [T] {
    let (front, rest) = std::mem::take(array).split_at_mut(length);
    *array = rest;
    front
}

impl<'a> Outcome<'a> {
    /// Takes the first tasks and rows away; weights and skills are not among that.
    fn take(&mut self, tasks: usize, rows: usize, themes: usize) -> Self {
        Self {
            chosen: front(&mut self.chosen, tasks),
            confidence: front(&mut self.confidence, tasks),
            support: front(&mut self.support, tasks),
            clusters: front(&mut self.clusters, tasks),
            cluster: front(&mut self.cluster, rows),
            medoid: front(&mut self.medoid, rows),
            centrality: front(&mut self.centrality, rows),
            weight: &mut [],
            skill: &mut [],
            theme: front(&mut self.theme, tasks * themes),
            theme_count: front(&mut self.theme_count, tasks),
        }
    }

    /// What a task without rows has.
    fn clear(&mut self) {
        self.chosen.fill(-1);
        self.confidence.fill(0.0);
        self.support.fill(0.0);
        self.clusters.fill(0);
        self.theme.fill(super::Theme::default());
        self.theme_count.fill(0);
    }
}
