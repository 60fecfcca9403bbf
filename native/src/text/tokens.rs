//! The tokeniser: one pass that finds where tokens begin and end, 64 bytes at a time, and one that looks them up.

use std::collections::TryReserveError;

use super::characters::{Kind, decode, fold, kind};
use super::words::Words;
use crate::consensus::{FitError, empty};

/// Bytes that may be read past the end of a text.
pub(super) const PADDING: usize = 64;

/// Finds tokens as `docs/text.md` has them. It keeps its storage from text to text.
#[derive(Debug, Default)]
pub struct Tokeniser {
    /// A text whose code points beyond ASCII are all parts of tokens.
    plain: Vec<u8>,
    /// The text in lower case, and anything.
    folded: Vec<u8>,
    /// Where tokens begin and end, in turn.
    bounds: Vec<u32>,
    /// How many of the bounds are those of the text that was cut last.
    used: usize,
}

impl Tokeniser {
    /// Appends the ids of a text's tokens.
    pub(super) fn tokens(&mut self, text: &[u8], words: &mut Words, ids: &mut Vec<i32>) -> Result<(), FitError> {
        let count = self.cut(text)?;
        ids.try_reserve(count).map_err(|_| FitError::OutOfMemory(format!("no memory for {count} tokens")))?;
        words.look_up(&self.folded, &self.bounds[..self.used], ids)
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
        // Every block whole, and one after the last; what an earlier text left behind is overwritten or not looked at.
        let room = (text.len() / 64 + 1) * 64 + PADDING;
        extend(&mut self.folded, room).map_err(out_of_memory)?;
        // A token and what parts it from the next have two bytes at least.
        extend(&mut self.bounds, text.len() + 66).map_err(out_of_memory)?;
        self.used = split(text, &mut self.folded, &mut self.bounds);
        Ok(self.used / 2)
    }

