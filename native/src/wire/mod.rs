//! The MessagePack form in which responses, answers and results travel. `docs/wire.md` specifies it.
//!
//! A reader believes nothing: it checks the whole message first, allocates only for what is really there, and refuses with
//! the byte, the field and the reason. Texts are borrowed from the message. A writer has one form for each value, the
//! shortest, and refuses a value that a reader would refuse.
//!
//! ```
//! use coterie::wire::{Response, Responses, read_responses, write_responses};
//!
//! let mut responses = Responses::default();
//! responses.push(Response::new("Ann", "Paris"), Some(&[0.5, 1.0]));
//! let mut message = Vec::new();
//! write_responses(&responses, &mut message)?;
//! let read = read_responses(&message)?;
//! assert_eq!(read.rows()[0].text, "Paris");
//! assert_eq!(read.embedding(0), Some(&[0.5, 1.0][..]));
//! let error = read_responses(&message[..20]).unwrap_err();
//! assert_eq!(error.to_string(), "byte 20 (message): the message ends within this value");
//! # Ok::<(), coterie::wire::WireError>(())
//! ```

mod answers;
mod bytes;
mod categorical_result;
mod reason;
mod responses;
mod text_result;
mod value;
mod writer;

pub use answers::{Answers, read_answers, write_answers};
pub use categorical_result::{CategoricalResult, read_categorical_result, write_categorical_result};
pub use reason::{Reason, WireError};
pub use responses::{Response, Responses, read_responses, write_responses};
pub use text_result::{Cluster, TextResult, TextTask, Theme, read_text_result, write_text_result};

use std::collections::HashSet;

use bytes::{Family, skip};
use value::{Map, Value};
use writer::Writer;

/// The version of the form.
pub const VERSION: i32 = 1;

const NAME: &str = "coterie";

/// The kinds of messages. The numbers are those of the C interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Kind {
    /// Texts that experts gave.
    Responses = 0,
    /// A table of labels that experts gave.
    Answers = 1,
    /// A consensus of texts.
    TextResult = 2,
    /// A consensus of labels.
    CategoricalResult = 3,
}

impl Kind {
    /// All kinds in order of their numbers.
    pub const ALL: [Self; 4] = [Self::Responses, Self::Answers, Self::TextResult, Self::CategoricalResult];

    /// The kind as a message names it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Responses => "responses",
            Self::Answers => "answers",
            Self::TextResult => "text-result",
            Self::CategoricalResult => "categorical-result",
        }
    }
}

/// A message of any kind. Texts are borrowed from its bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Message<'a> {
    /// Texts that experts gave.
    Responses(Responses<'a>),
    /// A table of labels that experts gave.
    Answers(Answers<'a>),
    /// A consensus of texts.
    TextResult(TextResult<'a>),
    /// A consensus of labels.
    CategoricalResult(CategoricalResult<'a>),
}

impl<'a> Message<'a> {
    /// Reads a message of any kind. Time and memory: linear in its length.
    ///
    /// # Errors
    ///
    /// [`WireError`] when the message is refused.
    pub fn read(data: &'a [u8]) -> Result<Self, WireError> {
        let (kind, body) = open(data)?;
        Ok(match kind.0 {
            Kind::Responses => Self::Responses(Responses::read(&body)?),
            Kind::Answers => Self::Answers(Answers::read(&body)?),
            Kind::TextResult => Self::TextResult(TextResult::read(&body)?),
            Kind::CategoricalResult => Self::CategoricalResult(CategoricalResult::read(&body)?),
        })
    }

    /// Which kind it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Responses(_) => Kind::Responses,
            Self::Answers(_) => Kind::Answers,
            Self::TextResult(_) => Kind::TextResult,
            Self::CategoricalResult(_) => Kind::CategoricalResult,
        }
    }

    /// Appends the message to `out`, in the canonical form.
    ///
    /// # Errors
    ///
    /// [`WireError`] when the value is refused, with the position in what would have been written; `out` is unchanged.
    pub fn write(&self, out: &mut Vec<u8>) -> Result<(), WireError> {
        match self {
            Self::Responses(value) => write_responses(value, out),
            Self::Answers(value) => write_answers(value, out),
            Self::TextResult(value) => write_text_result(value, out),
            Self::CategoricalResult(value) => write_categorical_result(value, out),
        }
    }
}

/// Checks a message and opens its body. The kind comes with its place.
fn open(data: &[u8]) -> Result<((Kind, Value<'_>), Map<'_>), WireError> {
    bytes::check(data)?;
    let message = Value { data, at: 0, field: "message" };
    let head = message.head()?;
    let name = Value { at: head.start, ..message };
    if head.family != Family::Array || head.length < 2 || name.text() != Ok(NAME) {
        return Err(message.refused(Reason::NotCoterie));
    }
    let version = Value { data, at: skip(data, name.at)?, field: "version" };
    if version.integer()? != i128::from(VERSION) {
        return Err(version.refused(Reason::UnsupportedVersion));
    }
    if head.length != 4 {
        return Err(message.refused(Reason::WrongLength));
    }
    let place = Value { data, at: skip(data, version.at)?, field: "kind" };
    let id = place.text()?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.id() == id).ok_or(place.refused(Reason::UnknownKind))?;
    let body = Value { data, at: skip(data, place.at)?, field: "body" };
    Ok(((kind, place), body.map()?))
}

/// Opens the body of a message of one kind.
fn open_as(data: &[u8], wanted: Kind) -> Result<Map<'_>, WireError> {
    let ((kind, place), body) = open(data)?;
    if kind != wanted {
        return Err(place.refused(Reason::OtherKind));
    }
    Ok(body)
}

/// Writes a message and reads it again, so that what is written can be read.
fn write(
    kind: Kind,
    out: &mut Vec<u8>,
    body: impl FnOnce(&mut Writer<'_>) -> Result<(), WireError>,
) -> Result<(), WireError> {
    let start = out.len();
    let mut writer = Writer::new(out);
    let written = writer
        .array(4)
        .and_then(|()| writer.text(NAME))
        .and_then(|()| writer.integer(VERSION))
        .and_then(|()| writer.text(kind.id()))
        .and_then(|()| body(&mut writer))
        .and_then(|()| Message::read(&out[start..]).map(|_| ()));
    if written.is_err() {
        out.truncate(start);
    }
    written
}

/// A list of names, each there once.
fn names(list: Value<'_>) -> Result<Vec<&str>, WireError> {
    let elements = list.array()?;
    let mut known = HashSet::new();
    let mut names = Vec::new();
    for element in elements {
        let element = element?;
        let name = element.text()?;
        known.try_reserve(1).map_err(|_| element.refused(Reason::OutOfMemory))?;
        if !known.insert(name) {
            return Err(element.refused(Reason::DuplicateName));
        }
        element.push(&mut names, name)?;
    }
    Ok(names)
}
