//! Online consensus: the golden scenarios, the equality of a refit with a batch fit, and the file of a saved model.

mod common;

use coterie::consensus::{Control, FitError, Method, PriorCounts, Problem, Solution, fit};
use coterie::kernels::Kernels;
use coterie::online::{Answer, Online, Options, Plan, Question, plan};

use common::{SplitMix64, bits, repository};

fn golden(prefix: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let folder = repository().join("tests/data/golden/online");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("golden scenarios")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), path))
        .filter(|(name, _)| prefix(name))
        .map(|(name, path)| (name, std::fs::read_to_string(path).expect("a golden file")))
        .collect();
    files.sort();
    assert!(files.len() >= 10, "{} golden files", files.len());
    files
}

fn integers<T: std::str::FromStr>(text: &str) -> Vec<T> {
    text.split_whitespace().map(|word| word.parse().ok().expect("an integer")).collect()
}

fn hexes(text: &str) -> Vec<u64> {
    text.split_whitespace().map(|word| u64::from_str_radix(word, 16).expect("bits")).collect()
}

fn doubles(text: &str) -> Vec<f64> {
    hexes(text).into_iter().map(f64::from_bits).collect()
}

fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_once(' ').unwrap_or((line, "")))
}

fn all_confusions(online: &Online) -> Vec<f64> {
    let [_, experts, labels] = online.sizes();
    let mut matrices = vec![0.0; experts * labels * labels];
    for (expert, matrix) in matrices.chunks_exact_mut(labels * labels).enumerate() {
        online.confusion(expert, matrix);
    }
    matrices
}

fn all_skills(online: &Online) -> Vec<f64> {
    let labels = online.sizes()[2];
    let prior: Vec<f64> = online.prior().collect();
    all_confusions(online).chunks_exact(labels * labels).map(|matrix| Online::skill(&prior, matrix)).collect()
}

fn all_posteriors(online: &Online) -> Vec<f64> {
    (0..online.sizes()[0]).flat_map(|task| online.posterior(task).to_vec()).collect()
}

fn decided(online: Option<&mut Online>, which: fn((i32, i32)) -> i32) -> Vec<i32> {
    let online = online.expect("a model");
    (0..online.sizes()[0]).map(|task| which(online.decide(task))).collect()
}

fn run(name: &str, text: &str) -> Online {
    let mut options = Options::default();
    let (mut online, mut columns) = (None::<Online>, [vec![], vec![], vec![]]);
    let mut sizes = Vec::new();
    let mut labels = 0;
    for (key, rest) in lines(text) {
        let model = online.as_mut();
        match key {
            "labels" => labels = integers(rest)[0],
            "sweeps" => options.sweeps = integers(rest)[0],
            "neighbours" => options.neighbours = integers(rest)[0],
            "neighbour_tasks" => options.neighbour_tasks = integers(rest)[0],
            "max_iterations" => options.max_iterations = integers(rest)[0],
            "smoothing" => options.smoothing = doubles(rest)[0],
            "trust" => options.trust = doubles(rest)[0],
            "settled" => options.settled = doubles(rest)[0],
            "tolerance" => {
                options.tolerance = doubles(rest)[0];
                online = Some(Online::new(labels, options).expect("a model"));
            }
            "add" => sizes = integers(rest),
            "task" => columns[0] = integers::<u32>(rest),
            "expert" => columns[1] = integers::<u32>(rest),
            "label" => columns[2] = integers::<u32>(rest),
            "weight" => {
                let weights = hexes(rest).into_iter().map(|weight| f32::from_bits(weight as u32));
                let answer = |(row, weight)| Answer {
                    task: columns[0][row],
                    expert: columns[1][row],
                    label: columns[2][row],
                    weight,
                };
                let answers: Vec<Answer> = weights.enumerate().map(answer).collect();
                model.expect("a model").add([sizes[0], sizes[1], sizes[2]], &answers).expect("answers");
            }
            "remove" => {
                let flat: Vec<u32> = integers(rest);
                let pairs: Vec<(u32, u32)> = flat.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                model.expect("a model").remove(&pairs).expect("answers to remove");
            }
            "refit" => {
                let words: Vec<&str> = rest.split(' ').collect();
                for threads in 1..=3 {
                    let mut copy =
                        Online::load(&model.as_ref().expect("a model").save(b"").expect("a state")).unwrap().0;
                    let summary = copy.refit(threads, &Control::default()).expect("a refit");
                    assert_eq!(summary.iterations.to_string(), words[0], "{name}");
                    assert_eq!(i32::from(summary.converged).to_string(), words[1], "{name}");
                    assert_eq!(summary.objective.to_bits(), hexes(words[2])[0], "{name}");
                    if threads == 3 {
                        online = Some(copy);
                        break;
                    }
                }
            }
            "state" => {
                let state = model.expect("a model").save(b"").expect("a state");
                let checksum = u32::from_le_bytes(state[state.len() - 4..].try_into().expect("four bytes"));
                assert_eq!(format!("{} {checksum:08x}", state.len()), rest, "state of {name}");
                // The restored model goes on as the saved one would.
                online = Some(Online::load(&state).expect("a state that can be read").0);
            }
            "expect_posterior" => assert_eq!(bits(&all_posteriors(model.expect("a model"))), hexes(rest), "{name}"),
            "expect_answer" => assert_eq!(decided(model, |pair| pair.0), integers::<i32>(rest), "{name}"),
            "expect_runner_up" => assert_eq!(decided(model, |pair| pair.1), integers::<i32>(rest), "{name}"),
            "expect_prior" => {
                assert_eq!(bits(&model.expect("a model").prior().collect::<Vec<_>>()), hexes(rest), "{name}");
            }
            "expect_confusion" => assert_eq!(bits(&all_confusions(model.expect("a model"))), hexes(rest), "{name}"),
            "expect_skill" => assert_eq!(bits(&all_skills(model.expect("a model"))), hexes(rest), "{name}"),
            "expect_recounts" => assert_eq!(model.expect("a model").recounts(), integers(rest)[0], "{name}"),
            other => panic!("{name}: key {other}"),
        }
    }
    online.expect("a scenario")
}

