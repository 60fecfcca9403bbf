//! What the tests share: golden files, generated tables, and the instruction sets of this machine.
#![allow(dead_code, missing_docs)]

use std::path::PathBuf;
use std::sync::Once;

use coterie::consensus::{Control, Method, PriorCounts, Problem, Repeats, Solution, Summary, fit};
use coterie::kernels::{Isa, Kernels};

pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the repository").to_owned()
}

pub fn data(path: &str) -> String {
    let path = repository().join("tests/data").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The kernels of every instruction set that can run here; those that cannot are named aloud.
pub fn all_kernels() -> Vec<Kernels> {
    static TOLD: Once = Once::new();
    TOLD.call_once(|| {
        for isa in Isa::all().into_iter().filter(|isa| !isa.is_available()) {
            // Past the capture of the test harness.
            let text = format!("SKIPPED: this machine has no {}; its kernels are compiled but not run\n", isa.name());
            let _ = std::io::Write::write_all(&mut std::io::stderr(), text.as_bytes());
        }
    });
    Isa::available().filter_map(Kernels::of).collect()
}

/// The generator of the golden vectors.
#[derive(Clone)]
pub struct SplitMix64(pub u64);

impl SplitMix64 {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        ((self.next() >> 11) % n as u64) as usize
    }

    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 * 2f64.powi(-53)
    }
}

/// A problem that owns its columns.
#[derive(Clone, Debug)]
pub struct Case {
    pub method: Method,
    pub sizes: [usize; 3],
    pub task: Vec<i32>,
    pub expert: Vec<i32>,
    pub label: Vec<i32>,
    pub weight: Option<Vec<f32>>,
    pub gold: Option<Vec<i32>>,
    pub class_priors: Option<Vec<f64>>,
    pub prior_counts: Option<(Vec<f64>, PriorCounts)>,
    pub repeats: Repeats,
    pub positional: bool,
    pub max_iterations: u32,
    pub tolerance: f64,
    pub smoothing: f64,
    pub parameters: Vec<f64>,
    pub seed: u64,
}

impl Case {
    pub fn new(method: Method, sizes: [usize; 3]) -> Self {
        Self {
            method,
            sizes,
            task: Vec::new(),
            expert: Vec::new(),
            label: Vec::new(),
            weight: None,
            gold: None,
            class_priors: None,
            prior_counts: None,
            repeats: Repeats::CountAll,
            positional: false,
            max_iterations: 5000,
            tolerance: 1e-9,
            smoothing: 0.0,
            parameters: Vec::new(),
            seed: 0,
        }
    }

    /// Experts of random skill answer random tasks; some answer a task twice, some tasks have no answer.
    pub fn random(r: &mut SplitMix64, method: Method, sizes: [usize; 3], answers: usize) -> Self {
        let [tasks, experts, labels] = sizes;
        let truth: Vec<usize> = (0..tasks).map(|_| r.below(labels)).collect();
        let skill: Vec<f64> = (0..experts).map(|_| 0.35 + 0.6 * r.unit()).collect();
        let mut case = Self::new(method, sizes);
        for _ in 0..answers {
            let (t, e) = (r.below(tasks), r.below(experts));
            let l = if r.unit() < skill[e] { truth[t] } else { r.below(labels) };
            case.task.push(t as i32);
            case.expert.push(e as i32);
            case.label.push(l as i32);
        }
        case
    }

    pub fn problem(&self, threads: usize) -> Problem<'_> {
        Problem {
            weight: self.weight.as_deref(),
            gold: self.gold.as_deref(),
            class_priors: self.class_priors.as_deref(),
            prior_counts: self.prior_counts.as_ref().map(|(counts, mode)| (counts.as_slice(), *mode)),
            repeats: self.repeats,
            positional: self.positional,
            max_iterations: self.max_iterations,
            tolerance: self.tolerance,
            smoothing: self.smoothing,
            threads,
            parameters: &self.parameters,
            seed: self.seed,
            ..Problem::new(self.method, self.sizes, &self.task, &self.expert, &self.label)
        }
    }

    pub fn fit(&self, kernels: Kernels, threads: usize) -> (Summary, Solution) {
        let problem = self.problem(threads);
        let mut solution = Solution::new(&problem);
        let summary = fit(kernels, &problem, solution.outcome(), &Control::default()).expect("a fit");
        (summary, solution)
    }
}

/// What a golden file expects.
#[derive(Debug, Default)]
pub struct Expected {
    pub iterations: u32,
    pub converged: bool,
    pub objective: u64,
    pub answer: Vec<i32>,
    pub runner_up: Vec<i32>,
    pub posterior: Vec<u64>,
    pub prior: Vec<u64>,
    pub confusion: Vec<u64>,
    pub skill: Vec<u64>,
    pub weight: Vec<u64>,
    pub difficulty: Vec<u64>,
    pub report: Vec<u64>,
}

pub fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|x| x.to_bits()).collect()
}

fn hex(text: &str) -> u64 {
    u64::from_str_radix(text, 16).expect("hexadecimal bits")
}

