//! The wire form: golden messages, and what a writer refuses.

mod common;

use coterie::abi::{COTERIE_INVALID_ARGUMENT, COTERIE_OK, ErrorRecord, WireReport, coterie_wire_check};
use coterie::wire::{
    Answers, CategoricalResult, Kind, Message, Reason, Response, Responses, TextResult, TextTask, read_answers,
    read_responses, read_text_result, write_answers, write_categorical_result, write_responses, write_text_result,
};

use common::{SplitMix64, data};

/// A case of a golden file: its name, the message, and its other lines.
struct Golden {
    name: String,
    message: Vec<u8>,
    lines: Vec<String>,
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
}

fn golden() -> Vec<Golden> {
    let mut cases: Vec<Golden> = Vec::new();
    for file in ["responses", "answers", "text-result", "categorical-result", "loose", "hostile", "mutated"] {
        for line in data(&format!("golden/wire/{file}.txt")).lines().filter(|line| !line.starts_with('#')) {
            let (key, value) = line.split_once(' ').expect("a key and a value");
            match key {
                "case" => cases.push(Golden { name: value.to_owned(), message: Vec::new(), lines: Vec::new() }),
                "message" => cases.last_mut().unwrap().message = bytes(value),
                _ => cases.last_mut().unwrap().lines.push(line.to_owned()),
            }
        }
    }
    assert!(cases.len() > 700, "{} cases", cases.len());
    cases
}

/// What a message means, in the lines of a golden file.
struct Means(Vec<String>);

impl Means {
    fn line(&mut self, path: &str, tokens: impl IntoIterator<Item = String>) {
        let tokens: String = tokens.into_iter().map(|token| " ".to_owned() + &token).collect();
        self.0.push(format!("means {path}{tokens}"));
    }

    fn one(&mut self, path: &str, token: Option<impl ToString>) {
        if let Some(token) = token {
            self.line(path, [token.to_string()]);
        }
    }

    /// The number of tables in a list; an empty list has none.
    fn count(&mut self, path: &str, count: usize) {
        self.line(path, (count > 0).then(|| count.to_string()));
    }

    fn of(message: &Message<'_>) -> Vec<String> {
        let mut means = Self(Vec::new());
        match message {
            Message::Responses(responses) => means.responses(responses),
            Message::Answers(answers) => means.answers(answers),
            Message::TextResult(result) => means.text_result(result),
            Message::CategoricalResult(result) => means.categorical_result(result),
        }
        means.0
    }

    fn responses(&mut self, responses: &Responses<'_>) {
        self.count("rows", responses.rows().len());
        for (i, row) in responses.rows().iter().enumerate() {
            let path = |key| format!("rows.{i}.{key}");
            self.one(&path("task"), row.task.map(hex));
            self.one(&path("expert"), Some(hex(row.expert)));
            self.one(&path("text"), Some(hex(row.text)));
            self.one(&path("confidence"), row.confidence.map(bits64));
            if let Some(embedding) = responses.embedding(i) {
                self.line(&path("embedding"), embedding.iter().copied().map(bits32));
            }
        }
    }

    fn answers(&mut self, answers: &Answers<'_>) {
        for (key, names) in [("tasks", &answers.tasks), ("experts", &answers.experts), ("labels", &answers.labels)] {
            self.line(key, names.iter().copied().map(hex));
        }
        for (key, column) in [("task", &answers.task), ("expert", &answers.expert), ("label", &answers.label)] {
            self.line(key, column.iter().map(i32::to_string));
        }
        if let Some(weight) = &answers.weight {
            self.line("weight", weight.iter().copied().map(bits32));
        }
    }

