//! J. G. Kemeny, *Mathematics without numbers*, Daedalus 88, 1959: the order that contradicts the least weight of comparisons. Items
//! are split into the strong components of the majorities, which an optimal order keeps together; small ones are solved
//! exactly, large ones by moves of single items.

use super::cells::Cells;
use super::graph::{Edges, Strong};
use super::problem::{Outcome, Problem, Report, Summary};
use crate::consensus::FitError;
use crate::consensus::control::Watch;
use crate::consensus::storage::{empty, filled};

/// Sets of items, or moves, between two looks at the control.
const BATCH: usize = 1 << 12;

/// A meeting of an item with an opponent: who won how often.
#[derive(Clone, Copy, Default)]
struct Meeting {
    opponent: u32,
    won: f64,
    lost: f64,
}

/// The meetings of all items.
struct Meetings {
    start: Vec<usize>,
    all: Vec<Meeting>,
}

impl Meetings {
    /// Those of each item in the order of its opponents.
    fn of(cells: &Cells, items: usize) -> Result<Self, FitError> {
        let mut start: Vec<usize> = filled(items + 2)?;
        for cell in cells.iter() {
            start[cell.a + 2] += 1;
            start[cell.b + 2] += 1;
        }
        for item in 0..items {
            start[item + 2] += start[item + 1];
        }
        let mut all: Vec<Meeting> = filled(start[items + 1])?;
        for cell in cells.iter() {
            for (item, opponent, won, lost) in
                [(cell.a, cell.b, cell.wins_a, cell.wins_b), (cell.b, cell.a, cell.wins_b, cell.wins_a)]
            {
                all[start[item + 1]] = Meeting { opponent: opponent as u32, won, lost };
                start[item + 1] += 1;
            }
        }
        Ok(Self { start, all })
    }

    fn from(&self, item: u32) -> &[Meeting] {
        &self.all[self.start[item as usize]..self.start[item as usize + 1]]
    }
}

/// The state of one fit.
struct Search<'a> {
    meetings: Meetings,
    /// The component of each item, and its place in the order of its component.
    of: Vec<u32>,
    place: Vec<u32>,
    control: &'a Watch<'a>,
}

/// Ranks the items of `cells`.
pub(super) fn fit(
    problem: &Problem<'_>,
    cells: &Cells,
    outcome: &mut Outcome<'_>,
    report: &mut Report,
    control: &Watch<'_>,
) -> Result<Summary, FitError> {
    let (items, limit) = (problem.items, (problem.parameters[0] as usize).max(1));
    let majorities = Edges::of(items, || {
        cells
            .iter()
            .filter(|cell| cell.wins_a != cell.wins_b)
            .map(|cell| if cell.wins_a > cell.wins_b { (cell.a, cell.b) } else { (cell.b, cell.a) })
    })?;
    let Strong { of, level } = majorities.strong()?;
    let mut by_component: Vec<u32> = empty(items)?;
    by_component.extend(0..items as u32);
    by_component.sort_unstable_by_key(|&item| {
        let component = of[item as usize];
        (level[component as usize], component, item)
    });
    let mut search = Search { meetings: Meetings::of(cells, items)?, of, place: filled(items)?, control };
    let mut summary = Summary { iterations: 0, converged: true, objective: 0.0 };
    report.proven = 1.0;
    let mut order: Vec<u32> = empty(items)?;
    let mut rest = by_component.as_slice();
    while let Some(&first) = rest.first() {
        let same = |&item: &u32| search.of[item as usize] == search.of[first as usize];
        let (members, others) = rest.split_at(rest.iter().take_while(|item| same(item)).count());
        rest = others;
        let from = order.len();
        if members.len() <= limit {
            search.exact(members, &mut order)?;
        } else {
            order.extend_from_slice(members);
            let most = problem.max_iterations - summary.iterations;
            let (sweeps, settled) = search.local(members, &mut order[from..], most)?;
            summary.iterations += sweeps;
            summary.converged &= settled;
            report.proven = 0.0;
            control.report(summary.iterations);
        }
    }
    for (place, &item) in order.iter().enumerate() {
        outcome.score[item as usize] = (items - 1 - place) as f64;
    }
    let score = &*outcome.score;
    summary.objective =
        cells.iter().fold(0.0, |sum, cell| sum + if score[cell.a] > score[cell.b] { cell.wins_b } else { cell.wins_a });
    Ok(summary)
}

