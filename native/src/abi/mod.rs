//! The C interface: the only place with `extern "C"`.
//!
//! The rules are in `bindings/README.md`; `bindings/coterie.h` is generated from this module.

mod acquisition;
mod agreement;
mod error;
mod fit;
mod guard;
mod handles;
mod isa;
mod kernels;
mod memory;
mod numeric;
mod online;
mod pairwise;
mod ranges;
mod sequences;
mod status;
mod text;
mod text_wire;
mod version;
mod wire;

pub use acquisition::{
    AcquisitionPlan, AcquisitionQuestion, COTERIE_TASK_ASK, COTERIE_TASK_NO_CANDIDATE, COTERIE_TASK_NOT_WORTH,
    COTERIE_TASK_OVER_BUDGET, COTERIE_TASK_REACHED, COTERIE_TASK_WAITING, coterie_acquisition_plan,
};
pub use agreement::{
    COTERIE_MEASURE_ACCURACY, COTERIE_MEASURE_CALIBRATION, COTERIE_MEASURE_COHEN_KAPPA, COTERIE_MEASURE_CONSISTENCY,
    COTERIE_MEASURE_CORRELATION, COTERIE_MEASURE_ERROR, COTERIE_MEASURE_FLEISS_KAPPA,
    COTERIE_MEASURE_KRIPPENDORFF_ALPHA, COTERIE_MEASURE_OBSERVED_AGREEMENT, COTERIE_MEASURE_UNCERTAINTY,
    MeasureProblem, coterie_agreement_measure,
};
pub use error::ErrorRecord;
pub use fit::{
    COTERIE_METHOD_AUTO, COTERIE_METHOD_CATD, COTERIE_METHOD_DAWID_SKENE, COTERIE_METHOD_EBCC, COTERIE_METHOD_GLAD,
    COTERIE_METHOD_GOLD_MAJORITY_VOTE, COTERIE_METHOD_IBCC, COTERIE_METHOD_KOS, COTERIE_METHOD_MACE,
    COTERIE_METHOD_MAJORITY_VOTE, COTERIE_METHOD_MMSR, COTERIE_METHOD_ONE_COIN_DAWID_SKENE, COTERIE_METHOD_ORDINAL,
    COTERIE_METHOD_PM, COTERIE_METHOD_WAWA, COTERIE_METHOD_WEIGHTED_VOTE, COTERIE_METHOD_ZEN_CROWD,
    COTERIE_METHOD_ZERO_BASED_SKILL, COTERIE_PRIOR_COUNTS_EVERY_ITERATION, COTERIE_PRIOR_COUNTS_FIRST_ITERATION,
    COTERIE_PRIOR_COUNTS_NONE, COTERIE_REPEATS_COUNT_ALL, COTERIE_REPEATS_LAST_WINS, ControlBlock, FitOutcome,
    FitProblem, coterie_consensus_fit,
};
pub use guard::coterie_selftest_panic;
pub use isa::{
    COTERIE_ISA_AVX2, COTERIE_ISA_AVX512, COTERIE_ISA_NEON, COTERIE_ISA_SCALAR, coterie_isa, coterie_isa_select,
};
pub use kernels::{COTERIE_KERNEL_LIMIT, coterie_exp_f64, coterie_log_f64, coterie_sum_f64};
pub use memory::{MemoryBlock, MemoryStats, coterie_memory_allocate, coterie_memory_release, coterie_memory_stats};
pub use numeric::{
    COTERIE_NUMERIC_CATD, COTERIE_NUMERIC_LFC_N, COTERIE_NUMERIC_MEAN, COTERIE_NUMERIC_MEDIAN, COTERIE_NUMERIC_PM,
    COTERIE_NUMERIC_TRIMMED_MEAN, COTERIE_NUMERIC_WEIGHTED_MEAN, NumericOutcome, NumericProblem, coterie_numeric_fit,
};
pub use online::{
    OnlineAnswers, OnlineOptions, OnlineStatistics, OnlineSummary, OnlineView, coterie_online_add,
    coterie_online_create, coterie_online_load, coterie_online_read, coterie_online_refit, coterie_online_release,
    coterie_online_remove, coterie_online_save, coterie_online_statistics,
};
pub use pairwise::{
    COTERIE_PAIRWISE_BORDA, COTERIE_PAIRWISE_BRADLEY_TERRY, COTERIE_PAIRWISE_COPELAND, COTERIE_PAIRWISE_EIGENVECTOR,
    COTERIE_PAIRWISE_ELO, COTERIE_PAIRWISE_KEMENY, COTERIE_PAIRWISE_NEWMAN, COTERIE_PAIRWISE_NOISY_BRADLEY_TERRY,
    COTERIE_PAIRWISE_PAGE_RANK, COTERIE_PAIRWISE_WIN_RATE, PairwiseOutcome, PairwiseProblem, coterie_pairwise_fit,
};
pub use sequences::{TextRoverOutcome, TextRoverProblem, coterie_text_rover};
pub use status::{
    COTERIE_CANCELLED, COTERIE_INVALID_ARGUMENT, COTERIE_OK, COTERIE_OUT_OF_MEMORY, COTERIE_PANIC,
    COTERIE_STALE_HANDLE, COTERIE_UNSUPPORTED, COTERIE_WRONG_HANDLE_TYPE,
};
pub use text::{
    COTERIE_TEXT_COMPLETE_LINK, COTERIE_TEXT_COMPONENTS, COTERIE_TEXT_CONFIDENCE_ALONE, COTERIE_TEXT_CONFIDENCE_POOLED,
    COTERIE_TEXT_DENSITY, COTERIE_TEXT_EMBEDDING_COSINE, COTERIE_TEXT_JACCARD, COTERIE_TEXT_LEADER,
    COTERIE_TEXT_LEVENSHTEIN, COTERIE_TEXT_MIN_HASH, COTERIE_TEXT_SET_COSINE, COTERIE_TEXT_TFIDF_COSINE,
    COTERIE_TEXT_TRIGRAM_DICE, COTERIE_TEXT_WORD_ALIGNMENT, COTERIE_TEXT_WORD_LEVENSHTEIN, TextOutcome, TextPairs,
    TextProblem, TextTheme, coterie_text_consensus, coterie_text_pairs, coterie_text_similarities,
};
pub use text_wire::{TextWireOptions, coterie_text_wire};
pub use version::{COTERIE_ABI_MAJOR, COTERIE_ABI_MINOR, coterie_abi_version, coterie_build_info};
pub use wire::{WireReport, coterie_wire_check};
