//! Which items were compared, directly or through others, and which of them can be ordered both ways.

use super::cells::Cells;
use super::problem::{Outcome, Scale};
use crate::consensus::FitError;
use crate::consensus::storage::{empty, filled};

const NONE: u32 = u32::MAX;

/// The components of a table: connected ones by any comparison, strongly connected ones by who beats whom.
pub(super) struct Graph {
    pub(super) component: Vec<u32>,
    pub(super) strong: Vec<u32>,
    components: usize,
    level: Vec<u32>,
}

impl Graph {
    /// A tie is a win of both.
    pub(super) fn of(cells: &Cells, items: usize) -> Result<Self, FitError> {
        let all = Edges::of(items, || cells.iter().flat_map(|cell| [(cell.a, cell.b), (cell.b, cell.a)]))?;
        let (component, components) = all.connected()?;
        let won = Edges::of(items, || {
            cells.iter().flat_map(|cell| {
                let tied = cell.ties > 0.0;
                let up = (cell.wins_a > 0.0 || tied).then_some((cell.a, cell.b));
                let down = (cell.wins_b > 0.0 || tied).then_some((cell.b, cell.a));
                up.into_iter().chain(down)
            })
        })?;
        let Strong { of, level } = won.strong()?;
        Ok(Self { component, components, strong: of, level })
    }

    pub(super) fn components(&self) -> usize {
        self.components
    }

    pub(super) fn strong_components(&self) -> usize {
        self.level.len()
    }

    /// Writes the components, and the ranks: by level where scores cannot be compared across strong components, then by
    /// score, then by index.
    pub(super) fn write(&self, scale: Scale, outcome: &mut Outcome<'_>) -> Result<(), FitError> {
        let mut order: Vec<u32> = empty(outcome.score.len())?;
        order.extend(0..outcome.score.len() as u32);
        let key = |item: u32| {
            let by_level = scale == Scale::StrongComponents;
            if by_level { self.level[self.strong[item as usize] as usize] } else { 0 }
        };
        let score = &*outcome.score;
        order.sort_unstable_by(|&i, &j| {
            let better = score[j as usize].partial_cmp(&score[i as usize]).unwrap_or(std::cmp::Ordering::Equal);
            key(i).cmp(&key(j)).then(better).then(i.cmp(&j))
        });
        for (place, item) in order.into_iter().enumerate() {
            outcome.rank[item as usize] = place as i32 + 1;
        }
        for item in 0..self.strong.len() {
            outcome.component[item] = self.component[item] as i32;
            outcome.strong[item] = self.strong[item] as i32;
        }
        Ok(())
    }
}

/// Strongly connected components, numbered in the order of their lowest items.
pub(super) struct Strong {
    /// The component of each item.
    pub(super) of: Vec<u32>,
    /// For each component 0 when no other one beats it, else one more than the highest level of those that do.
    pub(super) level: Vec<u32>,
}

/// Edges from winners to losers, by winner.
pub(super) struct Edges {
    start: Vec<usize>,
    to: Vec<u32>,
}

impl Edges {
    /// Sorts the edges that `list` gives, twice the same ones.
    pub(super) fn of<I: Iterator<Item = (usize, usize)>>(items: usize, list: impl Fn() -> I) -> Result<Self, FitError> {
        let mut start: Vec<usize> = filled(items + 2)?;
        for (from, _) in list() {
            start[from + 2] += 1;
        }
        for item in 0..items {
            start[item + 2] += start[item + 1];
        }
        let mut to: Vec<u32> = filled(start[items + 1])?;
        for (from, item) in list() {
            to[start[from + 1]] = item as u32;
            start[from + 1] += 1;
        }
        start.truncate(items + 1);
        Ok(Self { start, to })
    }

    fn items(&self) -> usize {
        self.start.len() - 1
    }

    fn from(&self, item: usize) -> &[u32] {
        &self.to[self.start[item]..self.start[item + 1]]
    }

