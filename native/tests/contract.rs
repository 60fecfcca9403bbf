//! The contract that other languages build on: layouts and symbols.
//!
//! `COTERIE_BLESS=1 cargo test --test contract` writes `bindings/layouts.json` and `bindings/symbols.txt` anew.

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::Command;

use coterie::abi::{
    AcquisitionPlan, AcquisitionQuestion, ControlBlock, ErrorRecord, FitOutcome, FitProblem, MeasureProblem,
    MemoryBlock, MemoryStats, NumericOutcome, NumericProblem, OnlineAnswers, OnlineOptions, OnlineStatistics,
    OnlineSummary, OnlineView, PairwiseOutcome, PairwiseProblem, TextOutcome, TextPairs, TextProblem, TextRoverOutcome,
    TextRoverProblem, TextTheme, TextWireOptions, WireReport,
};

use common::repository;

fn compare(file: &str, text: &str) {
    let path = repository().join("bindings").join(file);
    if std::env::var_os("COTERIE_BLESS").is_some() {
        std::fs::write(&path, text).expect("a file that can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, text, "{file} is stale; see the top of this test");
}

macro_rules! layout {
    ($text:ident, $name:literal, $type:ident, $($field:ident),+) => {{
        // Fails to compile when a field is missing here.
        let _ = |value: $type| { let $type { $($field: _),+ } = value; };
        let fields = [$((stringify!($field), std::mem::offset_of!($type, $field), size_of_field(|v: &$type| &v.$field))),+];
        if !$text.is_empty() {
            $text.push_str(",\n");
        }
        write!($text, "  \"{}\": {{\n    \"size\": {},\n    \"align\": {},\n    \"fields\": {{\n", $name, size_of::<$type>(), align_of::<$type>())
            .unwrap();
        let lines: Vec<String> = fields
            .iter()
            .map(|(name, offset, size)| format!("      \"{name}\": {{ \"offset\": {offset}, \"size\": {size} }}"))
            .collect();
        write!($text, "{}\n    }}\n  }}", lines.join(",\n")).unwrap();
    }};
}

fn size_of_field<S, F>(_: fn(&S) -> &F) -> usize {
    size_of::<F>()
}

#[test]
fn layouts() {
    let mut text = String::new();
    layout!(text, "coterie_error_t", ErrorRecord, code, length, message);
    layout!(text, "coterie_memory_t", MemoryBlock, handle, address, bytes);
    layout!(text, "coterie_memory_stats_t", MemoryStats, blocks, bytes);
    layout!(text, "coterie_control_t", ControlBlock, cancel, reserved, iterations);
    #[rustfmt::skip]
    layout!(text, "coterie_fit_problem_t", FitProblem, struct_size, method, task, expert, label, weight, answers, tasks,
        experts, labels, repeats, class_priors, gold, prior_counts, prior_counts_mode, positional, max_iterations, threads,
        tolerance, smoothing, parameters, parameters_length, seed);
    #[rustfmt::skip]
    layout!(text, "coterie_fit_outcome_t", FitOutcome, struct_size, iterations, converged, reserved, objective, posterior,
        answer, runner_up, prior, confusion, skill, posterior_length, confusion_length, weight, difficulty, report, report_length);
    #[rustfmt::skip]
    layout!(text, "coterie_online_options_t", OnlineOptions, struct_size, labels, sweeps, neighbours, neighbour_tasks,
        max_iterations, smoothing, trust, settled, tolerance);
    #[rustfmt::skip]
    layout!(text, "coterie_online_answers_t", OnlineAnswers, struct_size, tasks, experts, labels, task, expert, label, weight,
        answers);
    #[rustfmt::skip]
    layout!(text, "coterie_online_view_t", OnlineView, struct_size, labels, first_task, tasks, first_expert, experts, posterior,
        answer, runner_up, task_answers, given_expert, given_label, given_weight, given, confusion, skill, expert_answers, prior);
    #[rustfmt::skip]
    layout!(text, "coterie_online_statistics_t", OnlineStatistics, tasks, experts, labels, sweeps, neighbours, neighbour_tasks,
        max_iterations, reserved, smoothing, trust, settled, tolerance, answers, recounts);
    layout!(text, "coterie_online_summary_t", OnlineSummary, iterations, converged, objective);
    #[rustfmt::skip]
    layout!(text, "coterie_acquisition_question_t", AcquisitionQuestion, struct_size, tasks, experts, labels, posterior,
        confusion, cost, task, expert, candidates, target, loss, budget, most, reserved);
    #[rustfmt::skip]
    layout!(text, "coterie_acquisition_plan_t", AcquisitionPlan, struct_size, picks, spent, gain, expected, rate, picked, state);
    #[rustfmt::skip]
    layout!(text, "coterie_measure_problem_t", MeasureProblem, struct_size, measure, task, expert, label, weight, answers,
        tasks, experts, labels, repeats, first, first_length, second, second_length, known, options, options_length, seed);
    #[rustfmt::skip]
    layout!(text, "coterie_pairwise_problem_t", PairwiseProblem, struct_size, method, expert, left, right, outcome, weight,
        comparisons, items, experts, parameters, parameters_length, tolerance, max_iterations, reserved);
    #[rustfmt::skip]
    layout!(text, "coterie_pairwise_outcome_t", PairwiseOutcome, struct_size, iterations, converged, reserved, objective,
        score, standard_error, rank, component, strong_component, skill, bias, report, report_length);
    #[rustfmt::skip]
    layout!(text, "coterie_numeric_problem_t", NumericProblem, struct_size, method, task, expert, value, weight, answers,
        tasks, experts, known, expert_weights, parameters, parameters_length, repeats, max_iterations, threads, reserved,
        tolerance);
    #[rustfmt::skip]
    layout!(text, "coterie_numeric_outcome_t", NumericOutcome, struct_size, iterations, converged, reserved, objective,
        estimate, error, spread, weight, bias, deviation);
    #[rustfmt::skip]
    layout!(text, "coterie_text_problem_t", TextProblem, struct_size, similarity, task, expert, confidence, rows, token_offset,
        token, tokens, vocabulary, symbol_offset, symbol, symbols, embedding, dimension, tasks, experts, choice, clustering,
        min_points, confidence_rule, themes, threads, reserved, threshold);
    #[rustfmt::skip]
    layout!(text, "coterie_text_outcome_t", TextOutcome, struct_size, reserved, chosen, confidence, support, clusters, cluster,
        medoid, centrality, weight, skill, theme, theme_count);
    layout!(text, "coterie_text_theme_t", TextTheme, row, place, length, inside, outside, reserved, score);
    layout!(text, "coterie_text_pairs_t", TextPairs, struct_size, reserved, first, second, similarity, capacity, count);
    #[rustfmt::skip]
    layout!(text, "coterie_text_rover_problem_t", TextRoverProblem, struct_size, reliability, task, expert, length, word,
        confidence, rows, word_count, tasks, experts, words, reserved);
    #[rustfmt::skip]
    layout!(text, "coterie_text_rover_outcome_t", TextRoverOutcome, struct_size, rounds, length, word, share, backbone,
        weight, skill);
    #[rustfmt::skip]
    layout!(text, "coterie_text_wire_options_t", TextWireOptions, struct_size, similarity, choice, clustering, min_points,
        confidence_rule, themes, threads, threshold);
    layout!(text, "coterie_wire_report_t", WireReport, position, written, kind, reason);
    compare("layouts.json", &format!("{{\n{text}\n}}\n"));
}

/// The functions that the header declares.
fn declared() -> BTreeSet<String> {
    let header = std::fs::read_to_string(repository().join("bindings/coterie.h")).expect("the header");
    header
        .lines()
        .filter(|line| !line.starts_with("//"))
        .filter_map(|line| line.split_once('('))
        .filter_map(|(before, _)| before.rsplit([' ', '*']).next())
        .filter(|name| name.starts_with("coterie_"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn symbols_are_those_of_the_header() {
    let mut text = String::new();
    declared().iter().for_each(|name| text += &format!("{name}\n"));
    assert!(text.contains("coterie_abi_version\n"));
    compare("symbols.txt", &text);
}

/// Builds the library apart from the tests' own build and looks at what it exports.
#[test]
#[cfg(target_os = "linux")]
fn the_library_exports_the_symbols_and_nothing_else() {
    if Command::new("nm").arg("--version").output().is_err() {
        let text = "SKIPPED: nm is not installed; the exports of the library are not compared\n";
        let _ = std::io::Write::write_all(&mut std::io::stderr(), text.as_bytes());
        return;
    }
    let target = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
    let built = Command::new(env!("CARGO"))
        .args(["rustc", "--quiet", "--offline", "--lib", "--crate-type", "cdylib", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .status()
        .expect("cargo");
    assert!(built.success());
    let listed = Command::new("nm").args(["-D", "--defined-only"]).arg(target.join("debug/libcoterie.so")).output();
    let listed = String::from_utf8(listed.expect("nm").stdout).expect("text");
    let exported: BTreeSet<String> =
        listed.lines().filter_map(|line| line.split_whitespace().last()).map(str::to_owned).collect();
    assert_eq!(exported, declared());
}
