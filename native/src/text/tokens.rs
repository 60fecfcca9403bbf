//! The tokeniser: one pass that finds where tokens begin and end, 64 bytes at a time, and one that looks them up.

use super::characters::{Kind, decode, fold, kind};
use super::words::Words;
use crate::consensus::{FitError, empty};

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Bytes that may be read past the end of a text.
pub(super) const PADDING: usize = 64;

/// Finds tokens as `docs/text.md` has them. It keeps its storage from text to text.
#[derive(Debug, Default)]
pub struct Tokeniser {
    /// A text whose code points beyond ASCII are all parts of tokens.
    plain: Vec<u8>,
    /// The text in lower case, and zeros.
    folded: Vec<u8>,
    /// Where tokens begin and end, in turn.
    bounds: Vec<u32>,
}

impl Tokeniser {
    /// Appends the ids of a text's tokens.
    pub(super) fn tokens(&mut self, text: &[u8], words: &mut Words, ids: &mut Vec<i32>) -> Result<(), FitError> {
        let count = self.cut(text)?;
        ids.try_reserve(count).map_err(|_| FitError::OutOfMemory(format!("no memory for {count} tokens")))?;
        words.look_up(&self.folded, &self.bounds, ids)
    }

    /// Finds the tokens of a text and returns how many there are.
    ///
    /// # Errors
    ///
    /// [`FitError::Invalid`] for a text of more than 2^29 bytes; [`FitError::OutOfMemory`].
    pub fn cut(&mut self, text: &[u8]) -> Result<usize, FitError> {
        let out_of_memory = |_| FitError::OutOfMemory(format!("no memory for the tokens of {} bytes", text.len()));
        if u32::try_from(text.len()).is_err() || text.len() > i32::MAX as usize / 4 {
            return Err(FitError::Invalid(format!("a text has {} bytes, which is above 2^29", text.len())));
        }
        let mut text = text;
        if !text.is_ascii() {
            // A single code point of three bytes gets two spaces.
            self.plain.clear();
            self.plain.try_reserve(2 * text.len()).map_err(out_of_memory)?;
            simplify(text, &mut self.plain);
            text = &self.plain;
        }
        let blocks = text.len().div_ceil(64);
        self.folded.clear();
        self.folded.try_reserve(blocks * 64 + PADDING).map_err(out_of_memory)?;
        // A token and what parts it from the next have two bytes at least; a block may write 64 bounds more than it has.
        self.bounds.clear();
        self.bounds.try_reserve(text.len() + 66).map_err(out_of_memory)?;
        split(text, &mut self.folded, &mut self.bounds);
        Ok(self.bounds.len() / 2)
    }

    /// Some tokens in a row of the text that was cut last, with spaces between them.
    ///
    /// # Errors
    ///
    /// [`FitError::Invalid`] when it has no such tokens; [`FitError::OutOfMemory`].
    pub fn phrase(&self, place: usize, length: usize) -> Result<String, FitError> {
        let bounds = self.bounds.as_chunks::<2>().0;
        let Some(bounds) = bounds.get(place..).and_then(|rest| rest.get(..length)) else {
            return Err(FitError::Invalid(format!(
                "no {length} tokens from {place} on: the text has {}",
                bounds.len()
            )));
        };
        let bytes = bounds.iter().map(|[begin, end]| (end - begin) as usize + 1).sum();
        let mut phrase = empty(bytes)?;
        for (i, &[begin, end]) in bounds.iter().enumerate() {
            if i > 0 {
                phrase.push(b' ');
            }
            phrase.extend_from_slice(&self.folded[begin as usize..end as usize]);
        }
        // Whatever the text was, its tokens are of whole characters.
        String::from_utf8(phrase).map_err(|_| FitError::Invalid("a token is not UTF-8".to_owned()))
    }
}