/// Reads one golden fit.
pub fn golden(text: &str) -> (Case, Expected) {
    let mut case = Case::new(Method::MajorityVote, [0; 3]);
    let mut expected = Expected::default();
    let mut prior_counts = None;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (key, rest) = line.split_once(' ').unwrap_or((line, ""));
        let values: Vec<&str> = rest.split_whitespace().collect();
        let integers = || values.iter().map(|v| v.parse().expect("an integer")).collect::<Vec<i32>>();
        let hexes = || values.iter().map(|v| hex(v)).collect::<Vec<u64>>();
        let doubles = || values.iter().map(|v| f64::from_bits(hex(v))).collect::<Vec<f64>>();
        match key {
            "method" => {
                case.method = Method::of_id(rest).unwrap_or_else(|| panic!("method {rest}"));
            }
            "tasks" => case.sizes[0] = integers()[0] as usize,
            "experts" => case.sizes[1] = integers()[0] as usize,
            "labels" => case.sizes[2] = integers()[0] as usize,
            "task" => case.task = integers(),
            "expert" => case.expert = integers(),
            "label" => case.label = integers(),
            "weight" => case.weight = Some(values.iter().map(|v| f32::from_bits(hex(v) as u32)).collect()),
            "gold" => case.gold = Some(integers()),
            "class_priors" => case.class_priors = Some(doubles()),
            "prior_counts" => prior_counts = Some(doubles()),
            "prior_counts_mode" => {
                let mode = match rest {
                    "first-iteration" => PriorCounts::FirstIteration,
                    "every-iteration" => PriorCounts::EveryIteration,
                    other => panic!("mode {other}"),
                };
                case.prior_counts = Some((prior_counts.take().expect("counts before their mode"), mode));
            }
            "repeats" => {
                assert_eq!(rest, "last-wins");
                case.repeats = Repeats::LastWins;
            }
            "positional" => case.positional = rest == "1",
            "max_iterations" => case.max_iterations = integers()[0] as u32,
            "smoothing" => case.smoothing = doubles()[0],
            "tolerance" => case.tolerance = doubles()[0],
            "parameters" => case.parameters = doubles(),
            "seed" => case.seed = rest.parse().expect("a seed"),
            "expect_iterations" => expected.iterations = integers()[0] as u32,
            "expect_converged" => expected.converged = rest == "1",
            "expect_objective" => expected.objective = hexes()[0],
            "expect_answer" => expected.answer = integers(),
            "expect_runner_up" => expected.runner_up = integers(),
            "expect_posterior" => expected.posterior = hexes(),
            "expect_prior" => expected.prior = hexes(),
            "expect_confusion" => expected.confusion = hexes(),
            "expect_skill" => expected.skill = hexes(),
            "expect_weight" => expected.weight = hexes(),
            "expect_difficulty" => expected.difficulty = hexes(),
            "expect_report" => expected.report = hexes(),
            other => panic!("key {other}"),
        }
    }
    (case, expected)
}

/// All golden fits with their names.
pub fn golden_fits() -> Vec<(String, String)> {
    let folder = repository().join("tests/data/golden/fits");
    let mut fits: Vec<(String, String)> = std::fs::read_dir(&folder)
        .expect("golden fits")
        .map(|entry| entry.expect("a file").path())
        .map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), path))
        .map(|(name, path)| (name, std::fs::read_to_string(path).expect("a golden fit")))
        .collect();
    fits.sort();
    assert!(fits.len() > 40, "{} golden fits", fits.len());
    fits
}

/// The answers of llm_judges, in order of first appearance.
pub fn llm_judges(method: Method) -> Case {
    named_llm_judges(method).0
}

/// The true label of each task of llm_judges.
pub fn llm_judges_truth() -> Vec<i32> {
    let [tasks, _, labels] = named_llm_judges(Method::MajorityVote).1;
    let mut truth = vec![-1; tasks.len()];
    for line in data("llm_judges/truth.csv").lines().skip(1) {
        let (task, label) = line.split_once(',').expect("two fields");
        let place = |names: &[String], name: &str| names.iter().position(|known| known == name).expect("a known name");
        truth[place(&tasks, task)] = place(&labels, label) as i32;
    }
    truth
}

/// The answers with the names of the tasks, experts and labels.
fn named_llm_judges(method: Method) -> (Case, [Vec<String>; 3]) {
    let mut names: [Vec<String>; 3] = Default::default();
    let mut case = Case::new(method, [0; 3]);
    for line in data("llm_judges/answers.csv").lines().skip(1) {
        let mut index = [0; 3];
        for ((field, names), index) in line.split(',').zip(&mut names).zip(&mut index) {
            *index = names.iter().position(|name| name == field).unwrap_or_else(|| {
                names.push(field.to_owned());
                names.len() - 1
            }) as i32;
        }
        case.task.push(index[0]);
        case.expert.push(index[1]);
        case.label.push(index[2]);
    }
    case.sizes = [names[0].len(), names[1].len(), names[2].len()];
    (case, names)
}
