//! Responses: the texts that experts gave, with what is known of each.

use super::bytes::Family;
use super::reason::{Reason, WireError};
use super::value::{Map, Value};
use super::{Kind, open_as, write};

/// One response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Response<'a> {
    /// The task that it answers; `None` in all responses when there is one task without a name.
    pub task: Option<&'a str>,
    /// Who gave it.
    pub expert: &'a str,
    /// What it says.
    pub text: &'a str,
    /// How sure the expert is, from 0 to 1, where that is known.
    pub confidence: Option<f64>,
}

impl<'a> Response<'a> {
    /// A response without a task's name and without a confidence, which may be set.
    #[must_use]
    pub fn new(expert: &'a str, text: &'a str) -> Self {
        Self { task: None, expert, text, confidence: None }
    }
}

/// Responses in the order in which they came; a response's number in that order is its row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Responses<'a> {
    rows: Vec<Response<'a>>,
    /// The range of each response's embedding in `values`.
    embeddings: Vec<Option<(usize, usize)>>,
    values: Vec<f32>,
}

impl<'a> Responses<'a> {
    /// Adds a response, and its embedding, which is copied.
    pub fn push(&mut self, response: Response<'a>, embedding: Option<&[f32]>) {
        let start = self.values.len();
        self.values.extend_from_slice(embedding.unwrap_or_default());
        self.embeddings.push(embedding.map(|_| (start, self.values.len())));
        self.rows.push(response);
    }

    /// The responses.
    #[must_use]
    pub fn rows(&self) -> &[Response<'a>] {
        &self.rows
    }

    /// The embedding of a response, where it has one. All embeddings of a message have the same length.
    #[must_use]
    pub fn embedding(&self, row: usize) -> Option<&[f32]> {
        let (start, end) = (*self.embeddings.get(row)?)?;
        self.values.get(start..end)
    }

    pub(super) fn read(body: &Map<'a>) -> Result<Self, WireError> {
        let list = body.required("rows")?;
        let mut responses = Self::default();
        let mut first = None;
        let mut dimension = None;
        for row in list.array()? {
            let row = row?;
            let map = row.map()?;
            let task = map.optional("rows.task")?.map(Value::text).transpose()?;
            let (named, first_row) = *first.get_or_insert((task.is_some(), row));
            if named != task.is_some() {
                let lacking = if named { row } else { first_row };
                return Err(Value { field: "rows.task", ..lacking }.refused(Reason::MissingKey));
            }
            let expert = map.required("rows.expert")?.text()?;
            let text = map.required("rows.text")?.text()?;
            let confidence = map.optional("rows.confidence")?.map(Value::share).transpose()?;
            let embedding = match map.optional("rows.embedding")? {
                Some(value) => Some(responses.read_embedding(value, &mut dimension)?),
                None => None,
            };
            row.push(&mut responses.embeddings, embedding)?;
            row.push(&mut responses.rows, Response { task, expert, text, confidence })?;
        }
        Ok(responses)
    }

    /// Reads an embedding, a bin of binary32 or an array of numbers, behind those that are there.
    fn read_embedding(&mut self, value: Value<'_>, dimension: &mut Option<usize>) -> Result<(usize, usize), WireError> {
        let head = value.head()?;
        let length = match head.family {
            Family::Array => head.length,
            Family::Binary if head.length.is_multiple_of(4) => head.length / 4,
            Family::Binary => return Err(value.refused(Reason::WrongLength)),
            _ => return Err(value.refused(Reason::WrongType)),
        };
        if length == 0 || *dimension.get_or_insert(length) != length {
            return Err(value.refused(Reason::WrongLength));
        }
        let start = self.values.len();
        self.values.try_reserve(length).map_err(|_| value.refused(Reason::OutOfMemory))?;
        if head.family == Family::Binary {
            self.values.extend(value.floats(Some(length), f32::MIN)?);
        } else {
            for element in value.array()? {
                let element = element?;
                let number = element.number()? as f32;
                if number.is_infinite() {
                    return Err(element.refused(Reason::OutOfRange));
                }
                self.values.push(number);
            }
        }
        Ok((start, self.values.len()))
    }
}

/// Reads responses. Time and memory: linear in the length of the message.
///
/// # Errors
///
/// [`WireError`] when the message is refused.
pub fn read_responses(data: &[u8]) -> Result<Responses<'_>, WireError> {
    Responses::read(&open_as(data, Kind::Responses)?)
}

/// Appends responses to `out`, in the canonical form.
///
/// # Errors
///
/// [`WireError`] when the value is refused, with the position in what would have been written; `out` is unchanged.
pub fn write_responses(responses: &Responses<'_>, out: &mut Vec<u8>) -> Result<(), WireError> {
    write(Kind::Responses, out, |writer| {
        writer.map(1)?;
        writer.text("rows")?;
        writer.array(responses.rows.len())?;
        for (i, row) in responses.rows.iter().enumerate() {
            let embedding = responses.embedding(i);
            let optional = [row.task.is_some(), row.confidence.is_some(), embedding.is_some()];
            writer.map(2 + optional.into_iter().map(usize::from).sum::<usize>())?;
            if let Some(task) = row.task {
                writer.text("task")?;
                writer.text(task)?;
            }
            writer.text("expert")?;
            writer.text(row.expert)?;
            writer.text("text")?;
            writer.text(row.text)?;
            if let Some(confidence) = row.confidence {
                writer.text("confidence")?;
                writer.number(confidence)?;
            }
            if let Some(embedding) = embedding {
                writer.text("embedding")?;
                writer.floats(embedding)?;
            }
        }
        Ok(())
    })
}
