//! Handles: 64-bit ids into a table, so that no closed, stale or forged one can reach memory.
//!
//! A handle is `generation << 40 | kind << 32 | slot`. A slot's generation grows each time it is given out; a slot whose
//! generations are used up is never given out again, so a handle never comes back to life. 0 is never a handle.

use super::status::{COTERIE_OUT_OF_MEMORY, COTERIE_STALE_HANDLE, COTERIE_WRONG_HANDLE_TYPE, Failure};

const GENERATIONS: u32 = 1 << 24;

/// A table of objects of one kind.
pub(super) struct Handles<T> {
    kind: u8,
    slots: Vec<Slot<T>>,
    free: Vec<u32>,
}

struct Slot<T> {
    generation: u32,
    object: Option<T>,
}

impl<T> Handles<T> {
    pub(super) const fn new(kind: u8) -> Self {
        Self { kind, slots: Vec::new(), free: Vec::new() }
    }

    /// Takes an object in and returns its handle.
    pub(super) fn insert(&mut self, object: T) -> Result<u64, Failure> {
        let full = || Failure::new(COTERIE_OUT_OF_MEMORY, "no more handles");
        let slot = match self.free.pop() {
            Some(slot) => slot,
            None => {
                let slot = u32::try_from(self.slots.len()).map_err(|_| full())?;
                self.slots.try_reserve(1).map_err(|_| full())?;
                // Room for this slot's return is reserved here, so that a release never allocates.
                let missing = self.slots.len() + 1 - self.free.len();
                self.free.try_reserve(missing).map_err(|_| full())?;
                self.slots.push(Slot { generation: 0, object: None });
                slot
            }
        };
        let entry = &mut self.slots[slot as usize];
        entry.generation += 1;
        entry.object = Some(object);
        Ok(u64::from(entry.generation) << 40 | u64::from(self.kind) << 32 | u64::from(slot))
    }

    /// The object of a handle.
    pub(super) fn get(&self, handle: u64) -> Result<&T, Failure> {
        let slot = self.slot(handle)?;
        self.slots[slot].object.as_ref().ok_or_else(|| stale(handle))
    }

    /// Takes an object out; its handle is stale from then on.
    pub(super) fn remove(&mut self, handle: u64) -> Result<T, Failure> {
        let slot = self.slot(handle)?;
        let entry = &mut self.slots[slot];
        let object = entry.object.take().ok_or_else(|| stale(handle))?;
        if entry.generation + 1 < GENERATIONS {
            self.free.push(slot as u32);
        }
        Ok(object)
    }

    /// The slot of a handle of this table's kind and of the slot's present generation.
    fn slot(&self, handle: u64) -> Result<usize, Failure> {
        let (generation, kind, slot) = ((handle >> 40) as u32, (handle >> 32) as u8, handle as u32);
        if kind != self.kind {
            let text = format!("handle {handle:#x} is of kind {kind}, not {}", self.kind);
            return Err(Failure::new(if handle == 0 { COTERIE_STALE_HANDLE } else { COTERIE_WRONG_HANDLE_TYPE }, text));
        }
        match self.slots.get(slot as usize) {
            Some(entry) if entry.generation == generation => Ok(slot as usize),
            _ => Err(stale(handle)),
        }
    }

    /// The objects that are held.
    pub(super) fn objects(&self) -> impl Iterator<Item = &T> {
        self.slots.iter().filter_map(|slot| slot.object.as_ref())
    }
}

fn stale(handle: u64) -> Failure {
    Failure::new(COTERIE_STALE_HANDLE, format!("handle {handle:#x} is closed or was never given out"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_stale_forged_and_wrong_handles_are_told_apart() {
        let mut table = Handles::new(3);
        let first = table.insert('a').unwrap();
        assert_eq!(table.remove(0).unwrap_err().code, COTERIE_STALE_HANDLE);
        assert_eq!(table.remove(first + 1).unwrap_err().code, COTERIE_STALE_HANDLE);
        assert_eq!(table.remove(first + (1 << 40)).unwrap_err().code, COTERIE_STALE_HANDLE);
        assert_eq!(table.remove(first + (1 << 32)).unwrap_err().code, COTERIE_WRONG_HANDLE_TYPE);
        assert_eq!(table.get(first).unwrap(), &'a');
        assert_eq!(table.get(first + 1).unwrap_err().code, COTERIE_STALE_HANDLE);
        assert_eq!(table.remove(first).unwrap(), 'a');
        assert_eq!(table.get(first).unwrap_err().code, COTERIE_STALE_HANDLE);
        assert_eq!(table.remove(first).unwrap_err().code, COTERIE_STALE_HANDLE);
        let second = table.insert('b').unwrap();
        assert_ne!(first, second);
        assert_eq!(first as u32, second as u32, "the slot is used again");
        assert_eq!(table.remove(first).unwrap_err().code, COTERIE_STALE_HANDLE);
        assert_eq!(table.objects().collect::<Vec<_>>(), [&'b']);
    }

    #[test]
    fn a_worn_out_slot_is_retired() {
        let mut table = Handles::new(1);
        let first = table.insert(()).unwrap();
        table.remove(first).unwrap();
        table.slots[0].generation = GENERATIONS - 2;
        let last = table.insert(()).unwrap();
        table.remove(last).unwrap();
        assert_ne!(table.insert(()).unwrap() as u32, last as u32);
    }
}
