//! Text consensus, strings in and result out, on one thread: 100 answers of 50 sentences to one question, and 10,000 shorter ones.
//!
//! The texts are made up: a vocabulary of 5,000 words whose frequencies fall as 1/rank, the commonest of them the English
//! stop words. A question has three opinions of 50 sentences of 8 to 20 words, every answer one of them, half of all the first:
//! of each sentence it changes no word, or one or two, and one sentence in ten is its own. That is about 4.9 KB an answer.
//! `whole` takes the texts as they are, `message` in the wire form, written before or within what is measured.
//! With `COTERIE_BENCH=quick` the 10,000 are 1,000.
#![allow(missing_docs)]

use std::hint::black_box;
use std::time::Duration;

use coterie::consensus::{Control, Repeats};
use coterie::kernels::Kernels;
use coterie::text::{
    Clustering, Options, Row, STOP_WORDS, Similarity, Solution, Table, consensus, consensus_message, pairs,
    similarities,
};
use coterie::wire::{Response, Responses, read_text_result, write_responses};
use criterion::{Criterion, criterion_group, criterion_main};

struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.next() >> 11) % n as u64) as usize
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 * 2f64.powi(-53)
    }
}

const VOCABULARY: usize = 5000;

fn vocabulary() -> Vec<String> {
    let mut r = SplitMix64(1);
    let mut words: Vec<String> = STOP_WORDS.iter().take(VOCABULARY).map(|&word| word.to_owned()).collect();
    while words.len() < VOCABULARY {
        let mut word = String::new();
        for _ in 0..2 + r.below(3) {
            word.push("bcdfghklmnprstvw".as_bytes()[r.below(16)].into());
            word.push("aeiou".as_bytes()[r.below(5)].into());
        }
        if r.below(3) > 0 {
            word.push("nrstl".as_bytes()[r.below(5)].into());
        }
        words.push(word);
    }
    words
}

fn answers(count: usize, sentences: usize) -> Vec<String> {
    let (mut r, words) = (SplitMix64(7), vocabulary());
    let word = |r: &mut SplitMix64| words[(VOCABULARY as f64).powf(r.unit()) as usize - 1].clone();
    let sentence = |r: &mut SplitMix64| (0..8 + r.below(13)).map(|_| word(r)).collect::<Vec<String>>();
    let opinions: Vec<Vec<Vec<String>>> = (0..3).map(|_| (0..sentences).map(|_| sentence(&mut r)).collect()).collect();
    (0..count)
        .map(|_| {
            let opinion = &opinions[[0, 0, 1, 2][r.below(4)]];
            let mut text = String::new();
            for line in opinion {
                let mut line = if r.below(10) == 0 { sentence(&mut r) } else { line.clone() };
                for _ in 0..r.below(3) {
                    let place = r.below(line.len());
                    line[place] = word(&mut r);
                }
                let mut line = line.join(" ");
                line[..1].make_ascii_uppercase();
                text += &line;
                text += ". ";
            }
            text
        })
        .collect()
}

fn rows(texts: &[String]) -> Vec<Row<'_>> {
    texts
        .iter()
        .enumerate()
        .map(|(expert, text)| Row { task: 0, expert: expert as i32, text: text.as_bytes(), confidence: 1.0 })
        .collect()
}

const KINDS: [(&str, Similarity, f64); 6] = [
    ("trigram-dice", Similarity::TrigramDice, 0.55),
    ("set-cosine", Similarity::SetCosine, 0.6),
    ("tfidf-cosine", Similarity::TfIdfCosine, 0.5),
    ("jaccard", Similarity::Jaccard, 0.4),
    ("min-hash", Similarity::MinHash, 0.4),
    ("word-levenshtein", Similarity::WordLevenshtein, 0.4),
];

fn options(similarity: Similarity, threshold: f64) -> Options {
    Options { similarity, choice: similarity, threshold, threads: 1, ..Options::default() }
}

fn table(texts: &[String], kind: Similarity) -> Table {
    Table::build(&rows(texts), 1, texts.len(), Repeats::CountAll, kind.reads_symbols()).expect("a table")
}

fn whole(texts: &[String], options: &Options) -> Solution {
    let table = table(texts, options.similarity);
    let columns = table.columns();
    let mut solution = Solution::new(&columns, options);
    consensus(Kernels::current(), &columns, options, solution.outcome(), &Control::default()).expect("a consensus");
    solution
}

/// The answers in the wire form.
fn message(texts: &[String]) -> Vec<u8> {
    let experts: Vec<String> = (0..texts.len()).map(|expert| format!("e{expert:02}")).collect();
    let mut responses = Responses::default();
    texts.iter().zip(&experts).for_each(|(text, expert)| responses.push(Response::new(expert, text), None));
    let mut message = Vec::new();
    write_responses(&responses, &mut message).expect("a message");
    message
}

fn answered(message: &[u8], options: &Options) -> Vec<u8> {
    consensus_message(Kernels::current(), message, options, &Control::default()).expect("a result")
}

fn hundred(c: &mut Criterion) {
    let texts = answers(100, 50);
    let mut group = c.benchmark_group("100-texts");
    group.bench_function("tokens", |b| b.iter(|| table(black_box(&texts), Similarity::SetCosine)));
    for (name, kind, threshold) in KINDS {
        group.bench_function(format!("whole/{name}"), |b| {
            b.iter(|| whole(black_box(&texts), &options(kind, threshold)));
        });
        let table = table(&texts, kind);
        let mut out = vec![0.0; 10_000];
        group.bench_function(format!("matrix/{name}"), |b| {
            b.iter(|| {
                let columns = table.columns();
                similarities(Kernels::current(), &columns, kind, 0, 1, &mut out, &Control::default())
                    .expect("a matrix");
                black_box(&out);
            });
        });
    }
    let message = message(&texts);
    for (name, kind, threshold) in [KINDS[0], KINDS[1]] {
        let options = options(kind, threshold);
        group.bench_function(format!("message/{name}"), |b| b.iter(|| answered(black_box(&message), &options)));
        group.bench_function(format!("message-written-and-read/{name}"), |b| {
            b.iter(|| {
                let result = answered(&self::message(black_box(&texts)), &options);
                black_box(read_text_result(&result).expect("a result"));
            });
        });
    }
    let all = Options { clustering: Clustering::CompleteLink, ..options(Similarity::SetCosine, 0.6) };
    group.bench_function("whole/set-cosine-complete-link", |b| b.iter(|| whole(black_box(&texts), &all)));
}

fn many(c: &mut Criterion) {
    let quick = std::env::var("COTERIE_BENCH").is_ok_and(|value| value == "quick");
    let texts = answers(if quick { 1000 } else { 10_000 }, 10);
    let mut group = c.benchmark_group(format!("{}-texts", texts.len()));
    for (name, kind, threshold) in KINDS {
        if kind == Similarity::WordLevenshtein {
            continue;
        }
        group.bench_function(format!("whole/{name}"), |b| {
            b.iter(|| whole(black_box(&texts), &options(kind, threshold)));
        });
        let table = table(&texts, kind);
        group.bench_function(format!("pairs/{name}"), |b| {
            b.iter(|| {
                let (columns, mut count) = (table.columns(), 0);
                let control = Control::default();
                pairs(Kernels::current(), &columns, 0, &options(kind, 0.8), &control, |_| count += 1).expect("pairs");
                count
            });
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    targets = hundred, many
}
criterion_main!(benches);
