//! The instruction set that the kernels run on.

use super::error::ErrorRecord;
use super::guard::guard;
use super::status::{COTERIE_UNSUPPORTED, Failure};
use crate::kernels::Isa;

/// No vector instructions beyond the platform's baseline.
pub const COTERIE_ISA_SCALAR: i32 = 0;
/// x86-64 with AVX2.
pub const COTERIE_ISA_AVX2: i32 = 1;
/// x86-64 with AVX-512 F, DQ and VL.
pub const COTERIE_ISA_AVX512: i32 = 2;
/// AArch64 with Advanced SIMD.
pub const COTERIE_ISA_NEON: i32 = 3;

fn code(isa: Isa) -> i32 {
    match isa {
        Isa::Scalar => COTERIE_ISA_SCALAR,
        Isa::Avx2 => COTERIE_ISA_AVX2,
        Isa::Avx512 => COTERIE_ISA_AVX512,
        Isa::Neon => COTERIE_ISA_NEON,
    }
}

/// The instruction set in use, one of the `COTERIE_ISA_` numbers: the best of this machine until another is selected.
///
/// Kind: critical. Threads: any, also at once.
#[unsafe(no_mangle)]
pub extern "C" fn coterie_isa() -> i32 {
    code(crate::kernels::current())
}

/// Selects the instruction set for all calls that begin from now on, in the whole process. Results do not depend on it.
///
/// Kind: normal. Threads: any, also at once. BORROWS `error` (nullable).
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT` for an unknown number, `COTERIE_UNSUPPORTED` where this machine lacks it.
///
/// # Safety
///
/// `error` is NULL or points to a record.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_isa_select(isa: i32, error: *mut ErrorRecord) -> i32 {
    guard(error, || {
        let wanted = Isa::all()
            .into_iter()
            .find(|&candidate| code(candidate) == isa)
            .ok_or_else(|| Failure::invalid(format!("isa {isa} is unknown; known are 0 to 3")))?;
        if crate::kernels::select(wanted) {
            return Ok(());
        }
        let have: Vec<&str> = Isa::available().map(Isa::name).collect();
        let text = format!("this machine or build has no {}; it has {}", wanted.name(), have.join(", "));
        Err(Failure::new(COTERIE_UNSUPPORTED, text))
    })
}