    /// The connected component of each item when edges go both ways, and their number.
    fn connected(&self) -> Result<(Vec<u32>, usize), FitError> {
        let mut of: Vec<u32> = empty(self.items())?;
        of.resize(self.items(), NONE);
        let mut queue: Vec<u32> = empty(self.items())?;
        let mut count = 0;
        for item in 0..self.items() {
            if of[item] != NONE {
                continue;
            }
            of[item] = count;
            queue.push(item as u32);
            while let Some(next) = queue.pop() {
                for &near in self.from(next as usize) {
                    if of[near as usize] == NONE {
                        of[near as usize] = count;
                        queue.push(near);
                    }
                }
            }
            count += 1;
        }
        Ok((of, count as usize))
    }

    /// Tarjan's algorithm, with its own stack instead of the thread's: a chain may have millions of items.
    pub(super) fn strong(&self) -> Result<Strong, FitError> {
        let items = self.items();
        let (mut found, mut low): (Vec<u32>, Vec<u32>) = (empty(items)?, filled(items)?);
        found.resize(items, NONE);
        let mut of: Vec<u32> = empty(items)?;
        of.resize(items, NONE);
        // The path from a root with the next edge of each item on it; the items without a component yet.
        let mut path: Vec<(u32, usize)> = empty(items)?;
        let mut open: Vec<u32> = empty(items)?;
        let (mut clock, mut count) = (0, 0);
        for root in 0..items {
            if found[root] != NONE {
                continue;
            }
            path.push((root as u32, self.start[root]));
            (found[root], low[root]) = (clock, clock);
            open.push(root as u32);
            clock += 1;
            while let Some(top) = path.last_mut() {
                let item = top.0 as usize;
                if top.1 < self.start[item + 1] {
                    let next = self.to[top.1] as usize;
                    top.1 += 1;
                    if found[next] == NONE {
                        path.push((next as u32, self.start[next]));
                        (found[next], low[next]) = (clock, clock);
                        open.push(next as u32);
                        clock += 1;
                    } else if of[next] == NONE {
                        low[item] = low[item].min(found[next]);
                    }
                    continue;
                }
                path.pop();
                if let Some(&(parent, _)) = path.last() {
                    low[parent as usize] = low[parent as usize].min(low[item]);
                }
                if low[item] == found[item] {
                    while let Some(member) = open.pop() {
                        of[member as usize] = count;
                        if member as usize == item {
                            break;
                        }
                    }
                    count += 1;
                }
            }
        }
        self.number(of, count as usize)
    }

    /// Numbers components that were found losers first by their lowest items, and finds their levels.
    fn number(&self, mut of: Vec<u32>, count: usize) -> Result<Strong, FitError> {
        let items = self.items();
        let mut first: Vec<usize> = filled(count + 1)?;
        for &component in &of {
            first[component as usize + 1] += 1;
        }
        for component in 0..count {
            first[component + 1] += first[component];
        }
        let mut members: Vec<u32> = filled(items)?;
        let mut next = empty(count)?;
        next.extend_from_slice(&first[..count]);
        for item in 0..items {
            let place = &mut next[of[item] as usize];
            members[*place] = item as u32;
            *place += 1;
        }
        let mut found_level: Vec<u32> = filled(count)?;
        for component in (0..count).rev() {
            for &item in &members[first[component]..first[component + 1]] {
                for &loser in self.from(item as usize) {
                    let other = of[loser as usize] as usize;
                    if other != component {
                        found_level[other] = found_level[other].max(found_level[component] + 1);
                    }
                }
            }
        }
        let mut number: Vec<u32> = empty(count)?;
        number.resize(count, NONE);
        let mut level: Vec<u32> = empty(count)?;
        for component in &mut of {
            let given = &mut number[*component as usize];
            if *given == NONE {
                *given = level.len() as u32;
                level.push(found_level[*component as usize]);
            }
            *component = *given;
        }
        Ok(Strong { of, level })
    }
}