#[test]
fn scenarios_are_golden() {
    for (name, text) in golden(|name| !name.starts_with("plan-")) {
        run(&name, &text);
    }
}

#[test]
fn the_golden_file_is_written_and_read() {
    let folder = repository().join("tests/data/golden/online");
    let file = std::fs::read(folder.join("growing-labels.state")).expect("the golden state");
    let text = std::fs::read_to_string(folder.join("growing-labels.txt")).expect("its scenario");
    let (restored, names) = Online::load(&file).expect("a state");
    assert_eq!(names, b"names of a writer");
    assert_eq!(restored.save(names).expect("a state"), file);
    assert_eq!(run("growing-labels", &text).save(names).expect("a state"), file);
}

#[test]
fn plans_are_golden() {
    for (name, text) in golden(|name| name.starts_with("plan-")) {
        let field = |key: &str| lines(&text).find(|(found, _)| *found == key).unwrap_or_else(|| panic!("{key}")).1;
        let size = |key: &str| integers::<usize>(field(key))[0];
        let result = plan(&Question {
            sizes: [size("tasks"), size("experts"), size("labels")],
            posterior: &doubles(field("posterior")),
            confusion: &doubles(field("confusion")),
            cost: &doubles(field("cost")),
            task: &integers(field("task")),
            expert: &integers(field("expert")),
            target: doubles(field("target"))[0],
            loss: doubles(field("loss"))[0],
            budget: doubles(field("budget"))[0],
            most: size("most"),
        })
        .expect("a plan");
        let Plan { gain, expected, rate, picked, state, spent } = result;
        assert_eq!(bits(&gain), hexes(field("expect_gain")), "gain of {name}");
        assert_eq!(bits(&expected), hexes(field("expect_expected")), "expected answers of {name}");
        assert_eq!(bits(&rate), hexes(field("expect_rate")), "rate of {name}");
        assert_eq!(picked, integers::<u32>(field("expect_picked")), "picked of {name}");
        let state: Vec<i32> = state.iter().map(|&state| state as i32).collect();
        assert_eq!(state, integers::<i32>(field("expect_state")), "state of {name}");
        assert_eq!(spent.to_bits(), hexes(field("expect_spent"))[0], "spent of {name}");
    }
}

fn random_answers(r: &mut SplitMix64, sizes: [usize; 3], count: usize) -> Vec<Answer> {
    let [tasks, experts, labels] = sizes;
    let mut answer = || {
        let (task, expert) = (r.below(tasks), r.below(experts));
        let label = if r.unit() < 0.5 + 0.4 * expert as f64 / experts as f64 { task % labels } else { r.below(labels) };
        Answer { task: task as u32, expert: expert as u32, label: label as u32, weight: 1.0 }
    };
    (0..count).map(|_| answer()).collect()
}

/// What a batch fit of the answers that a model holds gives.
fn batch(online: &Online) -> Solution {
    let answers: Vec<Answer> = (0..online.sizes()[0]).flat_map(|task| online.answers_of(task)).collect();
    let column = |of: fn(&Answer) -> u32| answers.iter().map(|answer| of(answer) as i32).collect::<Vec<i32>>();
    let (task, expert, label) = (column(|a| a.task), column(|a| a.expert), column(|a| a.label));
    let [_, experts, labels] = online.sizes();
    let trust = |at: usize| if at / labels % labels == at % labels { online.options().trust } else { 0.0 };
    let trust: Vec<f64> = (0..experts * labels * labels).map(trust).collect();
    let problem = Problem {
        smoothing: online.options().smoothing,
        tolerance: online.options().tolerance,
        prior_counts: Some((&trust, PriorCounts::EveryIteration)),
        ..Problem::new(Method::DawidSkene, online.sizes(), &task, &expert, &label)
    };
    let mut solution = Solution::new(&problem);
    fit(Kernels::current(), &problem, solution.outcome(), &Control::default()).expect("a fit");
    solution
}

