//! Blocks of memory that the JVM reads and writes in place.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::error::ErrorRecord;
use super::guard::{check, guard};
use super::handles::Handles;
use super::status::{COTERIE_OUT_OF_MEMORY, Failure};

const ALIGNMENT: usize = 64;
const KIND: u8 = 1;

/// A block of memory.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MemoryBlock {
    /// The block's handle, for its release.
    pub handle: u64,
    /// The address of its first byte, a multiple of 64.
    pub address: u64,
    /// Its size in bytes, as asked for.
    pub bytes: u64,
}

/// The blocks that are live.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MemoryStats {
    /// How many.
    pub blocks: u64,
    /// Their bytes, as asked for.
    pub bytes: u64,
}

/// The memory behind a block. Freed when the last of the handle and the calls that read it lets go.
pub(super) struct Block {
    base: *mut u8,
    layout: Layout,
    address: usize,
    bytes: usize,
}

// SAFETY: the block owns its memory; nothing in here reads or writes it.
unsafe impl Send for Block {}
// SAFETY: as above.
unsafe impl Sync for Block {}

impl Block {
    fn allocate(bytes: u64) -> Result<Self, Failure> {
        let refused = || Failure::new(COTERIE_OUT_OF_MEMORY, format!("no memory for a block of {bytes} bytes"));
        let size = usize::try_from(bytes).map_err(|_| refused())?;
        // Over-allocated and aligned by hand: with an alignment of 64 the system allocator would write every byte to
        // zero it, where calloc hands out untouched pages.
        let padded = size.checked_add(ALIGNMENT).ok_or_else(refused)?;
        let layout = Layout::from_size_align(padded, 16).map_err(|_| refused())?;
        // SAFETY: the layout's size is at least 64.
        let base = unsafe { alloc_zeroed(layout) };
        if base.is_null() {
            return Err(refused());
        }
        let address = base.expose_provenance().next_multiple_of(ALIGNMENT);
        Ok(Self { base, layout, address, bytes: size })
    }

    /// Whether the byte range starts in this block.
    pub(super) fn holds(&self, address: usize) -> bool {
        address.wrapping_sub(self.address) < self.bytes
    }

    /// How many bytes of the block follow an address inside of it.
    pub(super) fn rest(&self, address: usize) -> usize {
        self.bytes - (address - self.address)
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        // SAFETY: allocated with this layout, and nobody holds the block any more.
        unsafe { dealloc(self.base, self.layout) };
    }
}

static BLOCKS: Mutex<Handles<Arc<Block>>> = Mutex::new(Handles::new(KIND));

fn blocks() -> MutexGuard<'static, Handles<Arc<Block>>> {
    BLOCKS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps every live block that one of the addresses lies in alive until the result is dropped.
pub(super) fn pin(addresses: &[usize]) -> Vec<Arc<Block>> {
    let table = blocks();
    let wanted = |block: &&Arc<Block>| addresses.iter().any(|&address| block.holds(address));
    table.objects().filter(wanted).cloned().collect()
}

/// Allocates a block: zeroed, aligned to 64 bytes, of any size; 0 bytes are a block too.
///
/// Kind: normal. Threads: any, also at once. BORROWS `out`, `error` (nullable).
/// The block is the caller's until `coterie_memory_release`.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`.
///
/// # Safety
///
/// `out` points to a block record, `error` is NULL or points to a record.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_memory_allocate(bytes: u64, out: *mut MemoryBlock, error: *mut ErrorRecord) -> i32 {
    guard(error, || {
        check(out, "out")?;
        let block = Arc::new(Block::allocate(bytes)?);
        let address = block.address as u64;
        let handle = blocks().insert(block)?;
        // SAFETY: checked above; the caller lends a whole record.
        unsafe { out.write(MemoryBlock { handle, address, bytes }) };
        Ok(())
    })
}

/// Releases a block. A fit that is reading it keeps it alive until it is done.
///
/// Kind: normal. Threads: any, also at once. BORROWS `error` (nullable).
/// Returns `COTERIE_OK`, `COTERIE_STALE_HANDLE`, `COTERIE_WRONG_HANDLE_TYPE`.
///
/// # Safety
///
/// `error` is NULL or points to a record; nothing but a fit in flight uses the block's memory.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_memory_release(handle: u64, error: *mut ErrorRecord) -> i32 {
    guard(error, || {
        // The lock is let go before the memory is freed.
        let block = blocks().remove(handle)?;
        drop(block);
        Ok(())
    })
}

/// Counts the blocks that are live in this process.
///
/// Kind: normal. Threads: any, also at once. BORROWS `out`, `error` (nullable).
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`.
///
/// # Safety
///
/// `out` points to a statistics record, `error` is NULL or points to a record.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_memory_stats(out: *mut MemoryStats, error: *mut ErrorRecord) -> i32 {
    guard(error, || {
        check(out, "out")?;
        let mut stats = MemoryStats { blocks: 0, bytes: 0 };
        for block in blocks().objects() {
            stats.blocks += 1;
            stats.bytes += block.bytes as u64;
        }
        // SAFETY: checked above; the caller lends a whole record.
        unsafe { out.write(stats) };
        Ok(())
    })
}
