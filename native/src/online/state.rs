//! The file that a model is saved to: `docs/methods/online.md` has its layout, byte by byte.

use super::crc::crc32;
use super::{Given, Online, Options, update};
use crate::consensus::{FitError, empty};

const MAGIC: [u8; 8] = *b"\x89COTL\r\n\x1a";
const VERSION: u32 = 1;
const HEADER: usize = 128;
const CHECKSUM: usize = 4;
const LARGEST_COUNTER: u64 = 1 << 62;

/// The numbers of a header that say how long everything is.
struct Lengths {
    tasks: usize,
    experts: usize,
    labels: usize,
    answers: usize,
    names: usize,
}

impl Lengths {
    /// The length of the whole file, if it is a number at all.
    fn bytes(&self) -> Option<usize> {
        let Self { tasks, experts, labels, answers, names } = *self;
        let doubles = labels
            .checked_add(experts.checked_mul(labels)?.checked_mul(labels)?)?
            .checked_add(tasks.checked_mul(labels)?)?
            .checked_add(experts)?;
        HEADER
            .checked_add(doubles.checked_mul(8)?)?
            .checked_add(tasks.checked_mul(4)?)?
            .checked_add(answers.checked_mul(12)?)?
            .checked_add(names)?
            .checked_add(CHECKSUM)
            .filter(|&bytes| bytes <= isize::MAX as usize)
    }
}

fn refuse<T>(position: usize, reason: impl std::fmt::Display) -> Result<T, FitError> {
    Err(FitError::Invalid(format!("not a usable state of an online consensus: byte {position}: {reason}")))
}

/// Reads numbers one after the other; the length was checked before.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut word = [0; N];
        word.copy_from_slice(&self.bytes[self.at..self.at + N]);
        self.at += N;
        word
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.take())
    }

    fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.take())
    }

    fn f64(&mut self) -> f64 {
        f64::from_bits(self.u64())
    }

    /// Reads doubles within a range.
    fn doubles(&mut self, count: usize, name: &str, least: f64, greatest: f64) -> Result<Vec<f64>, FitError> {
        let mut values = empty(count)?;
        for _ in 0..count {
            let at = self.at;
            let value = self.f64();
            if !(least..=greatest).contains(&value) {
                return refuse(at, format!("{name} {value} is not between {least} and {greatest}"));
            }
            values.push(value);
        }
        Ok(values)
    }
}

impl Online {
    /// The length of [`Self::save`]'s result with names of some length, in bytes.
    #[must_use]
    pub fn saved_bytes(&self, names: usize) -> Option<usize> {
        self.lengths(names).bytes()
    }

    fn lengths(&self, names: usize) -> Lengths {
        let [tasks, experts, labels] = self.sizes();
        Lengths { tasks, experts, labels, answers: self.answers, names }
    }