#[test]
fn a_refit_is_the_batch_fit() {
    for (seed, sizes, count) in [(1, [50, 9, 3], 300), (2, [3000, 40, 2], 20_000), (3, [20, 5, 4], 60)] {
        let mut r = SplitMix64(seed);
        let mut online = Online::new(2, Options::default()).expect("a model");
        for part in random_answers(&mut r, sizes, count).chunks(count / 7) {
            online.add(sizes, part).expect("answers");
        }
        let first = (0..sizes[0]).flat_map(|task| online.answers_of(task)).next().expect("an answer");
        online.remove(&[(first.task, first.expert)]).expect("a removal");
        online.refit(0, &Control::default()).expect("a refit");
        let expected = batch(&online);
        assert_eq!(bits(&all_posteriors(&online)), bits(&expected.posterior));
        assert_eq!(bits(&online.prior().collect::<Vec<_>>()), bits(&expected.prior));
        assert_eq!(bits(&all_confusions(&online)), bits(&expected.confusion));
        assert_eq!(bits(&all_skills(&online)), bits(&expected.skill));
        let answers: Vec<i32> = (0..sizes[0]).map(|task| online.decide(task).0).collect();
        assert_eq!(answers, expected.answer);
    }
}

/// Many small updates against the same sums taken at once.
#[test]
fn drift_stays_bounded() {
    let sizes = [40, 6, 3];
    let mut r = SplitMix64(9);
    let mut online = Online::new(3, Options { sweeps: 3, settled: 0.0, ..Options::default() }).expect("a model");
    for answer in random_answers(&mut r, sizes, 12_000) {
        online.add(sizes, &[answer]).expect("an answer");
    }
    assert!(online.recounts() >= 1, "{} recounts", online.recounts());
    let mut counts = vec![0.0; 6 * 9];
    for task in 0..40 {
        for answer in online.answers_of(task) {
            let row = (answer.expert as usize * 3 + answer.label as usize) * 3;
            counts[row..row + 3].iter_mut().zip(online.posterior(task)).for_each(|(sum, p)| *sum += p);
        }
    }
    let state = online.save(b"").expect("a state");
    let stored = |at: usize| f64::from_le_bytes(state[128 + 8 * at..][..8].try_into().expect("eight bytes"));
    let worst = (0..counts.len()).map(|at| (stored(3 + at) - counts[at]).abs()).fold(0.0, f64::max);
    // At most two roundings a move, of counts of at most 40, in at most 65536 moves and an update: far more than is seen.
    assert!(worst < 2.0 * 66_000.0 * 40.0 * f64::EPSILON / 2.0, "{worst:e}");
    assert!(worst < 1e-12, "{worst:e}");
}

