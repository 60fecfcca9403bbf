//! A message of responses in, a message of the result out.

use coterie::abi::{
    COTERIE_INVALID_ARGUMENT, COTERIE_OK, COTERIE_TEXT_LEADER, ErrorRecord, TextWireOptions, coterie_text_wire,
};
use coterie::consensus::{Control, FitError, Repeats};
use coterie::kernels::Kernels;
use coterie::text::{Options, Similarity, Tokeniser, consensus_message};
use coterie::wire::{Response, Responses, read_text_result, write_responses};

use super::{Golden, double};

fn message(responses: &Responses<'_>) -> Vec<u8> {
    let mut message = Vec::new();
    write_responses(responses, &mut message).expect("a message");
    message
}

fn answer(message: &[u8], options: &Options) -> Result<Vec<u8>, FitError> {
    consensus_message(Kernels::current(), message, options, &Control::default())
}

fn refusal(message: &[u8], options: &Options) -> String {
    answer(message, options).expect_err("a refusal").to_string()
}

/// A golden run as a message, and its tasks' numbers; `None` where texts are not UTF-8, only the last ones count, or a task has no
/// texts, which a message cannot say.
fn of(golden: &Golden) -> Option<(Vec<u8>, Vec<String>)> {
    let names = |count: usize| -> Vec<String> { (0..count).map(|number| format!("{number:04}")).collect() };
    let (tasks, experts) = (names(golden.sizes[0]), names(golden.sizes[1]));
    let whole = (0..tasks.len()).all(|task| golden.rows.iter().any(|row| row.0 as usize == task));
    if golden.repeats != Repeats::CountAll || !whole {
        return None;
    }
    let mut responses = Responses::default();
    for (row, (task, expert, confidence, text)) in golden.rows.iter().enumerate() {
        let response = Response {
            task: Some(&tasks[*task as usize]),
            confidence: Some(*confidence),
            ..Response::new(&experts[*expert as usize], std::str::from_utf8(text).ok()?)
        };
        responses.push(response, golden.embedding.chunks(golden.dimension.max(1)).nth(row));
    }
    Some((message(&responses), tasks))
}

#[test]
fn messages_of_golden_runs_give_what_the_engine_gives() {
    let mut seen = 0;
    for golden in Golden::all("consensus-") {
        let Some((message, names)) = of(&golden) else { continue };
        seen += 1;
        let name = &golden.name;
        let bytes = answer(&message, &Options { threads: 2, ..golden.options }).expect("a result");
        let result = read_text_result(&bytes).expect("a message");
        assert_eq!((result.responses as usize, result.tasks.len()), (golden.rows.len(), names.len()), "{name}");
        let order = golden.integers("expect_order");
        let (chosen, cluster, medoid) =
            (golden.integers("expect_chosen"), golden.integers("expect_cluster"), golden.integers("expect_medoid"));
        let confidence = golden.doubles("expect_confidence");
        for (number, task) in result.tasks.iter().enumerate() {
            assert_eq!(task.task, Some(names[number].as_str()), "{name}");
            assert_eq!(task.chosen, Some(order[chosen[number] as usize]), "{name}: task {number}");
            assert_eq!(task.confidence.to_bits(), confidence[number], "{name}: task {number}");
            // Of every cluster its medoid and its rows, ascending.
            let mut expected: Vec<(i32, Vec<i32>)> = Vec::new();
            for wanted in 0..golden.integers("expect_clusters")[number] {
                let rows: Vec<usize> = (0..order.len())
                    .filter(|&row| golden.rows[order[row] as usize].0 == number as i32 && cluster[row] == wanted)
                    .collect();
                let mut members: Vec<i32> = rows.iter().map(|&row| order[row]).collect();
                members.sort_unstable();
                expected.push((order[medoid[rows[0]] as usize], members));
            }
            assert_eq!(task.support, expected[0].1, "{name}: task {number}");
            let dissent: Vec<_> =
                task.dissent.iter().map(|cluster| (cluster.medoid, cluster.members.clone())).collect();
            assert_eq!(dissent, expected[1..], "{name}: task {number}");
            let themes: Vec<_> =
                golden.lines("expect_theme").iter().filter(|line| line[0] == number.to_string()).collect();
            assert_eq!(task.themes.len(), themes.len(), "{name}");
            for (theme, line) in task.themes.iter().zip(themes) {
                let index = |at: usize| line[at].parse::<usize>().expect("an index");
                let mut tokeniser = Tokeniser::default();
                tokeniser.cut(&golden.rows[order[index(1)] as usize].3).expect("tokens");
                assert_eq!(theme.theme, tokeniser.phrase(index(2), index(3)).expect("a phrase"), "{name}");
                assert_eq!(theme.score.to_bits(), double(&line[4]).to_bits(), "{name}");
            }
        }
    }
    assert!(seen > 80, "{seen} golden runs");
}

