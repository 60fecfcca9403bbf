//! The error record: a status and its message, in memory of the caller.

use super::status::Failure;

const CAPACITY: usize = 504;

/// Where a function that fails leaves its message. The caller owns it, one per call in flight.
///
/// It is written only when the status is not `COTERIE_OK`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ErrorRecord {
    /// The status that the function also returned.
    pub code: i32,
    /// Bytes of the message, without the zero byte that follows it.
    pub length: u32,
    /// The message in UTF-8, cut at a character boundary when it is too long, followed by a zero byte.
    pub message: [u8; 504],
}

impl ErrorRecord {
    /// A record without a message.
    #[must_use]
    pub fn new() -> Self {
        Self { code: 0, length: 0, message: [0; CAPACITY] }
    }

    /// The message.
    ///
    /// # Panics
    ///
    /// When the record was not written by this library and does not hold UTF-8.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.message[..self.length as usize]).expect("a message in UTF-8")
    }

    pub(crate) fn set(&mut self, failure: &Failure) {
        let mut length = failure.message.len().min(CAPACITY - 1);
        while !failure.message.is_char_boundary(length) {
            length -= 1;
        }
        self.code = failure.code;
        self.length = length as u32;
        self.message[..length].copy_from_slice(&failure.message.as_bytes()[..length]);
        self.message[length] = 0;
    }
}

impl Default for ErrorRecord {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_cut_at_a_character_boundary() {
        for padding in 0..4 {
            let message = "x".repeat(498 + padding) + "\u{1F600}\u{1F600}";
            let mut record = ErrorRecord::new();
            record.set(&Failure::invalid(message.clone()));
            assert_eq!(record.code, 1);
            assert!(message.starts_with(record.text()));
            assert_eq!(record.text().len(), if padding < 2 { 502 + padding } else { 498 + padding });
            assert_eq!(record.message[record.length as usize], 0);
        }
    }

    #[test]
    fn a_short_message_is_kept_whole_after_a_long_one() {
        let mut record = ErrorRecord::new();
        record.set(&Failure::invalid("y".repeat(2000)));
        assert_eq!(record.text().len(), 503);
        record.set(&Failure::invalid("no"));
        assert_eq!(record.text(), "no");
        record.set(&Failure::invalid(""));
        assert_eq!(record.text(), "");
    }
}
