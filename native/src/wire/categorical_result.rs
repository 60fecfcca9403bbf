//! The result of a consensus of labels.

use super::reason::WireError;
use super::value::{Map, Value};
use super::{Kind, names, open_as, write};

/// The result of a consensus of labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CategoricalResult<'a> {
    /// The id of the method, where it is told.
    pub method: Option<&'a str>,
    /// The names of the tasks, each there once.
    pub tasks: Vec<&'a str>,
    /// The names of the experts, each there once.
    pub experts: Vec<&'a str>,
    /// The names of the labels, each there once.
    pub labels: Vec<&'a str>,
    /// The label of each task, -1 where it has none.
    pub answer: Vec<i32>,
    /// The second most probable label of each task, -1 where it has none.
    pub runner_up: Vec<i32>,
    /// `[task][label]`: the posterior probabilities.
    pub posterior: Vec<f64>,
    /// How far each expert can be trusted.
    pub skill: Vec<f64>,
    /// The iterations that were made.
    pub iterations: i32,
    /// The value that the method made large, such as the log-likelihood; `None` where it has none.
    pub objective: Option<f64>,
    /// Whether the iterations ended before their limit.
    pub converged: bool,
}

impl<'a> CategoricalResult<'a> {
    pub(super) fn read(body: &Map<'a>) -> Result<Self, WireError> {
        let method = body.optional("method")?.map(Value::text).transpose()?;
        let tasks = names(body.required("tasks")?)?;
        let experts = names(body.required("experts")?)?;
        let labels = names(body.required("labels")?)?;
        let count = Some(tasks.len());
        Ok(Self {
            method,
            answer: body.required("answer")?.indices(count, -1, labels.len())?,
            runner_up: body.required("runner_up")?.indices(count, -1, labels.len())?,
            posterior: body.required("posterior")?.numbers(tasks.len().saturating_mul(labels.len()))?,
            skill: body.required("skill")?.numbers(experts.len())?,
            iterations: body.required("iterations")?.index(1 << 31)?,
            objective: body.optional("objective")?.map(Value::number).transpose()?,
            converged: body.required("converged")?.boolean()?,
            tasks,
            experts,
            labels,
        })
    }
}

/// Reads the result of a consensus of labels. Time and memory: linear in the length of the message.
///
/// # Errors
///
/// [`WireError`] when the message is refused.
pub fn read_categorical_result(data: &[u8]) -> Result<CategoricalResult<'_>, WireError> {
    CategoricalResult::read(&open_as(data, Kind::CategoricalResult)?)
}

/// Appends the result of a consensus of labels to `out`, in the canonical form.
///
/// # Errors
///
/// [`WireError`] when the value is refused, with the position in what would have been written; `out` is unchanged.
pub fn write_categorical_result(result: &CategoricalResult<'_>, out: &mut Vec<u8>) -> Result<(), WireError> {
    write(Kind::CategoricalResult, out, |writer| {
        writer.map(9 + usize::from(result.method.is_some()) + usize::from(result.objective.is_some()))?;
        if let Some(method) = result.method {
            writer.text("method")?;
            writer.text(method)?;
        }
        for (key, names) in [("tasks", &result.tasks), ("experts", &result.experts), ("labels", &result.labels)] {
            writer.text(key)?;
            writer.texts(names)?;
        }
        for (key, column) in [("answer", &result.answer), ("runner_up", &result.runner_up)] {
            writer.text(key)?;
            writer.integers(column)?;
        }
        for (key, column) in [("posterior", &result.posterior), ("skill", &result.skill)] {
            writer.text(key)?;
            writer.numbers(column)?;
        }
        writer.text("iterations")?;
        writer.integer(result.iterations)?;
        if let Some(objective) = result.objective {
            writer.text("objective")?;
            writer.number(objective)?;
        }
        writer.text("converged")?;
        writer.boolean(result.converged)
    })
}
