//! The texts of one task: how useful others find them, their clusters, the chosen one.

use std::ops::Range;

use super::choice::{Clusters, centralities, medoid};
use super::clusters::{Components, complete_link, density, leaders};
use super::confidence::{PAIRED, Pairs, alone};
use super::group::Group;
use super::matrix::Matrix;
use super::problem::{Clustering, Columns, Options, Outcome};
use super::similarity::Measure;
use super::themes::Sides;
use crate::consensus::control::Watch;
use crate::consensus::team::Team;
use crate::consensus::{FitError, empty};
use crate::kernels::Kernels;

/// Up to this many similarities are kept instead of computed again.
const KEPT: usize = 1 << 21;

/// A run's surroundings.
pub(super) struct Scene<'a> {
    pub(super) kernels: Kernels,
    pub(super) columns: &'a Columns<'a>,
    pub(super) options: &'a Options,
    pub(super) control: &'a Watch<'a>,
    /// The vote of each row of the table.
    pub(super) vote: &'a [f64],
}

/// The texts of one task. Rows are numbered from 0 in it.
pub(super) struct Texts<'a> {
    scene: &'a Scene<'a>,
    group: Group<'a>,
    rows: Range<usize>,
}

/// A measure, and its similarities where they are kept.
struct Source<'a> {
    measure: Measure<'a>,
    kept: Option<Matrix>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(scene: &'a Scene<'a>, task: usize, rows: Range<usize>) -> Result<Self, FitError> {
        Ok(Self { scene, group: Group::new(scene.columns, task, rows.clone()), rows })
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn experts(&self) -> &'a [i32] {
        &self.scene.columns.expert[self.rows.clone()]
    }

    /// Adds for each row the weights of other experts' rows times how near they are, and these weights.
    pub(super) fn usefulness(&self, team: &Team<'_>, weight: &[f64], heard: &mut [[f64; 2]]) -> Result<(), FitError> {
        let (experts, weight) = (self.experts(), &weight[self.rows.clone()]);
        let measure = Measure::build(self.scene.kernels, self.scene.options.choice, &self.group)?;
        heard.fill([0.0; 2]);
        // Each row's sum goes on in the order of the others: those before it have added to it when its turn comes.
        measure.walk(team, self.scene.control, |row, utilities| {
            for (other, &utility) in (row + 1..).zip(utilities).filter(|(other, _)| experts[*other] != experts[row]) {
                let utility = if utility > 0.0 { utility } else { 0.0 };
                heard[row][0] += weight[other] * utility;
                heard[row][1] += weight[other];
                heard[other][0] += weight[row] * utility;
                heard[other][1] += weight[row];
            }
            Ok(())
        })
    }

    /// Finds the clusters, the chosen text and the themes of a task; gives the pairs that the confidence counts.
    pub(super) fn choose(&self, team: &Team<'_>, weight: &[f64], outcome: &mut Outcome<'_>) -> Result<Pairs, FitError> {
        let options = self.scene.options;
        let (weight, vote) = (&weight[self.rows.clone()], &self.scene.vote[self.rows.clone()]);
        let build = |kind| Measure::build(self.scene.kernels, kind, &self.group);
        let mut near = Source { measure: build(options.similarity)?, kept: None };
        let other = options.choice != options.similarity;
        let utility = if other { Some(Source { measure: build(options.choice)?, kept: None }) } else { None };
        self.keep(&mut near, team)?;
        let clusters = if options.clustering == Clustering::Leader {
            let utility = utility.as_ref().unwrap_or(&near);
            let mut all = empty(self.len())?;
            all.extend(0..self.len() as u32);
            let groups = std::iter::once(all.as_slice());
            self.central(utility, team, groups, |_| 0, weight, outcome.centrality)?;
            let leader = self.leaders(&near, team, outcome.centrality)?;
            // A cluster is named by its first row.
            let first = named(&leader)?;
            let chosen = medoid(&all, outcome.centrality);
            let clusters = Clusters::rank(&first, vote, Some(first[chosen as usize]))?;
            outcome.medoid.iter_mut().zip(&leader).for_each(|(medoid, &leader)| *medoid = leader as i32);
            clusters
        } else {
            let first = self.clusters(&mut near, team)?;
            let clusters = Clusters::rank(&first, weight, None)?;
            let utility = utility.as_ref().unwrap_or(&near);
            let groups = (0..clusters.len()).map(|cluster| clusters.members(cluster));
            self.central(utility, team, groups, |row| first[row], weight, outcome.centrality)?;
            for members in (0..clusters.len()).map(|cluster| clusters.members(cluster)) {
                let medoid = medoid(members, outcome.centrality);
                members.iter().for_each(|&row| outcome.medoid[row as usize] = medoid as i32);
            }
            clusters
        };
        self.describe(&near, team, vote, &clusters, outcome)
    }

    /// Writes what follows from the clusters and the texts that stand for them.
    fn describe(
        &self,
        near: &Source<'_>,
        team: &Team<'_>,
        vote: &[f64],
        clusters: &Clusters,
        outcome: &mut Outcome<'_>,
    ) -> Result<Pairs, FitError> {
        let (mut support, mut total) = (empty(clusters.len())?, 0.0);
        vote.iter().for_each(|vote| total += vote);
        for number in 0..clusters.len() {
            let mut votes = 0.0;
            for &row in clusters.members(number) {
                votes += vote[row as usize];
                outcome.cluster[row as usize] = number as i32;
            }
            support.push(votes);
        }
        let winners = clusters.members(0);
        let chosen = outcome.medoid[winners[0] as usize];
        let pairs = self.pairs(near, team, winners, chosen as usize)?;
        let first = self.rows.start as i32;
        outcome.medoid.iter_mut().for_each(|row| *row += first);
        outcome.chosen[0] = chosen + first;
        outcome.clusters[0] = clusters.len() as i32;
        outcome.support[0] = support[0] / total;
        outcome.confidence[0] = alone(&support, total, pairs);
        let count = Sides { group: self.group, members: winners }.find(outcome.theme)?;
        outcome.theme[..count].iter_mut().for_each(|theme| theme.row += first);
        outcome.theme_count[0] = count as i32;
        Ok(pairs)
    }

    /// Keeps the similarities where they are few or needed together.
    fn keep(&self, source: &mut Source<'a>, team: &Team<'_>) -> Result<(), FitError> {
        let options = self.scene.options;
        let few = self.len() * (self.len() - 1) / 2 <= KEPT;
        let keep = match options.clustering {
            Clustering::CompleteLink => true,
            Clustering::Components => few && !source.measure.has_vectors(),
            Clustering::Density { .. } | Clustering::Leader => few,
        };
        if keep {
            let mut matrix = Matrix::new(self.len())?;
            self.walk(source, team, &mut |_, row| matrix.push(row))?;
            source.kept = Some(matrix);
        }
        Ok(())
    }

    /// Shows every row's similarities with the rows after it.
    fn walk(&self, source: &Source<'_>, team: &Team<'_>, visit: &mut dyn FnMut(usize, &[f64])) -> Result<(), FitError> {
        if let Some(matrix) = &source.kept {
            (0..self.len()).for_each(|row| visit(row, matrix.row(row)));
            return Ok(());
        }
        source.measure.walk(team, self.scene.control, |row, similarities| {
            visit(row, similarities);
            Ok(())
        })
    }

    fn central<'b>(
        &self,
        source: &Source<'_>,
        team: &Team<'_>,
        groups: impl Iterator<Item = &'b [u32]>,
        first: impl Fn(usize) -> u32,
        weight: &[f64],
        centrality: &mut [f64],
    ) -> Result<(), FitError> {
        centralities(&source.measure, groups, first, weight, centrality, |visit| self.walk(source, team, visit))
    }

    fn leaders(&self, source: &Source<'_>, team: &Team<'_>, score: &[f64]) -> Result<Vec<u32>, FitError> {
        let threshold = self.scene.options.threshold;
        let Some(matrix) = &source.kept else {
            let batch = source.measure.width() * team.threads();
            return leaders(score, threshold, batch, |candidates, free, visit| {
                source.measure.cross(team, self.scene.control, candidates, free, visit)
            });
        };
        let mut row = empty(self.len())?;
        leaders(score, threshold, 1, |candidates, free, visit| {
            for (place, &candidate) in candidates.iter().enumerate() {
                row.clear();
                row.extend(free.iter().map(|&other| matrix.of(candidate as usize, other as usize)));
                visit(place, &row);
            }
            self.scene.control.check()
        })
    }

    /// The first row of each row's cluster.
    fn clusters(&self, source: &mut Source<'_>, team: &Team<'_>) -> Result<Vec<u32>, FitError> {
        let Options { threshold, clustering, .. } = *self.scene.options;
        match clustering {
            Clustering::Density { min_points } => {
                density(self.len(), threshold, min_points, |visit| self.walk(source, team, visit))
            }
            Clustering::CompleteLink => {
                let few = self.len() * (self.len() - 1) / 2 <= KEPT;
                let Some(mut matrix) = source.kept.take() else { unreachable!("complete link keeps similarities") };
                source.kept = if few { Some(matrix.copy()?) } else { None };
                complete_link(&mut matrix, threshold, self.scene.control)
            }
            Clustering::Components | Clustering::Leader => {
                let mut components = Components::new(self.len())?;
                self.walk(source, team, &mut |row, similarities| {
                    let near = (row + 1..).zip(similarities).filter(|(_, similarity)| **similarity >= threshold);
                    near.for_each(|(other, _)| components.join(row, other));
                })?;
                Ok(components.into_first())
            }
        }
    }

    /// Counts pairs of the first winners by two experts, neither the author of the chosen text, and those near each other.
    fn pairs(&self, source: &Source<'_>, team: &Team<'_>, winners: &[u32], chosen: usize) -> Result<Pairs, FitError> {
        let experts = self.experts();
        let threshold = self.scene.options.threshold;
        let expert = |row: u32| experts[row as usize];
        let mut others: Vec<u32> = empty(PAIRED.min(winners.len()))?;
        others.extend(winners.iter().take(PAIRED).filter(|&&row| expert(row) != experts[chosen]));
        let mut pairs = Pairs::default();
        let mut count = |place: usize, of: &dyn Fn(usize) -> f64| {
            for (later, &other) in others.iter().enumerate().skip(place + 1) {
                if expert(other) != expert(others[place]) {
                    pairs.all += 1;
                    pairs.near += u64::from(of(later) >= threshold);
                }
            }
        };
        if let Some(matrix) = &source.kept {
            for (place, &row) in others.iter().enumerate() {
                count(place, &|later| matrix.of(row as usize, others[later] as usize));
            }
        } else {
            source.measure.cross(team, self.scene.control, &others, &others, |place, similarities| {
                count(place, &|later| similarities[later]);
            })?;
        }
        Ok(pairs)
    }
}

/// The first row that has each row's leader.
fn named(leader: &[u32]) -> Result<Vec<u32>, FitError> {
    const NONE: u32 = u32::MAX;
    let mut first: Vec<u32> = empty(leader.len())?;
    first.resize(leader.len(), NONE);
    let mut names = empty(leader.len())?;
    for (row, &leader) in leader.iter().enumerate() {
        let first = &mut first[leader as usize];
        *first = (*first).min(row as u32);
        names.push(*first);
    }
    Ok(names)
}