/// Spaces instead of separators and around single code points, lower case, and the apostrophe of ASCII.
fn simplify(text: &[u8], out: &mut Vec<u8>) {
    let mut at = 0;
    while at < text.len() {
        let plain = text[at..].iter().take_while(|byte| byte.is_ascii()).count();
        out.extend_from_slice(&text[at..at + plain]);
        at += plain;
        if at == text.len() {
            break;
        }
        let (point, length) = decode(&text[at..]);
        match kind(point) {
            Kind::Separator => out.push(b' '),
            Kind::Apostrophe => out.push(b'\''),
            Kind::Word => encode(fold(point), out),
            Kind::Single => {
                out.push(b' ');
                encode(point, out);
                out.push(b' ');
            }
        }
        at += length;
    }
}

fn encode(point: u32, out: &mut Vec<u8>) {
    let character = char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER);
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Writes the text in lower case, with zeros behind it, and the bounds of its tokens.
fn split(text: &[u8], folded: &mut Vec<u8>, bounds: &mut Vec<u32>) {
    // A block is settled when the next one is seen, because an apostrophe needs a part of a token on either side.
    let mut before = Masks::default();
    let (mut inside, mut letter) = (0, 0);
    let mut start = 0;
    let (blocks, rest) = text.as_chunks::<64>();
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    for (i, block) in blocks.iter().chain([&last]).enumerate() {
        let masks = classify(block, folded);
        if i > 0 {
            settle(before, masks, start, &mut inside, &mut letter, bounds);
            start += 64;
        }
        before = masks;
    }
    settle(before, Masks::default(), start, &mut inside, &mut letter, bounds);
    if inside != 0 {
        bounds.push(start + 64);
    }
    folded.resize(folded.len() + PADDING, 0);
}

/// Bit i is byte i of a block.
#[derive(Clone, Copy, Default)]
struct Masks {
    word: u64,
    apostrophe: u64,
}

/// What the bytes of a block are; appends them in lower case.
#[inline(always)]
fn classify(block: &[u8; 64], folded: &mut Vec<u8>) -> Masks {
    let mut masks = Masks::default();
    let mut lower = [0; 64];
    for (i, (bytes, lower)) in block.as_chunks::<8>().0.iter().zip(lower.as_chunks_mut::<8>().0).enumerate() {
        let x = u64::from_le_bytes(*bytes);
        let low = x & !HIGH;
        // The high bit of each byte that is at least `c`.
        let at_least = |c: u8| low + ONES * u64::from(0x80 - c);
        let upper = at_least(b'A') & !at_least(b'Z' + 1) & !x & HIGH;
        let letter = at_least(b'a') & !at_least(b'z' + 1);
        let digit = at_least(b'0') & !at_least(b'9' + 1);
        let word = (upper | letter | digit | x) & HIGH;
        let apostrophe = at_least(b'\'') & !at_least(b'\'' + 1) & !x & HIGH;
        *lower = (x | upper >> 2).to_le_bytes();
        let gather = |bits: u64| ((bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * i);
        masks.word |= gather(word);
        masks.apostrophe |= gather(apostrophe);
    }
    folded.extend_from_slice(&lower);
    masks
}

/// Appends the bounds of tokens in a block. `inside` is 1 when its first byte follows one of a token, `letter` when that byte
/// is no apostrophe.
#[inline(always)]
fn settle(masks: Masks, next: Masks, start: u32, inside: &mut u64, letter: &mut u64, bounds: &mut Vec<u32>) {
    let word = masks.word;
    let joining = masks.apostrophe & (word << 1 | *letter) & (word >> 1 | next.word << 63);
    let token = word | joining;
    let mut changes = token ^ (token << 1 | *inside);
    (*inside, *letter) = (token >> 63, word >> 63);
    // Written in any case, counted where they are bounds: the processor cannot predict how many a block has.
    let (count, first) = (changes.count_ones() as usize, bounds.len());
    bounds.extend_from_slice(&[0; 64]);
    for group in bounds[first..].as_chunks_mut::<8>().0.iter_mut().take(count.div_ceil(8)) {
        for bound in group {
            *bound = start + changes.trailing_zeros();
            changes &= changes.wrapping_sub(1);
        }
    }
    bounds.truncate(first + count);
}
