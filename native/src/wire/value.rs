//! The values of a checked message, as the fields of a form.

use super::bytes::{Family, Head, content, head, skip, utf8};
use super::reason::{Reason, WireError};

/// The most keys of a map.
const MOST_KEYS: usize = 64;

/// Up to here every integer is a binary64 number.
const LARGEST_EXACT: u64 = 1 << 53;

/// A value in a message that [`super::bytes::check`] accepted, and the field it is read as.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    pub(super) data: &'a [u8],
    pub(super) at: usize,
    /// A path of keys, such as `rows.confidence`.
    pub(super) field: &'static str,
}

impl<'a> Value<'a> {
    pub(super) fn refused(self, reason: Reason) -> WireError {
        WireError::new(self.at, self.field, reason)
    }

    pub(super) fn head(self) -> Result<Head, WireError> {
        head(self.data, self.at)
    }

    fn of(self, family: Family) -> Result<Head, WireError> {
        let head = self.head()?;
        if head.family == family { Ok(head) } else { Err(self.refused(Reason::WrongType)) }
    }

    pub(super) fn text(self) -> Result<&'a str, WireError> {
        utf8(self.data, self.of(Family::Text)?, self.field)
    }

    pub(super) fn boolean(self) -> Result<bool, WireError> {
        self.of(Family::Bool)?;
        Ok(self.data[self.at] == 0xc3)
    }

    /// An integer of any size, as 128 bits hold it.
    pub(super) fn integer(self) -> Result<i128, WireError> {
        let head = self.of(Family::Integer)?;
        let tag = self.data[self.at];
        if head.length == 0 {
            return Ok(i128::from(tag as i8));
        }
        let bits = content(self.data, head)?.iter().fold(0, |bits: u64, &byte| bits << 8 | u64::from(byte));
        if tag < 0xd0 {
            return Ok(i128::from(bits));
        }
        let unused = 64 - 8 * head.length as u32;
        Ok(i128::from((bits << unused) as i64 >> unused))
    }

    /// An integer from 0 to below `limit`, which is at most 2^31.
    pub(super) fn index(self, limit: usize) -> Result<i32, WireError> {
        let value = self.integer()?;
        if value < 0 {
            return Err(self.refused(Reason::OutOfRange));
        }
        let value = i32::try_from(value).map_err(|_| self.refused(Reason::IntegerTooLarge))?;
        if value as usize >= limit {
            return Err(self.refused(Reason::OutOfRange));
        }
        Ok(value)
    }

    /// A finite number.
    pub(super) fn number(self) -> Result<f64, WireError> {
        let head = self.head()?;
        let value = match (head.family, content(self.data, head)?) {
            (Family::Float, &[a, b, c, d]) => f64::from(f32::from_be_bytes([a, b, c, d])),
            (Family::Float, &[a, b, c, d, e, f, g, h]) => f64::from_be_bytes([a, b, c, d, e, f, g, h]),
            (Family::Integer, _) => {
                let value = self.integer()?;
                if value.unsigned_abs() > u128::from(LARGEST_EXACT) {
                    return Err(self.refused(Reason::IntegerTooLarge));
                }
                value as f64
            }
            _ => return Err(self.refused(Reason::WrongType)),
        };
        if value.is_finite() { Ok(value) } else { Err(self.refused(Reason::NotFinite)) }
    }

    /// A number from 0 to 1.
    pub(super) fn share(self) -> Result<f64, WireError> {
        let value = self.number()?;
        if (0.0..=1.0).contains(&value) { Ok(value) } else { Err(self.refused(Reason::OutOfRange)) }
    }

    /// The elements of an array.
    pub(super) fn array(self) -> Result<Elements<'a>, WireError> {
        let head = self.of(Family::Array)?;
        Ok(Elements { next: Self { at: head.start, ..self }, left: head.length, first: true })
    }

    /// The values of a map by key.
    pub(super) fn map(self) -> Result<Map<'a>, WireError> {
        let length = self.of(Family::Map)?.length;
        if length > MOST_KEYS {
            return Err(self.refused(Reason::TooManyKeys));
        }
        let mut map = Map { map: self, length, keys: [""; MOST_KEYS], places: [0; MOST_KEYS] };
        let mut key = Self { at: self.head()?.start, ..self };
        for i in 0..length {
            let name = key.text()?;
            if map.keys[..i].contains(&name) {
                return Err(key.refused(Reason::DuplicateKey));
            }
            map.keys[i] = name;
            map.places[i] = skip(self.data, key.at)?;
            key.at = skip(self.data, map.places[i])?;
        }
        Ok(map)
    }

    /// The numbers of a bin, `N` bytes each in little-endian order; `count` of them where that is known.
    pub(super) fn column<T, const N: usize>(
        self,
        count: Option<usize>,
        decode: impl Fn([u8; N]) -> Result<T, Reason>,
    ) -> Result<Vec<T>, WireError> {
        let head = self.of(Family::Binary)?;
        let (elements, rest) = content(self.data, head)?.as_chunks::<N>();
        if !rest.is_empty() || count.is_some_and(|count| count != elements.len()) {
            return Err(self.refused(Reason::WrongLength));
        }
        let mut values = Vec::new();
        values.try_reserve_exact(elements.len()).map_err(|_| self.refused(Reason::OutOfMemory))?;
        for (i, &element) in elements.iter().enumerate() {
            let place = Self { at: head.start + N * i, ..self };
            values.push(decode(element).map_err(|reason| place.refused(reason))?);
        }
        Ok(values)
    }

    /// A column of integers from `least` to below `limit`.
    pub(super) fn indices(self, count: Option<usize>, least: i32, limit: usize) -> Result<Vec<i32>, WireError> {
        self.column(count, |bytes| {
            let value = i32::from_le_bytes(bytes);
            let inside = value >= least && (value < 0 || (value as usize) < limit);
            if inside { Ok(value) } else { Err(Reason::OutOfRange) }
        })
    }

    /// A column of finite binary32 numbers, at least `least`.
    pub(super) fn floats(self, count: Option<usize>, least: f32) -> Result<Vec<f32>, WireError> {
        self.column(count, |bytes| {
            let value = f32::from_le_bytes(bytes);
            match value {
                _ if !value.is_finite() => Err(Reason::NotFinite),
                _ if value < least => Err(Reason::OutOfRange),
                _ => Ok(value),
            }
        })
    }

    /// A column of finite binary64 numbers.
    pub(super) fn numbers(self, count: usize) -> Result<Vec<f64>, WireError> {
        self.column(Some(count), |bytes| {
            let value = f64::from_le_bytes(bytes);
            if value.is_finite() { Ok(value) } else { Err(Reason::NotFinite) }
        })
    }

    /// Adds to an array that grows with what is really there.
    pub(super) fn push<T>(self, array: &mut Vec<T>, element: T) -> Result<(), WireError> {
        array.try_reserve(1).map_err(|_| self.refused(Reason::OutOfMemory))?;
        array.push(element);
        Ok(())
    }
}

