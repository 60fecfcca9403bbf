//! Every number that was chosen, not derived; `docs/methods/auto.md` says why.

/// Iterations of the one-coin and of the MACE start.
pub(super) const COIN_START: usize = 12;
pub(super) const MACE_START: usize = 15;
/// Starts from the answers of one expert, and of a share of the experts.
pub(super) const SINGLES: usize = 4;
pub(super) const GROUPS: usize = 2;
pub(super) const GROUP_SHARE: usize = 8;
/// With fewer experts there are no such starts.
pub(super) const LEAST_EXPERTS: usize = 4;
/// The count that a partial start shares out among the labels.
pub(super) const PARTIAL: f64 = 0.5;
/// Iterations, and how many modes go on after them.
pub(super) const ROUNDS: [(usize, usize); 3] = [(5, 3), (7, 2), (12, 2)];
/// Modes within this distance are one.
pub(super) const NEAR: f64 = 0.03;
/// Evidences that differ by no more are equal.
pub(super) const SAME_EVIDENCE: f64 = 1e-6;
/// The least weight of a mode, where the best one has 1.
pub(super) const LEAST_MODE: f64 = 0.01;
/// How far a mode and another member may leave the votes.
pub(super) const MODE_DRIFT: f64 = 5.0;
pub(super) const MEMBER_DRIFT: f64 = 1.5;
/// How far MACE may, that stands for a one-coin member which was dropped.
pub(super) const MACE_DRIFT: f64 = 2.5;
/// Classes below this share do not matter for that.
pub(super) const SMALL_CLASS: f64 = 0.01;

/// The pseudo-counts that an expert's spam model may be worth.
pub(super) const STRENGTHS: [f64; 11] = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];
/// A greater strength has to be better by this part.
pub(super) const BETTER_STRENGTH: f64 = 1e-9;
/// Counts that are nothing.
pub(super) const EMPTY: f64 = 1e-9;
/// The most strength in the capped member.
pub(super) const CAP: f64 = 8.0;
/// The strength is chosen in the first iterations and then in the last of so many.
pub(super) const CHOOSE_BELOW: usize = 5;
pub(super) const CHOOSE_EVERY: usize = 5;
/// Of the spam model: the probability of knowledge at the start, the counts of spam over all labels and of knowledge, and
/// the least probability.
pub(super) const KNOWN: f64 = 0.7;
pub(super) const SPAM_COUNT: f64 = 10.0;
pub(super) const KNOWN_COUNT: f64 = 0.5;
pub(super) const LEAST_CELL: f64 = 1e-6;
/// Its steps in the first iteration and in later ones.
pub(super) const FIRST_STEPS: usize = 10;
pub(super) const STEPS: usize = 2;
/// Of the one-coin model: the pseudo-counts, and how near skills may come to 0 and 1.
pub(super) const COIN_COUNT: f64 = 2.0;
pub(super) const COIN_EDGE: f64 = 1e-6;
/// What Dawid-Skene adds to each count.
pub(super) const SMOOTHING: f64 = 0.1;
/// The iterations of a member.
pub(super) const MEMBER_STEPS: usize = 8;
/// The weights of the members in their order: [`Member`](super::pool::Member).
pub(super) const WEIGHTS: [f64; 6] = [1.0, 1.0, 1.0, 2.0, 1.0, 1.0];
pub(super) const MEMBERS: usize = WEIGHTS.len();
/// What a probability is at least before its logarithm is taken.
pub(super) const LEAST_P: f64 = 1e-300;

/// Simulations of independent experts, their iterations, and the start's certainty of their truth.
pub(super) const SIMULATIONS: u64 = 2;
pub(super) const SIMULATION_STEPS: usize = 6;
pub(super) const SURE: f64 = 0.9;
pub(super) const UNSURE: f64 = 0.1;
/// Below this spread nothing can be said about correlation.
pub(super) const LEAST_SPREAD: f64 = 1e-9;
/// The least standard error, and the greatest excess that is told apart.
pub(super) const LEAST_ERROR: f64 = 0.003;
pub(super) const MOST_EXCESS: f64 = 0.3;
/// The prior: the probability that experts are correlated, their mean excess then, and the grid over it.
pub(super) const CORRELATED: f64 = 0.75;
pub(super) const MEAN_EXCESS: f64 = 0.05;
pub(super) const GRID: f64 = 0.002;
pub(super) const GRID_POINTS: u32 = 150;
/// The exponent: what it begins with, what many labels and what excess may add, and the excess that adds half of that.
pub(super) const EXPONENT: f64 = 0.4;
pub(super) const EXPONENT_LABELS: f64 = 0.4;
pub(super) const EXPONENT_EXCESS: f64 = 0.4;
pub(super) const HALF_EXCESS: f64 = 0.05;
/// The weight from which a second mode is a rival.
pub(super) const RIVAL: f64 = 0.05;

/// How many known labels set the power of the result, and how many choose between readings.
pub(super) const LEAST_KNOWN: usize = 5;
pub(super) const READINGS_KNOWN: usize = 10;
/// How far a reading may leave the votes.
pub(super) const READING_DRIFT: f64 = 5.0;
/// The weights of the readings before known labels are seen: [`Reading`](super::gold::Reading).
pub(super) const READING_WEIGHTS: [f64; 5] = [0.6, 0.2, 0.1, 0.1, 0.1];
/// The iterations from the start by known labels.
pub(super) const RIVAL_STEPS: usize = 12;
/// The powers, and the standard deviation of their logarithms.
pub(super) const BETAS: [f64; 12] = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.12, 1.25, 1.4, 1.6, 1.9];
pub(super) const SPREAD: f64 = 0.2;
/// What all labels share, and the weights of these floors.
pub(super) const FLOORS: [f64; 2] = [0.01, 0.05];
pub(super) const FLOOR_WEIGHTS: [f64; 2] = [0.75, 0.25];
/// The standard errors by which a reading has to be better than the pool: at least the first, the second by the known labels.
pub(super) const LEAST_ERRORS: f64 = 0.5;
pub(super) const LUCK: f64 = 15.0;
/// The least weight of a reading.
pub(super) const LEAST_READING: f64 = 0.1;

/// Where the random numbers begin, beside the seed.
pub(super) const SEED_EXPERTS: u64 = 1000;
pub(super) const SEED_GROUPS: u64 = 1000;
pub(super) const SEED_NULL: u64 = 2000;
