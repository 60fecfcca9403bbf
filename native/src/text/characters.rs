//! What each code point is to the tokeniser, and its lower case; `docs/text.md` has the lists.

/// What a code point does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Separator,
    /// Part of a token.
    Word,
    /// A token by itself.
    Single,
    /// Part of a token between two parts of it.
    Apostrophe,
}

/// First and last code points, ascending.
#[rustfmt::skip]
const SEPARATORS: [(u32, u32); 39] = [
    (0x80, 0xA9), (0xAB, 0xB1), (0xB4, 0xB4), (0xB6, 0xB8), (0xBB, 0xBB), (0xBF, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7),
    (0x37E, 0x37E), (0x387, 0x387), (0x589, 0x58A), (0x5BE, 0x5BE), (0x5C0, 0x5C0), (0x5C3, 0x5C3), (0x60C, 0x60C),
    (0x61B, 0x61B), (0x61F, 0x61F), (0x66A, 0x66D), (0x6D4, 0x6D4), (0x964, 0x965), (0x1680, 0x1680), (0x2000, 0x206F),
    (0x2190, 0x25FF), (0x27C0, 0x2BFF), (0x2E00, 0x2E7F), (0x3000, 0x3004), (0x3008, 0x3020), (0x3030, 0x3030),
    (0x303D, 0x303F), (0x30FB, 0x30FB), (0xFE00, 0xFE1F), (0xFE30, 0xFE6F), (0xFEFF, 0xFEFF), (0xFF00, 0xFF0F),
    (0xFF1A, 0xFF20), (0xFF3B, 0xFF40), (0xFF5B, 0xFF65), (0xFFF0, 0xFFFF), (0xE0000, 0xE0FFF),
];

/// Where none is a separator.
#[rustfmt::skip]
const SINGLES: [(u32, u32); 7] = [
    (0x2600, 0x27BF), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x1F000, 0x1FAFF),
    (0x20000, 0x3FFFF),
];

fn within(ranges: &[(u32, u32)], point: u32) -> bool {
    let next = ranges.partition_point(|&(first, _)| first <= point);
    next > 0 && point <= ranges[next - 1].1
}

pub(super) fn kind(point: u32) -> Kind {
    match point {
        0x27 | 0x2019 => Kind::Apostrophe,
        0x00..0x80 => {
            if (point as u8).is_ascii_alphanumeric() {
                Kind::Word
            } else {
                Kind::Separator
            }
        }
        _ if within(&SEPARATORS, point) => Kind::Separator,
        _ if within(&SINGLES, point) => Kind::Single,
        _ => Kind::Word,
    }
}

/// The lower case, which has as many bytes.
pub(super) fn fold(point: u32) -> u32 {
    match point {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x391..=0x3A1 | 0x3A3..=0x3A9 | 0x410..=0x42F => point + 32,
        0x400..=0x40F => point + 80,
        0x130 => point,
        0x100..=0x137 | 0x14A..=0x177 => point | 1,
        0x139..=0x148 | 0x179..=0x17E => point + point % 2,
        _ => point,
    }
}

const REPLACEMENT: u32 = 0xFFFD;

/// The code point at the beginning of some bytes, and how many bytes it has. Where none begins it is U+FFFD, of one byte.
pub(super) fn decode(bytes: &[u8]) -> (u32, usize) {
    let next = |at: usize| bytes.get(at).copied().filter(|byte| byte & 0xC0 == 0x80).map(|byte| u32::from(byte & 0x3F));
    let first = u32::from(bytes[0]);
    let (point, length, least) = match bytes[0] {
        0..0x80 => return (first, 1),
        0xC2..0xE0 => (next(1).map(|a| (first & 0x1F) << 6 | a), 2, 0x80),
        0xE0..0xF0 => (next(1).zip(next(2)).map(|(a, b)| (first & 0xF) << 12 | a << 6 | b), 3, 0x800),
        0xF0..0xF5 => {
            let rest = next(1).zip(next(2)).zip(next(3));
            (rest.map(|((a, b), c)| (first & 7) << 18 | a << 12 | b << 6 | c), 4, 0x1_0000)
        }
        _ => (None, 1, 0),
    };
    match point {
        Some(point) if point >= least && char::from_u32(point).is_some() => (point, length),
        _ => (REPLACEMENT, 1),
    }
}

/// The symbols of a text: its code points in lower case, white space of ASCII trimmed and collapsed.
pub(super) fn symbols(text: &[u8], mut visit: impl FnMut(i32)) {
    let (mut at, mut begun, mut space) = (0, false, false);
    while at < text.len() {
        let byte = text[at];
        let symbol = if byte.is_ascii() {
            at += 1;
            if matches!(byte, 9..=13 | 32) {
                space = begun;
                continue;
            }
            i32::from(byte.to_ascii_lowercase())
        } else {
            let (point, length) = decode(&text[at..]);
            at += length;
            fold(point) as i32
        };
        if std::mem::take(&mut space) {
            visit(32);
        }
        begun = true;
        visit(symbol);
    }
}
