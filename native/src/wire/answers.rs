//! Answers: a table of the labels that experts gave, column by column.

use super::reason::WireError;
use super::value::Map;
use super::{Kind, names, open_as, write};

/// A categorical table. The columns have one element for each answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers<'a> {
    /// The names of the tasks, each there once.
    pub tasks: Vec<&'a str>,
    /// The names of the experts, each there once.
    pub experts: Vec<&'a str>,
    /// The names of the labels, each there once.
    pub labels: Vec<&'a str>,
    /// The index of each answer's task.
    pub task: Vec<i32>,
    /// The index of each answer's expert.
    pub expert: Vec<i32>,
    /// The index of each answer's label.
    pub label: Vec<i32>,
    /// The weight of each answer, finite and not negative; `None` when all are 1.
    pub weight: Option<Vec<f32>>,
}

impl<'a> Answers<'a> {
    pub(super) fn read(body: &Map<'a>) -> Result<Self, WireError> {
        let tasks = names(body.required("tasks")?)?;
        let experts = names(body.required("experts")?)?;
        let labels = names(body.required("labels")?)?;
        let task = body.required("task")?.indices(None, 0, tasks.len())?;
        let count = Some(task.len());
        let expert = body.required("expert")?.indices(count, 0, experts.len())?;
        let label = body.required("label")?.indices(count, 0, labels.len())?;
        let weight = body.optional("weight")?.map(|value| value.floats(count, 0.0)).transpose()?;
        Ok(Self { tasks, experts, labels, task, expert, label, weight })
    }
}

/// Reads answers. Time and memory: linear in the length of the message.
///
/// # Errors
///
/// [`WireError`] when the message is refused.
pub fn read_answers(data: &[u8]) -> Result<Answers<'_>, WireError> {
    Answers::read(&open_as(data, Kind::Answers)?)
}

/// Appends answers to `out`, in the canonical form.
///
/// # Errors
///
/// [`WireError`] when the value is refused, with the position in what would have been written; `out` is unchanged.
pub fn write_answers(answers: &Answers<'_>, out: &mut Vec<u8>) -> Result<(), WireError> {
    write(Kind::Answers, out, |writer| {
        writer.map(6 + usize::from(answers.weight.is_some()))?;
        for (key, names) in [("tasks", &answers.tasks), ("experts", &answers.experts), ("labels", &answers.labels)] {
            writer.text(key)?;
            writer.texts(names)?;
        }
        for (key, column) in [("task", &answers.task), ("expert", &answers.expert), ("label", &answers.label)] {
            writer.text(key)?;
            writer.integers(column)?;
        }
        if let Some(weight) = &answers.weight {
            writer.text("weight")?;
            writer.floats(weight)?;
        }
        Ok(())
    })
}
