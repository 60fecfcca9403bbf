//! MessagePack as bytes: the head of a value, and the check of a whole message before anything in it is believed.

use super::reason::{Reason, WireError};

/// The most arrays and maps that may be open at once.
const MOST_OPEN: usize = 32;

/// The longest message.
const MOST_BYTES: usize = i32::MAX as usize;

const MESSAGE: &str = "message";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Nil,
    Bool,
    Integer,
    Float,
    Text,
    Binary,
    Array,
    Map,
    Extension,
}

/// The beginning of a value.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) family: Family,
    /// The bytes of the content; for an array its values, for a map its pairs.
    pub(super) length: usize,
    /// Where the content begins.
    pub(super) start: usize,
}

impl Head {
    /// The values that follow the head of an array or map; none for anything else.
    fn values(self) -> Option<usize> {
        match self.family {
            Family::Array => Some(self.length),
            Family::Map => Some(self.length.saturating_mul(2)),
            _ => None,
        }
    }
}

fn truncated(at: usize) -> WireError {
    WireError::new(at, MESSAGE, Reason::Truncated)
}

/// The head of the value at a place.
pub(super) fn head(data: &[u8], at: usize) -> Result<Head, WireError> {
    let tag = *data.get(at).ok_or(truncated(at))?;
    let head = |family, length: u8| Ok(Head { family, length: length.into(), start: at + 1 });
    // A length of so many bytes follows the tag.
    let sized = |family, size: usize, more: usize| {
        let bytes = data.get(at + 1..at + 1 + size).ok_or(truncated(at))?;
        let length = bytes.iter().fold(0, |length, &byte| length << 8 | usize::from(byte));
        Ok(Head { family, length: length + more, start: at + 1 + size })
    };
    match tag {
        0x00..=0x7f | 0xe0..=0xff => head(Family::Integer, 0),
        0x80..=0x8f => head(Family::Map, tag & 15),
        0x90..=0x9f => head(Family::Array, tag & 15),
        0xa0..=0xbf => head(Family::Text, tag & 31),
        0xc0 => head(Family::Nil, 0),
        0xc1 => Err(WireError::new(at, MESSAGE, Reason::ReservedByte)),
        0xc2 | 0xc3 => head(Family::Bool, 0),
        0xc4..=0xc6 => sized(Family::Binary, 1 << (tag - 0xc4), 0),
        // The type of an extension counts as its first byte.
        0xc7..=0xc9 => sized(Family::Extension, 1 << (tag - 0xc7), 1),
        0xca | 0xcb => head(Family::Float, 4 << (tag - 0xca)),
        0xcc..=0xcf => head(Family::Integer, 1 << (tag - 0xcc)),
        0xd0..=0xd3 => head(Family::Integer, 1 << (tag - 0xd0)),
        0xd4..=0xd8 => head(Family::Extension, 1 + (1 << (tag - 0xd4))),
        0xd9..=0xdb => sized(Family::Text, 1 << (tag - 0xd9), 0),
        0xdc | 0xdd => sized(Family::Array, 2 << (tag - 0xdc), 0),
        0xde | 0xdf => sized(Family::Map, 2 << (tag - 0xde), 0),
    }
}

/// Checks that the bytes are one value of MessagePack and nothing else, with texts in UTF-8 and no deeper than allowed.
/// Time: linear; it allocates nothing.
pub(super) fn check(data: &[u8]) -> Result<(), WireError> {
    if data.len() > MOST_BYTES {
        return Err(WireError::new(0, MESSAGE, Reason::TooLong));
    }
    let end = check_value(data, 0, 0)?;
    if end < data.len() {
        return Err(WireError::new(end, MESSAGE, Reason::TrailingBytes));
    }
    Ok(())
}

/// Checks one value within `open` arrays and maps, and returns its end.
fn check_value(data: &[u8], at: usize, open: usize) -> Result<usize, WireError> {
    let head = head(data, at)?;
    let rest = data.len() - head.start;
    let Some(values) = head.values() else {
        if head.length > rest {
            return Err(truncated(at));
        }
        let end = head.start + head.length;
        if head.family == Family::Text {
            utf8(data, head, MESSAGE)?;
        }
        return Ok(end);
    };
    if open == MOST_OPEN {
        return Err(WireError::new(at, MESSAGE, Reason::TooDeep));
    }
    // Each value has a byte at least, so that a length that lies is found out before anything is done with it.
    if values > rest {
        return Err(truncated(at));
    }
    (0..values).try_fold(head.start, |at, _| check_value(data, at, open + 1))
}

/// The end of a value in a message that was checked.
pub(super) fn skip(data: &[u8], at: usize) -> Result<usize, WireError> {
    let head = head(data, at)?;
    match head.values() {
        None => Ok(head.start + head.length),
        Some(values) => (0..values).try_fold(head.start, |at, _| skip(data, at)),
    }
}

/// The content of a value.
pub(super) fn content(data: &[u8], head: Head) -> Result<&[u8], WireError> {
    data.get(head.start..head.start + head.length).ok_or(truncated(head.start))
}

/// The content of a text.
pub(super) fn utf8<'a>(data: &'a [u8], head: Head, field: &'static str) -> Result<&'a str, WireError> {
    std::str::from_utf8(content(data, head)?)
        .map_err(|error| WireError::new(head.start + error.valid_up_to(), field, Reason::InvalidUtf8))
}
