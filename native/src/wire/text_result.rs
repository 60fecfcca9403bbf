//! The result of a consensus of texts.

use std::collections::HashSet;

use super::reason::{Reason, WireError};
use super::value::{Map, Value};
use super::writer::Writer;
use super::{Kind, open_as, write};

/// The result of a consensus of texts. Rows are those of the responses it was made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextResult<'a> {
    /// The number of responses, which every row is below.
    pub responses: i32,
    /// What came out, task by task.
    pub tasks: Vec<TextTask<'a>>,
}

/// The result of one task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextTask<'a> {
    /// Its name; `None` only where it is the one task.
    pub task: Option<&'a str>,
    /// The row of the chosen text; `None` where none could be chosen.
    pub chosen: Option<i32>,
    /// How sure the choice is, from 0 to 1.
    pub confidence: f64,
    /// The rows that support the choice.
    pub support: Vec<i32>,
    /// The clusters of texts that say something else.
    pub dissent: Vec<Cluster>,
    /// What the texts are about.
    pub themes: Vec<Theme<'a>>,
}

/// Texts that say the same. Its size is the number of its members.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cluster {
    /// The row of the text in its middle.
    pub medoid: i32,
    /// The rows of its texts.
    pub members: Vec<i32>,
}

/// A theme with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme<'a> {
    /// The theme in words.
    pub theme: &'a str,
    /// How much it matters: a finite number.
    pub score: f64,
}

/// A list of rows, each below `limit`.
fn rows(list: Value<'_>, limit: usize) -> Result<Vec<i32>, WireError> {
    let mut rows = Vec::new();
    for element in list.array()? {
        let element = element?;
        element.push(&mut rows, element.index(limit)?)?;
    }
    Ok(rows)
}

impl<'a> TextResult<'a> {
    pub(super) fn read(body: &Map<'a>) -> Result<Self, WireError> {
        let responses = body.required("responses")?.index(1 << 31)?;
        let elements = body.required("tasks")?.array()?;
        let several = elements.left() > 1;
        let mut known = HashSet::new();
        let mut tasks = Vec::new();
        for element in elements {
            let element = element?;
            let map = element.map()?;
            let place = map.optional("tasks.task")?;
            if place.is_none() && several {
                return Err(Value { field: "tasks.task", ..element }.refused(Reason::MissingKey));
            }
            let task = place.map(Value::text).transpose()?;
            known.try_reserve(1).map_err(|_| element.refused(Reason::OutOfMemory))?;
            if !known.insert(task) {
                return Err(place.unwrap_or(element).refused(Reason::DuplicateName));
            }
            element.push(&mut tasks, TextTask { task, ..TextTask::read(&map, responses as usize)? })?;
        }
        Ok(Self { responses, tasks })
    }
}

impl<'a> TextTask<'a> {
    /// Everything but the name.
    fn read(map: &Map<'a>, limit: usize) -> Result<Self, WireError> {
        let chosen = map.optional("tasks.chosen")?.map(|value| value.index(limit)).transpose()?;
        let confidence = map.required("tasks.confidence")?.share()?;
        let support = rows(map.required("tasks.support")?, limit)?;
        let mut dissent = Vec::new();
        if let Some(clusters) = map.optional("tasks.dissent")? {
            for cluster in clusters.array()? {
                let cluster = cluster?;
                let map = cluster.map()?;
                let medoid = map.required("tasks.dissent.medoid")?.index(limit)?;
                let members = rows(map.required("tasks.dissent.members")?, limit)?;
                cluster.push(&mut dissent, Cluster { medoid, members })?;
            }
        }
        let mut themes = Vec::new();
        if let Some(list) = map.optional("tasks.themes")? {
            for theme in list.array()? {
                let place = theme?;
                let map = place.map()?;
                let theme = map.required("tasks.themes.theme")?.text()?;
                let score = map.required("tasks.themes.score")?.number()?;
                place.push(&mut themes, Theme { theme, score })?;
            }
        }
        Ok(Self { task: None, chosen, confidence, support, dissent, themes })
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WireError> {
        let (dissent, themes) = (!self.dissent.is_empty(), !self.themes.is_empty());
        let optional = [self.task.is_some(), self.chosen.is_some(), dissent, themes];
        writer.map(2 + optional.into_iter().map(usize::from).sum::<usize>())?;
        if let Some(task) = self.task {
            writer.text("task")?;
            writer.text(task)?;
        }
        if let Some(chosen) = self.chosen {
            writer.text("chosen")?;
            writer.integer(chosen)?;
        }
        writer.text("confidence")?;
        writer.number(self.confidence)?;
        writer.text("support")?;
        writer.rows(&self.support)?;
        if dissent {
            writer.text("dissent")?;
            writer.array(self.dissent.len())?;
        }
        for cluster in &self.dissent {
            writer.map(2)?;
            writer.text("medoid")?;
            writer.integer(cluster.medoid)?;
            writer.text("members")?;
            writer.rows(&cluster.members)?;
        }
        if themes {
            writer.text("themes")?;
            writer.array(self.themes.len())?;
        }
        for theme in &self.themes {
            writer.map(2)?;
            writer.text("theme")?;
            writer.text(theme.theme)?;
            writer.text("score")?;
            writer.number(theme.score)?;
        }
        Ok(())
    }
}

/// Reads the result of a consensus of texts. Time and memory: linear in the length of the message.
///
/// # Errors
///
/// [`WireError`] when the message is refused.
pub fn read_text_result(data: &[u8]) -> Result<TextResult<'_>, WireError> {
    TextResult::read(&open_as(data, Kind::TextResult)?)
}

/// Appends the result of a consensus of texts to `out`, in the canonical form.
///
/// # Errors
///
/// [`WireError`] when the value is refused, with the position in what would have been written; `out` is unchanged.
pub fn write_text_result(result: &TextResult<'_>, out: &mut Vec<u8>) -> Result<(), WireError> {
    write(Kind::TextResult, out, |writer| {
        writer.map(2)?;
        writer.text("responses")?;
        writer.integer(result.responses)?;
        writer.text("tasks")?;
        writer.array(result.tasks.len())?;
        result.tasks.iter().try_for_each(|task| task.write(writer))
    })
}