    /// The whole model as one file. `names` is the section that the caller keeps in it for itself.
    ///
    /// # Errors
    ///
    /// [`FitError::OutOfMemory`].
    pub fn save(&self, names: &[u8]) -> Result<Vec<u8>, FitError> {
        let lengths = self.lengths(names.len());
        let Some(length) = lengths.bytes() else {
            return Err(FitError::OutOfMemory("the state is longer than memory".to_owned()));
        };
        let mut out: Vec<u8> = empty(length)?;
        let options = &self.options;
        out.extend_from_slice(&MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&0_u32.to_le_bytes());
        out.extend_from_slice(&(length as u64).to_le_bytes());
        out.extend_from_slice(&(names.len() as u64).to_le_bytes());
        for number in [lengths.tasks as u32, lengths.experts as u32, lengths.labels as u32, options.sweeps] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&(self.answers as u64).to_le_bytes());
        out.extend_from_slice(&options.neighbours.to_le_bytes());
        out.extend_from_slice(&options.neighbour_tasks.to_le_bytes());
        for number in [options.smoothing, options.trust, options.settled, options.tolerance] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&options.max_iterations.to_le_bytes());
        out.extend_from_slice(&0_u32.to_le_bytes());
        for number in [self.moves, self.recounts, 0] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        for number in [&self.sums, &self.counts, &self.posterior, &self.moved].into_iter().flatten() {
            out.extend_from_slice(&number.to_le_bytes());
        }
        self.given.iter().for_each(|given| out.extend_from_slice(&(given.len() as u32).to_le_bytes()));
        let given = || self.given.iter().flatten();
        given().for_each(|answer| out.extend_from_slice(&answer.expert.to_le_bytes()));
        given().for_each(|answer| out.extend_from_slice(&answer.label.to_le_bytes()));
        given().for_each(|answer| out.extend_from_slice(&answer.weight.to_le_bytes()));
        out.extend_from_slice(names);
        let checksum = crc32(&out);
        out.extend_from_slice(&checksum.to_le_bytes());
        Ok(out)
    }

    /// The model of a file, and the section that its writer kept in it.
    ///
    /// Nothing is allocated that the file's true length does not cover.
    ///
    /// # Errors
    ///
    /// [`FitError::Invalid`] with the position and the reason; [`FitError::OutOfMemory`].
    pub fn load(bytes: &[u8]) -> Result<(Self, &[u8]), FitError> {
        let same = bytes.iter().zip(&MAGIC).take_while(|(given, magic)| given == magic).count();
        if same < MAGIC.len() && same < bytes.len() {
            return refuse(same, "this is not such a file");
        }
        if bytes.len() < HEADER + CHECKSUM {
            return refuse(bytes.len(), "the file ends within its header: it was cut short");
        }
        let mut reader = Reader { bytes, at: MAGIC.len() };
        let version = reader.u32();
        if version != VERSION {
            return refuse(8, format!("version {version}, but this library reads version {VERSION}"));
        }
        if reader.u32() != 0 {
            return refuse(12, "a reserved number is not 0");
        }
        let length = reader.u64();
        if length != bytes.len() as u64 {
            let reason = format!("the file has {} bytes, its header says {length}", bytes.len());
            return refuse(if length > bytes.len() as u64 { bytes.len() } else { 16 }, reason);
        }
        let end = bytes.len() - CHECKSUM;
        let stored = Reader { bytes, at: end }.u32();
        let checksum = crc32(&bytes[..end]);
        if checksum != stored {
            return refuse(
                end,
                format!("the checksum is {stored:08x}, of the bytes before it {checksum:08x}: they were changed"),
            );
        }
        let names = reader.u64();
        let [tasks, experts, labels, sweeps] = [(); 4].map(|()| reader.u32());
        let answers = reader.u64();
        let lengths = Lengths {
            tasks: tasks as usize,
            experts: experts as usize,
            labels: labels as usize,
            answers: usize::try_from(answers).unwrap_or(usize::MAX),
            names: usize::try_from(names).unwrap_or(usize::MAX),
        };
        if lengths.bytes() != Some(bytes.len()) {
            return refuse(
                24,
                "the numbers of tasks, experts, labels, answers and names do not give the file's length",
            );
        }
        let options = Options {
            sweeps,
            neighbours: reader.u32(),
            neighbour_tasks: reader.u32(),
            smoothing: reader.f64(),
            trust: reader.f64(),
            settled: reader.f64(),
            tolerance: reader.f64(),
            max_iterations: reader.u32(),
        };
        if reader.u32() != 0 {
            return refuse(100, "a reserved number is not 0");
        }
        let mut counters = [0; 2];
        for counter in &mut counters {
            let at = reader.at;
            *counter = reader.u64();
            if *counter > LARGEST_COUNTER {
                return refuse(at, format!("{counter} is more than can have been counted"));
            }
        }
        let [moves, recounts] = counters;
        if reader.u64() != 0 {
            return refuse(120, "a reserved number is not 0");
        }
        if let Err(error) = options.check() {
            return refuse(44, error);
        }
        let names = &bytes[end - lengths.names..end];
        Ok((Self::read(&mut reader, &lengths, options, moves, recounts)?, names))
    }

    fn read(
        reader: &mut Reader<'_>,
        lengths: &Lengths,
        options: Options,
        moves: u64,
        recounts: u64,
    ) -> Result<Self, FitError> {
        let Lengths { tasks, experts, labels, answers, .. } = *lengths;
        let mut online = Self {
            options,
            labels: 0,
            posterior: Vec::new(),
            sums: Vec::new(),
            counts: Vec::new(),
            moved: Vec::new(),
            given: Vec::new(),
            tasks_of: Vec::new(),
            answers,
            moves,
            recounts,
            work: update::Work::default(),
        };
        if let Err(error) = online.check_sizes([tasks, experts, labels]) {
            return refuse(32, error);
        }
        online.grow([tasks, experts, labels])?;
        let most = 1e300;
        online.sums = reader.doubles(labels, "sum", -most, most)?;
        online.counts = reader.doubles(online.counts.len(), "count", -most, most)?;
        online.posterior = reader.doubles(online.posterior.len(), "probability", 0.0, 1.0)?;
        online.moved = reader.doubles(experts, "movement", 0.0, most)?;
        let at = reader.at;
        let mut total = 0_u64;
        for task in 0..tasks {
            let count = reader.u32();
            total += u64::from(count);
            if total > answers as u64 {
                return refuse(at + 4 * task, "the tasks have more answers than there are");
            }
            online.given[task] = empty(count as usize)?;
        }
        if total < answers as u64 {
            return refuse(at, "the tasks have fewer answers than there are");
        }
        online.read_answers(reader, at)?;
        Ok(online)
    }

    fn read_answers(&mut self, reader: &Reader<'_>, counts: usize) -> Result<(), FitError> {
        let [tasks, experts, labels] = self.sizes();
        let first = reader.at;
        let word = |column: usize, row: usize| {
            let at = first + 4 * (column * self.answers + row);
            (at, Reader { bytes: reader.bytes, at }.u32())
        };
        let (mut row, mut bytes_at) = (0, Reader { bytes: reader.bytes, at: counts });
        for task in 0..tasks {
            for _ in 0..bytes_at.u32() {
                let ((at, expert), (label_at, label), (weight_at, weight)) = (word(0, row), word(1, row), word(2, row));
                let weight = f32::from_bits(weight);
                if expert as usize >= experts {
                    return refuse(at, format!("expert {expert} is outside 0..{experts}"));
                }
                if label as usize >= labels {
                    return refuse(label_at, format!("label {label} is outside 0..{labels}"));
                }
                if !weight.is_finite() || weight < 0.0 {
                    return refuse(weight_at, format!("weight {weight} is not finite and at least 0"));
                }
                let asked = &mut self.tasks_of[expert as usize];
                if asked.last() == Some(&(task as u32)) {
                    return refuse(at, format!("expert {expert} answers task {task} twice"));
                }
                update::reserve(asked, 1)?;
                asked.push(task as u32);
                self.given[task].push(Given { expert, label, weight });
                row += 1;
            }
        }
        Ok(())
    }
}