#[test]
fn themes_are_in_words_and_a_task_without_a_name_stays_without() {
    let mut responses = Responses::default();
    for (expert, text) in [("a", "Red apples, ripe!"), ("b", "ripe RED apples"), ("c", "blue plums")] {
        responses.push(Response::new(expert, text), None);
    }
    let options = Options { themes: 2, ..Options::default() };
    let bytes = answer(&message(&responses), &options).expect("a result");
    let result = read_text_result(&bytes).expect("a message");
    let task = &result.tasks[0];
    assert_eq!((result.tasks.len(), task.task), (1, None));
    assert_eq!(task.support, [0, 1]);
    let themes: Vec<&str> = task.themes.iter().map(|theme| theme.theme).collect();
    assert_eq!(themes, ["red apples", "ripe"]);
}

#[test]
fn refusals_name_the_byte_or_the_row() {
    let options = Options::default();
    let mut responses = Responses::default();
    assert_eq!(refusal(&message(&responses), &options), "the message has no responses: add at least one");
    responses.push(Response::new("a", "one"), Some(&[1.0, 0.0]));
    responses.push(Response { confidence: Some(0.5), ..Response::new("b", "two") }, None);
    let right = message(&responses);
    answer(&right, &options).expect("a result");
    for length in 0..right.len() {
        let text = refusal(&right[..length], &options);
        assert!(text.starts_with("byte ") && text.ends_with("the message ends within this value"), "{length}: {text}");
    }
    let vectors = Options { similarity: Similarity::EmbeddingCosine, ..options };
    assert_eq!(refusal(&right, &vectors), "row 1: the response has no embedding, which the similarity compares");
    let mut wrong = right.clone();
    let place = wrong.len() - 4;
    assert_eq!(wrong[place - 1], 0xca, "a confidence in binary32");
    wrong[place..].copy_from_slice(&1.5f32.to_be_bytes());
    let text = format!("byte {} (rows.confidence): the number is out of its range", place - 1);
    assert_eq!(refusal(&wrong, &options), text);
    let themes = Options { themes: 1001, ..options };
    assert_eq!(refusal(&right, &themes), "themes is 1001, which is above 1000");
    // Whatever one byte is, there is a result or a refusal.
    for at in 0..right.len() {
        for byte in [0, 0x7f, 0xc0, 0xc1, 0xdb, 0xdd, 0xff] {
            let mut wrong = right.clone();
            wrong[at] = byte;
            if let Ok(result) = answer(&wrong, &options) {
                read_text_result(&result).expect("a result");
            }
        }
    }
}

#[test]
fn the_c_function_says_how_long_the_result_is() {
    let mut responses = Responses::default();
    responses.push(Response::new("a", "yes"), None);
    let message = message(&responses);
    let expected = answer(&message, &Options::default()).expect("a result");
    let right = TextWireOptions {
        struct_size: size_of::<TextWireOptions>() as u32,
        similarity: 0,
        choice: 0,
        clustering: COTERIE_TEXT_LEADER,
        min_points: 1,
        confidence_rule: 0,
        themes: 5,
        threads: 1,
        threshold: 0.5,
    };
    let call = |options: &TextWireOptions, message: &[u8], out: &mut [u8]| {
        let (mut written, mut error) = (7, ErrorRecord::new());
        // SAFETY: every array is as long as its length says.
        let status = unsafe {
            coterie_text_wire(
                options,
                message.as_ptr(),
                message.len() as u64,
                out.as_mut_ptr(),
                out.len() as u64,
                &mut written,
                std::ptr::null_mut(),
                &mut error,
            )
        };
        (status, written, error)
    };
    let mut out = vec![9; expected.len() + 3];
    let (status, written, _) = call(&right, &message, &mut out);
    assert_eq!((status, written), (COTERIE_OK, expected.len() as u64));
    assert_eq!(out, [&expected[..], &[9; 3]].concat());
    for room in [0, expected.len() - 1] {
        let mut out = vec![9; room];
        let (status, written, _) = call(&right, &message, &mut out);
        assert_eq!((status, written), (COTERIE_OK, expected.len() as u64));
        assert_eq!(out, vec![9; room], "untouched");
    }
    let refused = |options: &TextWireOptions, message: &[u8], text: &str| {
        let mut out = vec![9; 100];
        let (status, written, error) = call(options, message, &mut out);
        assert_eq!((status, written, error.text()), (COTERIE_INVALID_ARGUMENT, 7, text));
        assert_eq!(out, vec![9; 100]);
    };
    refused(&right, &message[..12], "byte 10 (message): the message ends within this value");
    refused(&right, &[], "byte 0 (message): the message ends within this value");
    let options = TextWireOptions { struct_size: 39, ..right };
    refused(&options, &message, "options.struct_size is 39, this library's struct has 40 bytes");
    refused(&TextWireOptions { choice: 9, ..right }, &message, "choice 9 is unknown; known are 0 to 8");
    refused(&TextWireOptions { threads: -1, ..right }, &message, "threads is -1, not at least 0");
    refused(&TextWireOptions { threshold: 2.0, ..right }, &message, "threshold is 2, which is not between -1 and 1");
}
