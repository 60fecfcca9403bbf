//! Why a message is refused, and where.

use std::fmt;

/// Why a message is refused. The numbers are part of the form: `docs/wire.md` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Reason {
    /// The message ends within a value.
    Truncated = 1,
    /// Bytes follow the end of the message.
    TrailingBytes = 2,
    /// The byte 0xc1, which MessagePack never uses.
    ReservedByte = 3,
    /// Arrays and maps are nested deeper than the form allows.
    TooDeep = 4,
    /// A text is not UTF-8; the position is that of its first wrong byte.
    InvalidUtf8 = 5,
    /// The message is longer than the form allows.
    TooLong = 6,
    /// It is not a message of Coterie.
    NotCoterie = 7,
    /// The version of the form is not known here.
    UnsupportedVersion = 8,
    /// The kind of message is not known here.
    UnknownKind = 9,
    /// The message is of another kind than the caller reads.
    OtherKind = 10,
    /// A value has another type than its field.
    WrongType = 11,
    /// A map has more keys than the form allows.
    TooManyKeys = 12,
    /// A key occurs twice in its map.
    DuplicateKey = 13,
    /// A map lacks a key; the position is that of the map.
    MissingKey = 14,
    /// An integer is larger than its field can hold.
    IntegerTooLarge = 15,
    /// A number is infinite or not a number.
    NotFinite = 16,
    /// A number is outside of its range; an index names nothing.
    OutOfRange = 17,
    /// A column, an embedding or the message's array has a length that does not fit.
    WrongLength = 18,
    /// A name occurs twice in its list.
    DuplicateName = 19,
    /// Memory could not be had. It says nothing about the message.
    OutOfMemory = 20,
}

impl Reason {
    /// The reason in words.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Truncated => "the message ends within this value",
            Self::TrailingBytes => "bytes follow the end of the message",
            Self::ReservedByte => "0xc1 begins no value",
            Self::TooDeep => "arrays and maps are nested more than 32 deep",
            Self::InvalidUtf8 => "the text is not UTF-8",
            Self::TooLong => "the message has more than 2147483647 bytes",
            Self::NotCoterie => "it is not [\"coterie\", version, kind, body]",
            Self::UnsupportedVersion => "the version of the form is unknown; known is 1",
            Self::UnknownKind => "the kind of message is unknown",
            Self::OtherKind => "another kind of message is expected here",
            Self::WrongType => "the value has another type than this field",
            Self::TooManyKeys => "the map has more than 64 keys",
            Self::DuplicateKey => "the key occurs twice in its map",
            Self::MissingKey => "the key is missing in this map",
            Self::IntegerTooLarge => "the integer is too large for this field",
            Self::NotFinite => "the number is not finite",
            Self::OutOfRange => "the number is out of its range",
            Self::WrongLength => "the length does not fit",
            Self::DuplicateName => "the name occurs twice in its list",
            Self::OutOfMemory => "there is no memory for the values",
        }
    }
}

/// A message, or a value to be written, that is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireError {
    /// The byte of the message, from 0: where the value in question begins.
    pub position: usize,
    /// The field that was being read, as a path of keys such as `rows.confidence`.
    pub field: &'static str,
    /// Why.
    pub reason: Reason,
}

impl WireError {
    pub(super) fn new(position: usize, field: &'static str, reason: Reason) -> Self {
        Self { position, field, reason }
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {} ({}): {}", self.position, self.field, self.reason.text())
    }
}

impl std::error::Error for WireError {}
