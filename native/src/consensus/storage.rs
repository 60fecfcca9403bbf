//! Arrays whose allocation may fail without ending the process.

use std::ops::{Deref, DerefMut};

use super::FitError;

/// A table of numbers that begins with a cache line, so that no short row lies across two of them.
pub(crate) struct Table {
    lines: Vec<Line>,
    length: usize,
}

#[derive(Clone, Default)]
#[repr(align(64))]
#[expect(dead_code, reason = "read as numbers, through the table's slice")]
struct Line([f64; 8]);

impl Table {
    /// A table of zeros.
    pub(crate) fn zeros(length: usize) -> Result<Self, FitError> {
        Ok(Self { lines: filled(length.div_ceil(8))?, length })
    }
}

impl Deref for Table {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        // SAFETY: a line is eight numbers without padding, and `length` is at most eight times the lines.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.length) }
    }
}

impl DerefMut for Table {
    fn deref_mut(&mut self) -> &mut [f64] {
        // SAFETY: as in `deref`.
        unsafe { std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.length) }
    }
}

/// An array of default values.
pub(crate) fn filled<T: Clone + Default>(length: usize) -> Result<Vec<T>, FitError> {
    let mut array = empty(length)?;
    array.resize(length, T::default());
    Ok(array)
}

/// An empty array with room.
pub(crate) fn empty<T>(capacity: usize) -> Result<Vec<T>, FitError> {
    let mut array = Vec::new();
    array
        .try_reserve_exact(capacity)
        .map_err(|_| FitError::OutOfMemory(format!("no memory for {capacity} elements of {} bytes", size_of::<T>())))?;
    Ok(array)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_begin_with_a_cache_line() {
        for length in 0..40 {
            let mut table = Table::zeros(length).unwrap();
            table.fill(1.0);
            assert_eq!(table.iter().sum::<f64>(), length as f64);
            assert!(table.as_ptr().addr().is_multiple_of(64));
        }
    }

    #[test]
    fn too_much_is_an_error() {
        assert!(matches!(Table::zeros(usize::MAX / 8), Err(FitError::OutOfMemory(_))));
        assert!(matches!(filled::<u32>(usize::MAX / 2), Err(FitError::OutOfMemory(_))));
    }
}