impl Search<'_> {
    /// Appends the best order of a component: for each set of items the best order in which they come first.
    fn exact(&mut self, members: &[u32], order: &mut Vec<u32>) -> Result<(), FitError> {
        let m = members.len();
        // cost[j * m + i]: what it costs that i comes before j.
        let mut cost: Vec<f64> = filled(m * m)?;
        for (j, &item) in members.iter().enumerate() {
            for meeting in self.meetings.from(item) {
                if let Ok(i) = members.binary_search(&meeting.opponent) {
                    cost[j * m + i] = meeting.won;
                }
            }
        }
        let mut best: Vec<f64> = filled(1 << m)?;
        let mut last: Vec<u8> = filled(1 << m)?;
        for set in 1..1_usize << m {
            if set % BATCH == 0 {
                self.control.check()?;
            }
            best[set] = f64::INFINITY;
            for j in bits(set) {
                let rest = set ^ (1 << j);
                let row = &cost[j * m..(j + 1) * m];
                let value = bits(rest).fold(best[rest], |sum, i| sum + row[i]);
                if value <= best[set] {
                    (best[set], last[set]) = (value, j as u8);
                }
            }
        }
        let from = order.len();
        let mut set = (1_usize << m) - 1;
        while set != 0 {
            let j = last[set] as usize;
            order.push(members[j]);
            set ^= 1 << j;
        }
        order[from..].reverse();
        Ok(())
    }

    /// Orders a component by wins less losses, and then moves single items to their best places until none gains.
    fn local(&mut self, members: &[u32], order: &mut [u32], most: u32) -> Result<(u32, bool), FitError> {
        let component = self.of[members[0] as usize];
        let mut net: Vec<f64> = filled(members.len())?;
        for (net, &item) in net.iter_mut().zip(members) {
            *net = self.inside(item, component).fold(0.0, |sum, meeting| sum + (meeting.won - meeting.lost));
        }
        order.sort_unstable_by(|&i, &j| {
            let of = |item| net[members.binary_search(&item).unwrap_or_default()];
            of(j).partial_cmp(&of(i)).unwrap_or(std::cmp::Ordering::Equal).then(i.cmp(&j))
        });
        for (place, &item) in order.iter().enumerate() {
            self.place[item as usize] = place as u32;
        }
        let mut near: Vec<(u32, f64)> = Vec::new();
        for sweep in 0..most {
            let mut moved = false;
            for (turn, &item) in members.iter().enumerate() {
                if turn % BATCH == 0 {
                    self.control.check()?;
                }
                let at = self.place[item as usize];
                let target = self.best_place(item, component, &mut near)?;
                if target != at {
                    self.shift(order, at as usize, target as usize);
                    moved = true;
                }
            }
            if !moved {
                return Ok((sweep + 1, true));
            }
        }
        Ok((most, false))
    }

    fn inside(&self, item: u32, component: u32) -> impl Iterator<Item = &Meeting> {
        self.meetings.from(item).iter().filter(move |meeting| self.of[meeting.opponent as usize] == component)
    }

    /// The place of the least cost, its own when none is better; `near` is working storage.
    fn best_place(&self, item: u32, component: u32, near: &mut Vec<(u32, f64)>) -> Result<u32, FitError> {
        let at = self.place[item as usize];
        let (mut best, mut target) = (0.0, at);
        for up in [true, false] {
            near.clear();
            for meeting in self.inside(item, component) {
                let place = self.place[meeting.opponent as usize];
                if (place < at) == up {
                    let change = if up { meeting.lost - meeting.won } else { meeting.won - meeting.lost };
                    if near.len() == near.capacity() {
                        near.try_reserve(64).map_err(|_| FitError::OutOfMemory("no memory for a move".to_owned()))?;
                    }
                    near.push((place, change));
                }
            }
            near.sort_unstable_by_key(|&(place, _)| if up { u32::MAX - place } else { place });
            let mut change = 0.0;
            for &(place, step) in near.iter() {
                change += step;
                if change < best {
                    (best, target) = (change, place);
                }
            }
        }
        Ok(target)
    }

    fn shift(&mut self, order: &mut [u32], from: usize, to: usize) {
        let (low, high) = (from.min(to), from.max(to));
        if from < to {
            order[low..=high].rotate_left(1);
        } else {
            order[low..=high].rotate_right(1);
        }
        for (place, &item) in (low as u32..).zip(&order[low..=high]) {
            self.place[item as usize] = place;
        }
    }
}

/// The numbers of the bits that are set, lowest first.
fn bits(set: usize) -> impl Iterator<Item = usize> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let bit = rest.trailing_zeros() as usize;
        rest &= rest.wrapping_sub(1);
        (bit < usize::BITS as usize).then_some(bit)
    })
}
