//! The arrays that a call borrows: each is whole, and none that is written touches another.

use std::sync::Arc;

use super::guard::check_array;
use super::memory::{Block, pin};
use super::status::Failure;

/// The byte ranges of the arrays of one call.
#[derive(Default)]
pub(super) struct Ranges(Vec<Range>);

struct Range {
    name: &'static str,
    start: usize,
    bytes: usize,
    written: bool,
}

impl Ranges {
    /// Takes in an array that the call reads.
    pub(super) fn reads<T>(&mut self, pointer: *const T, length: u64, name: &'static str) -> Result<usize, Failure> {
        self.add(pointer, length, name, false)
    }

    /// Takes in an array that the call writes.
    pub(super) fn writes<T>(&mut self, pointer: *mut T, length: u64, name: &'static str) -> Result<usize, Failure> {
        self.add(pointer, length, name, true)
    }

    fn add<T>(&mut self, pointer: *const T, length: u64, name: &'static str, written: bool) -> Result<usize, Failure> {
        let count = check_array(pointer, length, name)?;
        self.0.push(Range { name, start: pointer.addr(), bytes: count * size_of::<T>(), written });
        Ok(count)
    }

    /// Refuses arrays that leave their block and overlaps with a written array; keeps the blocks alive.
    pub(super) fn settle(mut self) -> Result<Vec<Arc<Block>>, Failure> {
        self.0.sort_by_key(|range| range.start);
        let starts: Vec<usize> = self.0.iter().map(|range| range.start).collect();
        let blocks = pin(&starts);
        for range in &self.0 {
            for block in blocks.iter().filter(|block| block.holds(range.start)) {
                let rest = block.rest(range.start);
                if range.bytes > rest {
                    let (name, bytes) = (range.name, range.bytes);
                    return Err(Failure::invalid(format!("{name} needs {bytes} bytes, its block has {rest} left")));
                }
            }
        }
        // The written and the read array that reach furthest so far.
        let mut furthest: [Option<&Range>; 2] = [None, None];
        for range in &self.0 {
            for (written, before) in furthest.iter().enumerate() {
                let Some(before) = before else { continue };
                if (written == 1 || range.written) && before.start + before.bytes > range.start {
                    return Err(Failure::invalid(format!("{} and {} overlap", before.name, range.name)));
                }
            }
            let place = &mut furthest[usize::from(range.written)];
            if place.is_none_or(|before| before.start + before.bytes < range.start + range.bytes) {
                *place = Some(range);
            }
        }
        Ok(blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlap(reads: &[(usize, u64)], writes: &[(usize, u64)]) -> bool {
        let mut ranges = Ranges::default();
        for &(start, length) in reads {
            ranges.reads(std::ptr::without_provenance::<u8>(start), length, "read").unwrap();
        }
        for &(start, length) in writes {
            ranges.writes(std::ptr::without_provenance_mut::<u8>(start), length, "written").unwrap();
        }
        ranges.settle().is_err()
    }

    #[test]
    fn written_arrays_stand_alone() {
        assert!(!overlap(&[(10, 10), (15, 10), (10, 10)], &[]));
        assert!(!overlap(&[(10, 10)], &[(20, 10), (30, 10), (5, 5)]));
        assert!(overlap(&[(10, 10)], &[(19, 10)]));
        assert!(overlap(&[(10, 10)], &[(10, 10)]));
        assert!(overlap(&[(10, 100), (20, 1)], &[(50, 1)]));
        assert!(overlap(&[(50, 1), (51, 1)], &[(10, 100)]));
        assert!(overlap(&[], &[(10, 100), (20, 1), (50, 1)]));
    }
}
