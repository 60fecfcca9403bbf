//! The elementary kernels on small arrays, for parity tests and diagnosis.

use super::guard::{check, check_array, guard};
use super::status::Failure;
use crate::kernels::Kernels;

/// The longest array that a kernel function takes.
pub const COTERIE_KERNEL_LIMIT: u64 = 65536;

fn length(n: u64) -> Result<(), Failure> {
    if n > COTERIE_KERNEL_LIMIT {
        return Err(Failure::invalid(format!("n is {n}; the most is {COTERIE_KERNEL_LIMIT}")));
    }
    Ok(())
}

/// Copies `x` to `out` and applies a kernel there, so that the two may overlap.
fn map(x: *const f64, out: *mut f64, n: u64, kernel: impl FnOnce(&mut [f64])) -> Result<(), Failure> {
    length(n)?;
    if n == 0 {
        return Ok(());
    }
    check_array(x, n, "x")?;
    let count = check_array(out, n, "out")?;
    // SAFETY: both arrays are checked, the caller lends them with n elements; `copy` allows them to overlap.
    let values = unsafe {
        std::ptr::copy(x, out, count);
        std::slice::from_raw_parts_mut(out, count)
    };
    kernel(values);
    Ok(())
}

/// `out[i] = exp(x[i])` for `i < n`, as `docs/numerics.md` defines it. `out` may be `x`.
///
/// Kind: critical, `n <= COTERIE_KERNEL_LIMIT`. Threads: any, also at once. BORROWS `x`, `out`.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`.
///
/// # Safety
///
/// `x` and `out` hold `n` elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_exp_f64(x: *const f64, out: *mut f64, n: u64) -> i32 {
    guard(std::ptr::null_mut(), || map(x, out, n, |values| Kernels::current().exp(values)))
}

/// `out[i] = log(x[i])` for `i < n`, as `docs/numerics.md` defines it. `out` may be `x`.
///
/// Kind: critical, `n <= COTERIE_KERNEL_LIMIT`. Threads: any, also at once. BORROWS `x`, `out`.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`.
///
/// # Safety
///
/// `x` and `out` hold `n` elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_log_f64(x: *const f64, out: *mut f64, n: u64) -> i32 {
    guard(std::ptr::null_mut(), || map(x, out, n, |values| Kernels::current().log(values)))
}

/// The striped sum of `x[0..n]`, as `docs/numerics.md` defines it, into `*out`.
///
/// Kind: critical, `n <= COTERIE_KERNEL_LIMIT`. Threads: any, also at once. BORROWS `x`, `out`.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`.
///
/// # Safety
///
/// `x` holds `n` elements, `out` one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_sum_f64(x: *const f64, n: u64, out: *mut f64) -> i32 {
    guard(std::ptr::null_mut(), || {
        length(n)?;
        check(out, "out")?;
        let values = if n == 0 {
            &[]
        } else {
            let count = check_array(x, n, "x")?;
            // SAFETY: checked, and the caller lends n elements.
            unsafe { std::slice::from_raw_parts(x, count) }
        };
        let sum = Kernels::current().sum(values);
        // SAFETY: checked above, and the caller lends one element.
        unsafe { out.write(sum) };
        Ok(())
    })
}