    /// Some tokens in a row of the text that was cut last, with spaces between them.
    ///
    /// # Errors
    ///
    /// [`FitError::Invalid`] when it has no such tokens; [`FitError::OutOfMemory`].
    pub fn phrase(&self, place: usize, length: usize) -> Result<String, FitError> {
        let bounds = self.bounds[..self.used].as_chunks::<2>().0;
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

/// Makes room for some elements.
fn extend<T: Copy + Default>(array: &mut Vec<T>, length: usize) -> Result<(), TryReserveError> {
    if array.len() < length {
        array.try_reserve(length - array.len())?;
        array.resize(length, T::default());
    }
    Ok(())
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

/// Writes the text in lower case and the bounds of its tokens, and says how many there are. There is room for all blocks of
/// the text, and for 64 bounds more than there are.
fn split(text: &[u8], folded: &mut [u8], bounds: &mut [u32]) -> usize {
    // A block is settled when the next one is seen, because an apostrophe needs a part of a token on either side.
    let mut before = Masks::default();
    let (mut inside, mut letter) = (0, 0);
    let (mut start, mut count) = (0, 0);
    let (blocks, rest) = text.as_chunks::<64>();
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    let mut settle = |masks, next, start| {
        if let Some(room) = bounds[count..].first_chunk_mut() {
            count += settle(masks, next, start, &mut inside, &mut letter, room);
        }
    };
    for (i, (block, lower)) in blocks.iter().chain([&last]).zip(folded.as_chunks_mut::<64>().0).enumerate() {
        let masks = classify(block, lower);
        if i > 0 {
            settle(before, masks, start);
            start += 64;
        }
        before = masks;
    }
    settle(before, Masks::default(), start);
    if inside != 0 {
        bounds[count] = start + 64;
        count += 1;
    }
    count
}

/// Bit i is byte i of a block.
#[derive(Clone, Copy, Default)]
struct Masks {
    word: u64,
    apostrophe: u64,
}

/// What the bytes of a block are; writes them in lower case.
#[inline(always)]
fn classify(block: &[u8; 64], lower: &mut [u8; 64]) -> Masks {
    let mut masks = Masks::default();
    for (i, (bytes, lower)) in block.as_chunks::<16>().0.iter().zip(lower.as_chunks_mut::<16>().0).enumerate() {
        let [word, apostrophe] = sixteen(bytes, lower);
        masks.word |= word << (16 * i);
        masks.apostrophe |= apostrophe << (16 * i);
    }
    masks
}

/// Which bytes are parts of tokens, and which are apostrophes; writes them in lower case.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn sixteen(bytes: &[u8; 16], lower: &mut [u8; 16]) -> [u64; 2] {
    // SAFETY: every processor of this architecture has SSE2.
    unsafe { sse2(bytes, lower) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "sse2")]
#[inline]
fn sse2(bytes: &[u8; 16], lower: &mut [u8; 16]) -> [u64; 2] {
    use std::arch::x86_64::*;
    let halves = u128::from_le_bytes(*bytes);
    let x = _mm_set_epi64x((halves >> 64) as i64, halves as i64);
    let bit = _mm_set1_epi8(0x20);
    // Letters, and digits, are moved to the least signed numbers, so that one comparison does.
    let letter = _mm_add_epi8(_mm_or_si128(x, bit), _mm_set1_epi8(0x80_u8.wrapping_sub(b'a') as i8));
    let letter = _mm_cmplt_epi8(letter, _mm_set1_epi8(i8::MIN + 26));
    let folded = _mm_or_si128(x, _mm_and_si128(letter, bit));
    let halves = [folded, _mm_unpackhi_epi64(folded, folded)].map(|half| _mm_cvtsi128_si64(half).to_le_bytes());
    lower.as_chunks_mut::<8>().0.copy_from_slice(&halves);
    let digit = _mm_add_epi8(x, _mm_set1_epi8(0x80_u8.wrapping_sub(b'0') as i8));
    let digit = _mm_cmplt_epi8(digit, _mm_set1_epi8(i8::MIN + 10));
    let word = _mm_or_si128(_mm_or_si128(letter, digit), x);
    let apostrophe = _mm_cmpeq_epi8(x, _mm_set1_epi8(b'\'' as i8));
    [word, apostrophe].map(|mask| u64::from(_mm_movemask_epi8(mask) as u16))
}

/// Which bytes are parts of tokens, and which are apostrophes; writes them in lower case.
#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
fn sixteen(bytes: &[u8; 16], lower: &mut [u8; 16]) -> [u64; 2] {
    portable(bytes, lower)
}

/// As [`sixteen`], eight bytes at a time.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn portable(bytes: &[u8; 16], lower: &mut [u8; 16]) -> [u64; 2] {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut masks = [0; 2];
    for (i, (bytes, lower)) in bytes.as_chunks::<8>().0.iter().zip(lower.as_chunks_mut::<8>().0).enumerate() {
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
        masks[0] |= gather(word);
        masks[1] |= gather(apostrophe);
    }
    masks
}

/// Writes the bounds of tokens in a block at the front of the place for them and says how many there are. `inside` is 1 when
/// its first byte follows one of a token, `letter` when that byte is no apostrophe.
#[inline(always)]
fn settle(masks: Masks, next: Masks, start: u32, inside: &mut u64, letter: &mut u64, bounds: &mut [u32; 64]) -> usize {
    let word = masks.word;
    let joining = masks.apostrophe & (word << 1 | *letter) & (word >> 1 | next.word << 63);
    let token = word | joining;
    let mut changes = token ^ (token << 1 | *inside);
    (*inside, *letter) = (token >> 63, word >> 63);
    // Written eight at a time, counted where they are bounds: the processor cannot predict how many a block has.
    let count = changes.count_ones() as usize;
    for group in bounds.as_chunks_mut::<8>().0 {
        for bound in group {
            *bound = start + changes.trailing_zeros();
            changes &= changes.wrapping_sub(1);
        }
        if changes == 0 {
            break;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_what_it_is_portably() {
        for byte in 0..=255 {
            for place in 0..16 {
                let mut bytes = *b"a Z'09[`{@/:~\0\x7f\xff";
                bytes[place] = byte;
                let (mut a, mut b) = ([0; 16], [1; 16]);
                assert_eq!(sixteen(&bytes, &mut a), portable(&bytes, &mut b), "{byte} at {place}");
                assert_eq!((a, a), (b, bytes.map(|byte| byte.to_ascii_lowercase())), "{byte} at {place}");
            }
        }
    }
}