    fn text_result(&mut self, result: &TextResult<'_>) {
        self.one("responses", Some(result.responses));
        self.count("tasks", result.tasks.len());
        for (i, task) in result.tasks.iter().enumerate() {
            let path = |key: &str| format!("tasks.{i}.{key}");
            self.one(&path("task"), task.task.map(hex));
            self.one(&path("chosen"), task.chosen);
            self.one(&path("confidence"), Some(bits64(task.confidence)));
            self.line(&path("support"), task.support.iter().map(i32::to_string));
            self.count(&path("dissent"), task.dissent.len());
            for (j, cluster) in task.dissent.iter().enumerate() {
                self.one(&path(&format!("dissent.{j}.medoid")), Some(cluster.medoid));
                self.line(&path(&format!("dissent.{j}.members")), cluster.members.iter().map(i32::to_string));
            }
            self.count(&path("themes"), task.themes.len());
            for (j, theme) in task.themes.iter().enumerate() {
                self.one(&path(&format!("themes.{j}.theme")), Some(hex(theme.theme)));
                self.one(&path(&format!("themes.{j}.score")), Some(bits64(theme.score)));
            }
        }
    }

    fn categorical_result(&mut self, result: &CategoricalResult<'_>) {
        self.one("method", result.method.map(hex));
        for (key, names) in [("tasks", &result.tasks), ("experts", &result.experts), ("labels", &result.labels)] {
            self.line(key, names.iter().copied().map(hex));
        }
        for (key, column) in [("answer", &result.answer), ("runner_up", &result.runner_up)] {
            self.line(key, column.iter().map(i32::to_string));
        }
        for (key, column) in [("posterior", &result.posterior), ("skill", &result.skill)] {
            self.line(key, column.iter().copied().map(bits64));
        }
        self.one("iterations", Some(result.iterations));
        self.one("objective", result.objective.map(bits64));
        self.one("converged", Some(result.converged));
    }
}

fn hex(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.bytes().map(|byte| format!("{byte:02x}")).collect() }
}

fn bits64(value: f64) -> String {
    format!("{:016x}", value.to_bits())
}

fn bits32(value: f32) -> String {
    format!("{:08x}", value.to_bits())
}

#[test]
fn golden_messages() {
    for Golden { name, message, lines } in golden() {
        match Message::read(&message) {
            Ok(value) => {
                let mut written = Vec::new();
                value.write(&mut written).expect("what was read can be written");
                let canonical = lines[0].strip_prefix("canonical ").unwrap_or_else(|| panic!("{name}: accepted"));
                assert_eq!(written, if canonical == "=" { message.clone() } else { bytes(canonical) }, "{name}");
                assert_eq!(Message::read(&written).as_ref(), Ok(&value), "{name}");
                let kind = format!("kind {}", value.kind().id());
                assert_eq!([vec![kind], Means::of(&value)].concat(), lines[1..], "{name}");
            }
            Err(error) => {
                let (position, field, reason) = (error.position, error.field, error.reason as i32);
                let line = format!("refused {reason} {position} {field} {}", error.reason.text());
                assert_eq!([line], lines[..], "{name}");
                assert_eq!(error.to_string(), format!("byte {position} ({field}): {}", error.reason.text()));
            }
        }
    }
}

/// A reader of one kind refuses the others, at the place of the kind.
#[test]
fn another_kind_is_refused() {
    let mut message = Vec::new();
    write_answers(&Answers::default(), &mut message).unwrap();
    assert!(read_answers(&message).is_ok());
    assert_eq!(
        read_responses(&message).unwrap_err().to_string(),
        "byte 10 (kind): another kind of message is expected here"
    );
    assert_eq!(read_text_result(&message).unwrap_err().reason, Reason::OtherKind);
}