/// The elements of an array, one after the other.
pub(super) struct Elements<'a> {
    next: Value<'a>,
    left: usize,
    first: bool,
}

impl Elements<'_> {
    /// The elements still to come.
    pub(super) fn left(&self) -> usize {
        self.left
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Result<Value<'a>, WireError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        if !std::mem::take(&mut self.first) {
            match skip(self.next.data, self.next.at) {
                Ok(at) => self.next.at = at,
                Err(error) => return Some(Err(error)),
            }
        }
        Some(Ok(self.next))
    }
}

/// The keys of a map and the places of their values.
pub(super) struct Map<'a> {
    map: Value<'a>,
    length: usize,
    keys: [&'a str; MOST_KEYS],
    places: [usize; MOST_KEYS],
}

impl<'a> Map<'a> {
    /// The value of a field, whose key is the last part of its path.
    pub(super) fn required(&self, field: &'static str) -> Result<Value<'a>, WireError> {
        self.find(field).ok_or(WireError::new(self.map.at, field, Reason::MissingKey))
    }

    /// The value of a field that may be missing or nil.
    pub(super) fn optional(&self, field: &'static str) -> Result<Option<Value<'a>>, WireError> {
        match self.find(field) {
            Some(value) if value.head()?.family != Family::Nil => Ok(Some(value)),
            _ => Ok(None),
        }
    }

    fn find(&self, field: &'static str) -> Option<Value<'a>> {
        let key = field.rsplit('.').next();
        let place = self.keys[..self.length].iter().position(|&name| Some(name) == key)?;
        Some(Value { data: self.map.data, at: self.places[place], field })
    }
}
