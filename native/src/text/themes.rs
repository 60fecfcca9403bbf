//! What the texts of the winning cluster share: runs of one to three tokens.
//!
//! Few runs can be among the best, and all others are never counted. A run of tokens is in no more texts than any of its
//! tokens, so that no score is above the share of texts that has the rarest one. Tokens alone are counted first. A token
//! that is left out lies in a longer run of the same score, and a run covers three tokens at most: so three times as many
//! tokens as themes are wanted, the last with a score of L, vouch for as many themes of at least L. Only tokens in at least
//! that share of texts can be part of a theme then. And a run in m of n texts is in one of the first n - m + 1 texts.

use super::group::Group;
use super::problem::Theme;
use super::stop_words::STOP_WORDS;
use crate::consensus::{FitError, filled};

/// A run of tokens; those past its length are `NONE`.
type Gram = [u32; 3];

const NONE: u32 = u32::MAX;

/// A run and the texts that have it.
#[derive(Clone, Copy)]
struct Found {
    gram: Gram,
    inside: u32,
    outside: u32,
    /// The text that was last seen with it, as its row + 1.
    last: u32,
    row: u32,
    place: u32,
}

impl Found {
    fn length(&self) -> usize {
        self.gram.iter().take_while(|&&token| token != NONE).count()
    }
}

/// The texts of a task, those of the winning cluster told apart.
pub(super) struct Sides<'a> {
    pub(super) group: Group<'a>,
    /// The rows of the cluster, ascending.
    pub(super) members: &'a [u32],
}

