//! One sequence from several: transcripts, translations, captions. [`rover`] votes word by word over aligned sentences.
//! The pages in `docs/methods` specify each method bit for bit.
//!
//! ```
//! use coterie::consensus::Control;
//! use coterie::sequence::{RoverProblem, RoverSolution, Rows, rover};
//!
//! // Words are numbers that ascend with their length, then with their code points; 0 is the empty word.
//! let rows = Rows {
//!     tasks: 1,
//!     experts: 3,
//!     task: &[0, 0, 0],
//!     expert: &[0, 1, 2],
//!     words: 8,
//!     length: &[4, 4, 5],
//!     word: &[1, 2, 3, 4, 2, 7, 4, 5, 2, 3, 4, 5, 6],
//! };
//! let problem = RoverProblem { rows, confidence: None, reliability: false };
//! let mut solution = RoverSolution::new(&problem);
//! rover(&problem, solution.outcome(), &Control::default())?;
//! assert_eq!(solution.words_of(0), [2, 3, 4, 5]);
//! # Ok::<(), coterie::consensus::FitError>(())
//! ```

mod grouping;
mod network;
mod problem;
mod rover;
mod weights;

pub use problem::{RoverOutcome, RoverProblem, RoverSolution, Rows};
pub use rover::rover;
