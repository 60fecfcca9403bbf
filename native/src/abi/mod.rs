//! The C interface: the only place with `extern "C"`.
//!
//! The rules are in `bindings/README.md`; `bindings/coterie.h` is generated from this module.

mod agreement;
mod error;
mod fit;
mod guard;
mod handles;
mod isa;
mod kernels;
mod memory;
mod ranges;
mod status;
mod version;

pub use agreement::{
    COTERIE_MEASURE_ACCURACY, COTERIE_MEASURE_CALIBRATION, COTERIE_MEASURE_COHEN_KAPPA, COTERIE_MEASURE_CONSISTENCY,
    COTERIE_MEASURE_CORRELATION, COTERIE_MEASURE_ERROR, COTERIE_MEASURE_FLEISS_KAPPA,
    COTERIE_MEASURE_KRIPPENDORFF_ALPHA, COTERIE_MEASURE_OBSERVED_AGREEMENT, COTERIE_MEASURE_UNCERTAINTY,
    MeasureProblem, coterie_agreement_measure,
};
pub use error::ErrorRecord;
pub use fit::{
    COTERIE_METHOD_DAWID_SKENE, COTERIE_METHOD_MAJORITY_VOTE, COTERIE_METHOD_ONE_COIN_DAWID_SKENE,
    COTERIE_METHOD_WEIGHTED_VOTE, COTERIE_PRIOR_COUNTS_EVERY_ITERATION, COTERIE_PRIOR_COUNTS_FIRST_ITERATION,
    COTERIE_PRIOR_COUNTS_NONE, COTERIE_REPEATS_COUNT_ALL, COTERIE_REPEATS_LAST_WINS, ControlBlock, FitOutcome,
    FitProblem, coterie_consensus_fit,
};
pub use guard::coterie_selftest_panic;
pub use isa::{
    COTERIE_ISA_AVX2, COTERIE_ISA_AVX512, COTERIE_ISA_NEON, COTERIE_ISA_SCALAR, coterie_isa, coterie_isa_select,
};
pub use kernels::{COTERIE_KERNEL_LIMIT, coterie_exp_f64, coterie_log_f64, coterie_sum_f64};
pub use memory::{MemoryBlock, MemoryStats, coterie_memory_allocate, coterie_memory_release, coterie_memory_stats};
pub use status::{
    COTERIE_CANCELLED, COTERIE_INVALID_ARGUMENT, COTERIE_OK, COTERIE_OUT_OF_MEMORY, COTERIE_PANIC,
    COTERIE_STALE_HANDLE, COTERIE_UNSUPPORTED, COTERIE_WRONG_HANDLE_TYPE,
};
pub use version::{COTERIE_ABI_MAJOR, COTERIE_ABI_MINOR, coterie_abi_version, coterie_build_info};