impl Sides<'_> {
    fn outside(&self) -> usize {
        self.group.rows() - self.members.len()
    }

    fn score(&self, inside: u32, outside: u32) -> f64 {
        let share = f64::from(inside) / self.members.len() as f64;
        let others = self.outside();
        share - if others > 0 { f64::from(outside) / others as f64 } else { 0.0 }
    }

    /// Every row and whether it is one of the cluster's.
    fn rows(&self) -> impl Iterator<Item = (usize, bool)> {
        let mut members = self.members.iter().copied().peekable();
        (0..self.group.rows()).map(move |row| (row, members.next_if_eq(&(row as u32)).is_some()))
    }

    /// Writes the themes, the best first, and says how many there are.
    pub(super) fn find(&self, out: &mut [Theme]) -> Result<usize, FitError> {
        if out.is_empty() {
            return Ok(0);
        }
        let tokens = self.count_tokens()?;
        let limit = self.limit(&tokens, out.len())?;
        let mut grams = Grams::new()?;
        self.gather(&tokens, limit, &mut grams)?;
        self.count(&tokens, limit, &mut grams);
        Ok(self.choose(&mut grams, limit, out))
    }

    /// How many texts of either side have each token.
    fn count_tokens(&self) -> Result<Vec<[u32; 2]>, FitError> {
        let mut counts: Vec<[u32; 2]> = filled(self.group.vocabulary())?;
        let mut last: Vec<u32> = filled(self.group.vocabulary())?;
        for (row, inside) in self.rows() {
            let (side, mark) = (usize::from(!inside), row as u32 + 1);
            for &token in self.group.tokens(row) {
                let token = token as usize;
                counts[token][side] += u32::from(last[token] != mark);
                last[token] = mark;
            }
        }
        Ok(counts)
    }

    fn needed(&self) -> u32 {
        self.members.len().min(2) as u32
    }

    /// A score that the wanted number of themes reaches, or the least one above 0.
    fn limit(&self, tokens: &[[u32; 2]], wanted: usize) -> Result<f64, FitError> {
        let alone = tokens[STOP_WORDS.len()..].iter().filter(|counts| counts[0] >= self.needed());
        let mut scores: Vec<f64> = Vec::new();
        for &[inside, outside] in alone {
            let score = self.score(inside, outside);
            if score > 0.0 {
                scores
                    .try_reserve(1)
                    .map_err(|_| FitError::OutOfMemory("no memory for scores of tokens".to_owned()))?;
                scores.push(score);
            }
        }
        let place = wanted * 3 - 1;
        if scores.len() <= place {
            return Ok(f64::MIN_POSITIVE);
        }
        let (_, limit, _) = scores.select_nth_unstable_by(place, |a, b| b.total_cmp(a));
        Ok(*limit)
    }

    /// The runs of a text whose tokens are all in enough texts.
    fn each_gram(&self, row: usize, useful: impl Fn(u32) -> bool, mut visit: impl FnMut(Gram, usize)) {
        let tokens = self.group.tokens(row);
        let stop = |token: i32| (token as usize) < STOP_WORDS.len();
        for (place, &token) in tokens.iter().enumerate() {
            if stop(token) || !useful(token as u32) {
                continue;
            }
            let mut gram = [token as u32, NONE, NONE];
            visit(gram, place);
            for (length, &next) in tokens[place + 1..].iter().take(2).enumerate() {
                if !useful(next as u32) {
                    break;
                }
                gram[length + 1] = next as u32;
                if !stop(next) {
                    visit(gram, place);
                }
            }
        }
    }

    /// The least number of texts of the cluster that a theme is in.
    fn least(&self, limit: f64) -> u32 {
        let rows = self.members.len() as u32;
        let (mut low, mut high) = (self.needed(), rows);
        while low < high {
            let middle = low + (high - low) / 2;
            if f64::from(middle) / f64::from(rows) >= limit {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// Takes in every run that may be a theme.
    fn gather(&self, tokens: &[[u32; 2]], limit: f64, grams: &mut Grams) -> Result<(), FitError> {
        let least = self.least(limit);
        let first = self.members.len() - least as usize + 1;
        for &row in &self.members[..first] {
            grams.reserve(3 * self.group.tokens(row as usize).len())?;
            let useful = |token: u32| tokens[token as usize][0] >= least;
            self.each_gram(row as usize, useful, |gram, place| grams.add(gram, row, place as u32));
        }
        Ok(())
    }

    /// Counts the texts that have each gathered run.
    fn count(&self, tokens: &[[u32; 2]], limit: f64, grams: &mut Grams) {
        let least = self.least(limit);
        for (row, inside) in self.rows() {
            let useful = |token: u32| tokens[token as usize][0] >= least;
            self.each_gram(row, useful, |gram, _| {
                if let Some(found) = grams.find(gram).filter(|found| found.last != row as u32 + 1) {
                    found.last = row as u32 + 1;
                    *(if inside { &mut found.inside } else { &mut found.outside }) += 1;
                }
            });
        }
    }

    fn choose(&self, grams: &mut Grams, limit: f64, out: &mut [Theme]) -> usize {
        let fits = |found: &Found| found.inside >= self.needed() && self.score(found.inside, found.outside) >= limit;
        for i in 0..grams.found.len() {
            let longer = grams.found[i];
            if !fits(&longer) {
                continue;
            }
            let [a, b, c] = longer.gram;
            let parts: &[Gram] = match longer.length() {
                1 => &[],
                2 => &[[a, NONE, NONE], [b, NONE, NONE]],
                _ => &[[a, NONE, NONE], [b, NONE, NONE], [c, NONE, NONE], [a, b, NONE], [b, c, NONE]],
            };
            for &part in parts {
                if let Some(part) = grams.find(part) {
                    // A run that is covered counts for nothing from here on, but may itself cover others by these numbers.
                    if (part.inside, part.outside) == (longer.inside, longer.outside) {
                        part.last = NONE;
                    }
                }
            }
        }
        let found = &mut grams.found;
        found.retain(|found| found.last != NONE && fits(found));
        found.sort_unstable_by(|a, b| {
            let scores = [a, b].map(|found| self.score(found.inside, found.outside));
            let by_score = scores[1].total_cmp(&scores[0]).then(b.length().cmp(&a.length()));
            by_score.then(b.inside.cmp(&a.inside)).then((a.row, a.place).cmp(&(b.row, b.place)))
        });
        let count = found.len().min(out.len());
        for (theme, found) in out.iter_mut().zip(found.iter()) {
            *theme = Theme {
                row: found.row as i32,
                place: found.place as i32,
                length: found.length() as i32,
                inside: found.inside as i32,
                outside: found.outside as i32,
                reserved: 0,
                score: self.score(found.inside, found.outside),
            };
        }
        count
    }
}

/// The gathered runs, in a table of open addressing.
struct Grams {
    found: Vec<Found>,
    /// Places in `found` plus 1, 0 for none; a power of two of them, less than half used.
    table: Vec<u32>,
}

impl Grams {
    fn new() -> Result<Self, FitError> {
        Ok(Self { found: Vec::new(), table: filled(64)? })
    }

    fn reserve(&mut self, more: usize) -> Result<(), FitError> {
        let out_of_memory = |_| FitError::OutOfMemory(format!("no memory for {more} runs of tokens"));
        self.found.try_reserve(more).map_err(out_of_memory)?;
        let wanted = (2 * (self.found.len() + more)).next_power_of_two();
        if wanted > self.table.len() {
            self.table = filled(wanted)?;
            for i in 0..self.found.len() {
                let place = self.place(self.found[i].gram);
                self.table[place] = i as u32 + 1;
            }
        }
        Ok(())
    }

    /// Where a run is, or would be.
    fn place(&self, gram: Gram) -> usize {
        let [a, b, c] = gram.map(u64::from);
        let hash =
            (a << 32 | b).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(c).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        let mask = self.table.len() - 1;
        let mut place = (hash >> 32) as usize & mask;
        while self.table[place] != 0 && self.found[self.table[place] as usize - 1].gram != gram {
            place = (place + 1) & mask;
        }
        place
    }

    /// Takes in a run, for which there is room.
    fn add(&mut self, gram: Gram, row: u32, place: u32) {
        let slot = self.place(gram);
        if self.table[slot] == 0 {
            self.found.push(Found { gram, inside: 0, outside: 0, last: 0, row, place });
            self.table[slot] = self.found.len() as u32;
        }
    }

    fn find(&mut self, gram: Gram) -> Option<&mut Found> {
        match self.table[self.place(gram)] {
            0 => None,
            place => Some(&mut self.found[place as usize - 1]),
        }
    }
}
