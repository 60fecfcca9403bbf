//! Consensus of written answers: which of them says what most say, who supports it and who dissents, and what they share.
//! `docs/text.md` specifies it bit for bit.

mod characters;
mod choice;
mod clusters;
mod confidence;
mod group;
mod levenshtein;
mod matrix;
mod message;
mod pairs;
mod problem;
mod profile;
mod run;
mod similarity;
mod stop_words;
mod table;
mod texts;
mod themes;
mod tokens;
mod votes;
mod words;

pub use message::consensus_message;
pub use pairs::{Pair, pairs, similarities};
pub use problem::{
    COMPLETE_LINK_ROWS, Clustering, Columns, Confidence, MOST_THEMES, Options, Outcome, Similarity, Solution, Theme,
};
pub use run::consensus;
pub use stop_words::STOP_WORDS;
pub use table::{Row, Table};
pub use tokens::Tokeniser;