/// A writer writes only what a reader accepts, and leaves the output alone otherwise.
#[test]
fn values_that_cannot_be_read_are_not_written() {
    let mut out = b"before".to_vec();
    let refuse = |error: Result<(), coterie::wire::WireError>, field: &str, reason| {
        let error = error.unwrap_err();
        assert_eq!((error.field, error.reason), (field, reason));
    };
    let mut responses = Responses::default();
    responses.push(Response { confidence: Some(1.5), ..Response::new("e", "t") }, None);
    refuse(write_responses(&responses, &mut out), "rows.confidence", Reason::OutOfRange);
    let mut responses = Responses::default();
    responses.push(Response::new("e", "t"), Some(&[1.0, 2.0]));
    responses.push(Response::new("e", "t"), Some(&[1.0]));
    refuse(write_responses(&responses, &mut out), "rows.embedding", Reason::WrongLength);
    let answers = Answers { tasks: vec!["a", "a"], ..Answers::default() };
    refuse(write_answers(&answers, &mut out), "tasks", Reason::DuplicateName);
    let task = TextTask { chosen: Some(2), confidence: 1.0, ..TextTask::default() };
    let result = TextResult { responses: 2, tasks: vec![task] };
    refuse(write_text_result(&result, &mut out), "tasks.chosen", Reason::OutOfRange);
    let result = CategoricalResult { objective: Some(f64::NAN), ..CategoricalResult::default() };
    refuse(write_categorical_result(&result, &mut out), "objective", Reason::NotFinite);
    assert_eq!(out, b"before");
    write_categorical_result(&CategoricalResult::default(), &mut out).unwrap();
    assert!(matches!(Message::read(&out[6..]), Ok(value) if value.kind() == Kind::CategoricalResult));
}

/// Every beginning of a message is refused as cut off, and bytes at random never do harm.
#[test]
fn cut_and_random_bytes() {
    let mut responses = Responses::default();
    let long = "x".repeat(70000);
    responses.push(Response { task: Some("q"), confidence: Some(0.3), ..Response::new("é", &long) }, None);
    responses.push(Response { task: Some("r"), ..Response::new("f", "y") }, Some(&[0.25; 300]));
    let mut message = Vec::new();
    write_responses(&responses, &mut message).unwrap();
    assert_eq!(read_responses(&message).unwrap(), responses);
    for length in (0..message.len()).rev().take(2000).chain(0..200) {
        assert_eq!(read_responses(&message[..length]).unwrap_err().reason, Reason::Truncated, "{length}");
    }
    let mut random = SplitMix64(7);
    for _ in 0..20000 {
        let mut noise: Vec<u8> = (0..random.below(40)).map(|_| random.next() as u8).collect();
        let _ = Message::read(&noise);
        noise.splice(0..0, message[..20].iter().copied());
        if let Ok(value) = Message::read(&noise) {
            value.write(&mut Vec::new()).unwrap();
        }
    }
}

/// The C function says what the reader says.
#[test]
fn the_c_function_reports() {
    let check = |message: &[u8], out: &mut [u8]| {
        let (mut report, mut error) = (WireReport::default(), ErrorRecord::new());
        let (length, capacity) = (message.len() as u64, out.len() as u64);
        // SAFETY: every array is as long as its length says.
        let status = unsafe {
            coterie_wire_check(message.as_ptr(), length, out.as_mut_ptr(), capacity, &mut report, &mut error)
        };
        (status, report, error)
    };
    let mut message = Vec::new();
    write_answers(&Answers::default(), &mut message).unwrap();
    let mut out = vec![0; 200];
    let (status, report, _) = check(&message, &mut out);
    assert_eq!((status, report.kind, report.reason, report.position), (COTERIE_OK, 1, 0, 0));
    assert_eq!(out[..report.written as usize], message);
    let (status, report, _) = check(&message[..12], &mut out);
    assert_eq!((status, report.kind, report.reason, report.position), (COTERIE_OK, -1, 1, 10));
    assert_eq!(out[..report.written as usize], *b"byte 10 (message): the message ends within this value");
    let (status, report, _) = check(&[], &mut []);
    assert_eq!((status, report.reason, report.written), (COTERIE_OK, 1, 52));
    let (status, _, error) = check(&message, &mut out[..3]);
    assert_eq!((status, error.text().starts_with("the result has ")), (COTERIE_INVALID_ARGUMENT, true));
    // SAFETY: as above; that the two overlap is what it must find.
    let overlap = unsafe {
        coterie_wire_check(out.as_ptr(), 9, out.as_mut_ptr(), 9, &mut WireReport::default(), std::ptr::null_mut())
    };
    assert_eq!(overlap, COTERIE_INVALID_ARGUMENT);
}
