//! How a model is kept up to date.

use crate::consensus::FitError;

/// The options of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The most sweeps over the tasks that an update touches.
    pub sweeps: u32,
    /// After an update, of how many experts the other tasks are visited too: those that changed most.
    pub neighbours: u32,
    /// The most tasks that are visited for them.
    pub neighbour_tasks: u32,
    /// What is added to every confusion count.
    pub smoothing: f64,
    /// What is added to the counts of right answers besides: how far an unknown expert is trusted.
    pub trust: f64,
    /// Sweeps end when no posterior changes by more than this.
    pub settled: f64,
    /// The relative change of the log-likelihood that ends a refit.
    pub tolerance: f64,
    /// The most iterations of a refit.
    pub max_iterations: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            sweeps: 2,
            neighbours: 0,
            neighbour_tasks: 256,
            smoothing: 0.01,
            trust: 1.0,
            settled: 1e-4,
            tolerance: 1e-9,
            max_iterations: 5000,
        }
    }
}

impl Options {
    /// Refuses what is out of range, by its name.
    pub(crate) fn check(&self) -> Result<(), FitError> {
        for (name, value) in [("sweeps", self.sweeps), ("neighbours", self.neighbours)] {
            if value > 1000 {
                return Err(FitError::Invalid(format!("{name} is {value}, not in 0..=1000")));
            }
        }
        for (name, value) in [("neighbour_tasks", self.neighbour_tasks), ("max_iterations", self.max_iterations)] {
            if value > i32::MAX as u32 {
                return Err(FitError::Invalid(format!("{name} is {value}, not in 0..={}", i32::MAX)));
            }
        }
        let amounts = [
            ("smoothing", self.smoothing),
            ("trust", self.trust),
            ("settled", self.settled),
            ("tolerance", self.tolerance),
        ];
        for (name, value) in amounts {
            if !(0.0..=1e100).contains(&value) {
                return Err(FitError::Invalid(format!("{name} is {value}, not between 0 and 1e100")));
            }
        }
        Ok(())
    }
}
