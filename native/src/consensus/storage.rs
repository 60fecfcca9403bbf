//! Arrays whose allocation may fail without ending the process.

use super::FitError;

/// An array of default values.
pub(super) fn filled<T: Clone + Default>(length: usize) -> Result<Vec<T>, FitError> {
    let mut array = empty(length)?;
    array.resize(length, T::default());
    Ok(array)
}

/// An empty array with room.
pub(super) fn empty<T>(capacity: usize) -> Result<Vec<T>, FitError> {
    let mut array = Vec::new();
    array
        .try_reserve_exact(capacity)
        .map_err(|_| FitError::OutOfMemory(format!("no memory for {capacity} elements of {} bytes", size_of::<T>())))?;
    Ok(array)
}