fn refusal<T>(result: Result<T, FitError>) -> String {
    match result {
        Ok(_) => panic!("accepted"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn wrong_updates_change_nothing_and_are_named() {
    let mut online = Online::new(2, Options::default()).expect("a model");
    online.add([3, 2, 2], &random_answers(&mut SplitMix64(4), [3, 2, 2], 9)).expect("answers");
    let before = online.save(b"").expect("a state");
    let good = Answer { task: 0, expert: 0, label: 0, weight: 1.0 };
    for (bad, expected) in [
        (Answer { task: 3, ..good }, "answer 1: task 3 is outside 0..3"),
        (Answer { expert: 2, ..good }, "answer 1: expert 2 is outside 0..2"),
        (Answer { label: 2, ..good }, "answer 1: label 2 is outside 0..2"),
        (Answer { weight: f32::NAN, ..good }, "answer 1: weight NaN"),
        (Answer { weight: -1.0, ..good }, "answer 1: weight -1"),
    ] {
        let text = refusal(online.add([0, 0, 0], &[good, bad]));
        assert!(text.contains(expected), "{text}");
        assert_eq!(online.save(b"").expect("a state"), before);
    }
    assert!(refusal(online.remove(&[(2, 7)])).contains("pair 0: expert 7 has no answer to task 2"));
    let held = online.answers_of(0).next().expect("an answer");
    let pair = (0, held.expert);
    assert!(refusal(online.remove(&[pair, pair])).contains("twice"));
    assert_eq!(online.save(b"").expect("a state"), before);
    assert!(refusal(online.add([usize::MAX, 1, 2], &[])).contains("tasks"));
    assert!(refusal(Online::new(0, Options::default())).contains("labels"));
    assert!(refusal(Online::new(2, Options { smoothing: f64::NAN, ..Options::default() })).contains("smoothing"));
    assert!(refusal(Online::new(2, Options { sweeps: 2000, ..Options::default() })).contains("sweeps"));
    assert!(
        refusal(Online::new(2, Options::default()).expect("a model").refit(1, &Control::default()))
            .contains("no answers")
    );
}

#[test]
fn a_cancelled_refit_changes_nothing() {
    let mut online = Online::new(2, Options::default()).expect("a model");
    online.add([30, 6, 2], &random_answers(&mut SplitMix64(5), [30, 6, 2], 90)).expect("answers");
    let before = online.save(b"").expect("a state");
    let control = Control::default();
    control.cancel();
    assert_eq!(online.refit(1, &control), Err(FitError::Cancelled));
    assert_eq!(online.save(b"").expect("a state"), before);
}

fn small_state() -> Vec<u8> {
    let mut online = Online::new(2, Options { neighbours: 1, ..Options::default() }).expect("a model");
    online.add([5, 3, 3], &random_answers(&mut SplitMix64(6), [4, 3, 3], 20)).expect("answers");
    online.save(b"names").expect("a state")
}

fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, bit: u8| if (crc ^ u32::from(bit)) & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().flat_map(|&byte| (0..8).map(move |i| byte >> i & 1)).fold(!0, step)
}

#[test]
fn damaged_files_are_refused() {
    let state = small_state();
    for length in 0..state.len() {
        let text = refusal(Online::load(&state[..length]));
        assert!(text.contains("byte"), "{text}");
    }
    for at in 0..state.len() {
        for flip in [1, 0x80, 0xFF] {
            let mut damaged = state.clone();
            damaged[at] ^= flip;
            let text = refusal(Online::load(&damaged));
            assert!(text.contains("byte"), "{text}");
        }
    }
    let longer: Vec<u8> = state.iter().copied().chain([0]).collect();
    assert!(refusal(Online::load(&longer)).contains("header says"));
    let mut newer = state.clone();
    newer[8] = 2;
    assert!(refusal(Online::load(&newer)).contains("version 2, but this library reads version 1"));
    assert!(refusal(Online::load(b"PK\x03\x04 something else entirely")).contains("byte 0: this is not such a file"));
}

/// Files with a right checksum whose content lies: every byte of the header and of the lengths, in several ways.
#[test]
fn lying_files_are_refused_or_harmless() {
    let state = small_state();
    let end = state.len() - 4;
    for at in 8..end {
        for value in [0, 1, 0x7F, 0x80, 0xF0, 0xFF] {
            let mut lying = state.clone();
            lying[at] = value;
            let sum = checksum(&lying[..end]);
            lying[end..].copy_from_slice(&sum.to_le_bytes());
            if let Ok((mut online, _)) = Online::load(&lying) {
                // What is accepted is a model like any other.
                online.add([6, 4, 3], &random_answers(&mut SplitMix64(7), [6, 4, 3], 10)).expect("answers");
                let _ = online.refit(1, &Control::default());
                assert!(Online::load(&online.save(b"").expect("a state")).is_ok());
            }
        }
    }
}

#[test]
fn refused_plans_name_what_is_wrong() {
    let posterior = [0.5, 0.5];
    let confusion = [0.8, 0.2, 0.2, 0.8];
    let good = Question {
        sizes: [1, 1, 2],
        posterior: &posterior,
        confusion: &confusion,
        cost: &[1.0],
        task: &[0],
        expert: &[0],
        target: 0.9,
        loss: f64::INFINITY,
        budget: f64::INFINITY,
        most: 1,
    };
    assert_eq!(plan(&good).expect("a plan").picked, [0]);
    for (question, expected) in [
        (Question { target: 0.5, ..good }, "confidence"),
        (Question { target: f64::NAN, ..good }, "confidence"),
        (Question { loss: -1.0, ..good }, "loss"),
        (Question { budget: f64::NAN, ..good }, "budget"),
        (Question { cost: &[0.0], ..good }, "cost of expert 0"),
        (Question { cost: &[], ..good }, "cost has 0 elements"),
        (Question { posterior: &[0.5, f64::NAN], ..good }, "posterior of task 0"),
        (Question { confusion: &[0.8, 0.2, 0.2, 1.5], ..good }, "confusion of expert 0"),
        (Question { task: &[1], ..good }, "candidate 0: task 1"),
        (Question { expert: &[-1], ..good }, "candidate 0: expert -1"),
        (Question { expert: &[], ..good }, "expert has 0 elements"),
        (Question { sizes: [0, 1, 2], ..good }, "tasks is 0"),
    ] {
        let text = refusal(plan(&question));
        assert!(text.contains(expected), "{text}");
    }
}
