//! The canonical writer: every value in its shortest form.

use super::reason::{Reason, WireError};

/// Appends values to a message.
pub(super) struct Writer<'o> {
    out: &'o mut Vec<u8>,
    start: usize,
}

/// The tags of a family: the short form's tag and its limit, then the tags of lengths of 1, 2 and 4 bytes.
struct Tags {
    short: u8,
    limit: usize,
    by_size: [Option<u8>; 3],
}

const TEXT: Tags = Tags { short: 0xa0, limit: 32, by_size: [Some(0xd9), Some(0xda), Some(0xdb)] };
const BINARY: Tags = Tags { short: 0, limit: 0, by_size: [Some(0xc4), Some(0xc5), Some(0xc6)] };
const ARRAY: Tags = Tags { short: 0x90, limit: 16, by_size: [None, Some(0xdc), Some(0xdd)] };
const MAP: Tags = Tags { short: 0x80, limit: 16, by_size: [None, Some(0xde), Some(0xdf)] };

impl<'o> Writer<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>) -> Self {
        let start = out.len();
        Self { out, start }
    }

    fn refused(&self, reason: Reason) -> WireError {
        WireError::new(self.out.len() - self.start, "message", reason)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), WireError> {
        self.out.try_reserve(bytes.len()).map_err(|_| self.refused(Reason::OutOfMemory))?;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    fn tagged(&mut self, tag: u8, bytes: &[u8]) -> Result<(), WireError> {
        self.put(&[tag])?;
        self.put(bytes)
    }

    fn head(&mut self, tags: &Tags, length: usize) -> Result<(), WireError> {
        if length < tags.limit {
            return self.put(&[tags.short | length as u8]);
        }
        let long = u32::try_from(length).map_err(|_| self.refused(Reason::TooLong))?;
        let bytes = long.to_be_bytes();
        let size = if length < 1 << 8 && tags.by_size[0].is_some() { 0 } else { 1 + usize::from(length >= 1 << 16) };
        self.tagged(tags.by_size[size].unwrap_or_default(), &bytes[4 - (1 << size)..])
    }

    pub(super) fn array(&mut self, length: usize) -> Result<(), WireError> {
        self.head(&ARRAY, length)
    }

    /// The head of a map, whose pairs follow.
    pub(super) fn map(&mut self, pairs: usize) -> Result<(), WireError> {
        self.head(&MAP, pairs)
    }

    pub(super) fn text(&mut self, text: &str) -> Result<(), WireError> {
        self.head(&TEXT, text.len())?;
        self.put(text.as_bytes())
    }

    pub(super) fn boolean(&mut self, value: bool) -> Result<(), WireError> {
        self.put(&[0xc2 + u8::from(value)])
    }

    pub(super) fn integer(&mut self, value: i32) -> Result<(), WireError> {
        let bytes = value.to_be_bytes();
        match value {
            -32..128 => self.put(&bytes[3..]),
            128..0x100 => self.tagged(0xcc, &bytes[3..]),
            0x100..0x1_0000 => self.tagged(0xcd, &bytes[2..]),
            0x1_0000.. => self.tagged(0xce, &bytes),
            -0x80..-32 => self.tagged(0xd0, &bytes[3..]),
            -0x8000..-0x80 => self.tagged(0xd1, &bytes[2..]),
            _ => self.tagged(0xd2, &bytes),
        }
    }

    /// A number as binary32 where that loses nothing.
    pub(super) fn number(&mut self, value: f64) -> Result<(), WireError> {
        let short = value as f32;
        if f64::from(short).to_bits() == value.to_bits() {
            self.tagged(0xca, &short.to_be_bytes())
        } else {
            self.tagged(0xcb, &value.to_be_bytes())
        }
    }

    pub(super) fn column<T: Copy, const N: usize>(
        &mut self,
        values: &[T],
        encode: impl Fn(T) -> [u8; N],
    ) -> Result<(), WireError> {
        let bytes = values.len().checked_mul(N).ok_or_else(|| self.refused(Reason::TooLong))?;
        self.head(&BINARY, bytes)?;
        self.out.try_reserve(bytes).map_err(|_| self.refused(Reason::OutOfMemory))?;
        values.iter().for_each(|&value| self.out.extend_from_slice(&encode(value)));
        Ok(())
    }

    pub(super) fn integers(&mut self, values: &[i32]) -> Result<(), WireError> {
        self.column(values, i32::to_le_bytes)
    }

    pub(super) fn floats(&mut self, values: &[f32]) -> Result<(), WireError> {
        self.column(values, f32::to_le_bytes)
    }

    pub(super) fn numbers(&mut self, values: &[f64]) -> Result<(), WireError> {
        self.column(values, f64::to_le_bytes)
    }

    pub(super) fn texts(&mut self, texts: &[&str]) -> Result<(), WireError> {
        self.array(texts.len())?;
        texts.iter().try_for_each(|text| self.text(text))
    }

    /// A list of row numbers.
    pub(super) fn rows(&mut self, rows: &[i32]) -> Result<(), WireError> {
        self.array(rows.len())?;
        rows.iter().try_for_each(|&row| self.integer(row))
    }
}
