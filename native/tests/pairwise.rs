//! The pairwise methods against their golden vectors, bit for bit, and as a caller sees them.

mod common;

use coterie::consensus::{Control, FitError};
use coterie::pairwise::{Method, Problem, Solution, Summary, fit};

use common::{bits, data, repository};

/// A problem that owns its columns.
#[derive(Clone)]
struct Case {
    method: Method,
    items: usize,
    experts: usize,
    expert: Option<Vec<i32>>,
    left: Vec<i32>,
    right: Vec<i32>,
    outcome: Vec<i32>,
    weight: Option<Vec<f32>>,
    parameters: Vec<f64>,
    max_iterations: u32,
    tolerance: f64,
}

impl Case {
    fn new(method: Method, items: usize, rows: &[(i32, i32, i32)]) -> Self {
        Self {
            method,
            items,
            experts: 0,
            expert: None,
            left: rows.iter().map(|row| row.0).collect(),
            right: rows.iter().map(|row| row.1).collect(),
            outcome: rows.iter().map(|row| row.2).collect(),
            weight: None,
            parameters: method.defaults().to_vec(),
            max_iterations: 100,
            tolerance: 1e-10,
        }
    }

    fn problem(&self) -> Problem<'_> {
        Problem {
            experts: self.experts,
            expert: self.expert.as_deref(),
            weight: self.weight.as_deref(),
            max_iterations: self.max_iterations,
            tolerance: self.tolerance,
            ..Problem::new(self.method, self.items, &self.left, &self.right, &self.outcome, &self.parameters)
        }
    }

    fn fit(&self) -> Result<(Summary, Solution), FitError> {
        let problem = self.problem();
        let mut solution = Solution::new(&problem);
        let summary = fit(&problem, solution.outcome(), &Control::default())?;
        Ok((summary, solution))
    }

    fn refused(&self, expected: &str) {
        match self.fit() {
            Err(FitError::Invalid(text)) => assert!(text.contains(expected), "expected \"{expected}\", got \"{text}\""),
            other => panic!("expected \"{expected}\", got {other:?}"),
        }
    }
}

fn method(name: &str) -> Method {
    match name {
        "bradley-terry" => Method::BradleyTerry,
        "noisy-bradley-terry" => Method::NoisyBradleyTerry,
        "elo" => Method::Elo,
        "win-rate" => Method::WinRate,
        "newman" => Method::Newman,
        "eigenvector" => Method::Eigenvector,
        "page-rank" => Method::PageRank,
        "borda" => Method::Borda,
        "copeland" => Method::Copeland,
        "kemeny" => Method::Kemeny,
        other => panic!("method {other}"),
    }
}

/// The lines of a golden file by their keys.
struct Golden(Vec<(String, Vec<String>)>);

impl Golden {
    fn read(text: &str) -> Self {
        let words = |line: &str| line.split(' ').skip(1).map(str::to_owned).collect();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        Self(lines.map(|line| (line.split(' ').next().unwrap_or_default().to_owned(), words(line))).collect())
    }

    fn words(&self, key: &str) -> Option<&[String]> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, words)| words.as_slice())
    }

    fn integers(&self, key: &str) -> Option<Vec<i32>> {
        Some(self.words(key)?.iter().map(|word| word.parse().expect("an integer")).collect())
    }

    fn hexes(&self, key: &str) -> Vec<u64> {
        let parse = |word: &String| u64::from_str_radix(word, 16).expect("bits");
        self.words(key).unwrap_or_default().iter().map(parse).collect()
    }

    fn doubles(&self, key: &str) -> Vec<f64> {
        self.hexes(key).into_iter().map(f64::from_bits).collect()
    }

    fn case(&self) -> Case {
        let number = |key| self.integers(key).expect(key)[0];
        let single = |bits| f32::from_bits(bits as u32);
        Case {
            method: method(&self.words("method").expect("a method")[0]),
            items: number("items") as usize,
            experts: number("experts") as usize,
            expert: self.integers("expert"),
            left: self.integers("left").expect("left"),
            right: self.integers("right").expect("right"),
            outcome: self.integers("outcome").expect("outcome"),
            weight: self.words("weight").map(|_| self.hexes("weight").into_iter().map(single).collect()),
            parameters: self.doubles("parameters"),
            max_iterations: number("max_iterations") as u32,
            tolerance: self.doubles("tolerance")[0],
        }
    }

    fn check(&self, key: &str, values: &[f64], name: &str) {
        // All NaN are one.
        let same = |bits: u64| if f64::from_bits(bits).is_nan() { f64::NAN.to_bits() } else { bits };
        let expected: Vec<u64> = self.hexes(key).into_iter().map(same).collect();
        let found: Vec<u64> = bits(values).into_iter().map(same).collect();
        assert_eq!(found, expected, "{key} of {name}: {values:?} {:?}", self.doubles(key));
    }
}

#[test]
fn golden_vectors() {
    let folder = repository().join("tests/data/golden/pairwise");
    let mut names: Vec<_> = std::fs::read_dir(folder).expect("golden fits").map(|file| file.expect("a file")).collect();
    names.sort_by_key(std::fs::DirEntry::path);
    assert!(names.len() > 150);
    for file in names {
        let name = file.file_name().to_string_lossy().into_owned();
        let golden = Golden::read(&std::fs::read_to_string(file.path()).expect("a golden fit"));
        let (summary, solution) = golden.case().fit().unwrap_or_else(|error| panic!("{name}: {error}"));
        let number = |key| golden.integers(key).expect(key)[0];
        assert_eq!(summary.iterations as i32, number("expect_iterations"), "iterations of {name}");
        assert_eq!(i32::from(summary.converged), number("expect_converged"), "convergence of {name}");
        golden.check("expect_score", &solution.score, &name);
        golden.check("expect_objective", &[summary.objective], &name);
        golden.check("expect_error", &solution.error, &name);
        golden.check("expect_skill", &solution.skill, &name);
        golden.check("expect_bias", &solution.bias, &name);
        golden.check("expect_report", &solution.report, &name);
        assert_eq!(Some(solution.rank), golden.integers("expect_rank"), "ranks of {name}");
        assert_eq!(Some(solution.component), golden.integers("expect_component"), "components of {name}");
        assert_eq!(Some(solution.strong), golden.integers("expect_strong"), "strong components of {name}");
    }
}

/// The comparisons of language models in `tests/data/llmfao`.
fn llmfao(method: Method) -> (Case, Vec<String>) {
    let mut names: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for line in data("llmfao/comparisons.csv").lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let mut index = |name: &str| {
            names.iter().position(|known| known == name).unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            }) as i32
        };
        let (left, right) = (index(fields[1]), index(fields[2]));
        rows.push((left, right, if fields[3] == "tie" { 2 } else { i32::from(fields[3] != fields[1]) }));
    }
    (Case::new(method, names.len(), &rows), names)
}

/// Figures of evalica's own tests on its file.
#[test]
fn known_figures_of_real_comparisons() {
    let of = |method, item: &str, change: fn(&mut Case)| {
        let (mut case, names) = llmfao(method);
        change(&mut case);
        let (summary, solution) = case.fit().expect("a fit");
        assert!(summary.converged);
        (solution.score[names.iter().position(|name| name == item).expect("an item")], solution)
    };
    let (score, solution) = of(Method::BradleyTerry, "GPT 4", |_| ());
    let all: f64 = solution.score.iter().map(|score| score.exp()).sum();
    assert!((score.exp() / all - 0.041_217_873_683_305_89).abs() < 1e-10);
    let close = |method, item, change, expected: f64| {
        let (score, _) = of(method, item, change);
        assert!((score - expected).abs() < 1e-9 * expected, "{method:?}: {score} {expected}");
    };
    close(Method::WinRate, "GPT 4", |_| (), 0.758_757_470_599_576);
    close(Method::Borda, "Weaver 12k", |_| (), 1198.5);
    close(Method::Elo, "GPT 4", |case| case.parameters[0] = 4.0, 1_095.593_548_172_296_3);
    close(Method::PageRank, "Weaver 12k", |_| (), 0.145_675_593_408_189_6);
    // Evalica's eigenvector is that of the losses.
    let turn = |case: &mut Case| case.outcome.iter_mut().for_each(|outcome| *outcome = [1, 0, 2][*outcome as usize]);
    close(Method::Eigenvector, "Weaver 12k", turn, 0.578_745_386_248_263_5);
    let (score, _) = of(Method::Newman, "GPT 4", |case| case.tolerance = 1e-9);
    assert!((score.exp() / 7.418_300_743_854_287 - 1.0).abs() < 1e-6);
}

#[test]
fn refused_tables() {
    let good = Case::new(Method::BradleyTerry, 3, &[(0, 1, 0), (1, 2, 1)]);
    let changed = |change: fn(&mut Case)| {
        let mut case = good.clone();
        change(&mut case);
        case
    };
    assert!(good.fit().is_ok());
    changed(|case| case.items = 0).refused("items is 0");
    changed(|case| case.items = 2).refused("comparison 1: right item 2 is outside 0..2");
    changed(|case| case.left[0] = -1).refused("comparison 0: left item -1 is outside 0..3");
    changed(|case| case.left[1] = 2).refused("comparison 1: item 2 is compared with itself");
    changed(|case| case.outcome[1] = 3).refused("comparison 1: outcome 3 is not 0 (left), 1 (right) or 2 (tie)");
    changed(|case| case.weight = Some(vec![1.0, f32::NAN])).refused("comparison 1: weight NaN is not finite");
    changed(|case| case.weight = Some(vec![-1.0, 1.0])).refused("comparison 0: weight -1 is not finite and at least 0");
    changed(|case| case.weight = Some(vec![1.0])).refused("differ in length");
    changed(|case| case.experts = 1).refused("contradict");
    changed(|case| (case.experts, case.expert) = (1, Some(vec![0, 1])))
        .refused("comparison 1: expert 1 is outside 0..1");
    changed(|case| case.tolerance = f64::NAN).refused("tolerance is NaN");
    changed(|case| case.parameters[0] = 3.0).refused("ties is 3.0, not an integer from 0.0 to 2.0");
    changed(|case| case.parameters[5] = 0.5).refused("limit of standard errors is 0.5");
    changed(|case| case.parameters[3] = f64::INFINITY).refused("prior is inf");
    changed(|case| case.parameters.truncate(5)).refused("BradleyTerry has 6 parameters, not 5");
    changed(|case| (case.parameters[0], case.parameters[1]) = (1.0, 1.0)).refused("minorisation knows neither");
    changed(|case| (case.parameters[0], case.parameters[4]) = (1.0, 0.3)).refused("demands that ties are half wins");
    changed(|case| {
        case.method = Method::NoisyBradleyTerry;
        case.parameters = vec![1.0, 1.0];
    })
    .refused("needs the expert of each comparison");
    let mut empty = good.clone();
    (empty.left, empty.right, empty.outcome) = (vec![], vec![], vec![]);
    empty.refused("the table has no comparisons");
}

#[test]
fn a_cancelled_fit_ends() {
    let control = Control::default();
    control.cancel();
    let case = Case::new(Method::BradleyTerry, 2, &[(0, 1, 0)]);
    let problem = case.problem();
    let mut solution = Solution::new(&problem);
    assert_eq!(fit(&problem, solution.outcome(), &control), Err(FitError::Cancelled));
}

/// A hundred thousand items: nothing is quadratic, and a chain does not end the stack.
#[test]
fn many_items() {
    let items = 100_000;
    let chain: Vec<_> = (1..items).map(|i| (i - 1, i, 0)).collect();
    let random: Vec<_> = (0..400_000_u64)
        .map(|i| {
            let mix = |salt: u64| ((i.wrapping_add(salt).wrapping_mul(0x9E37_79B9_7F4A_7C15)) >> 20) as i32;
            let left = mix(1).rem_euclid(items);
            let right = (left + 1 + mix(77).rem_euclid(items - 1)) % items;
            (left, right, i32::from(mix(5) % 100 < if left < right { 30 } else { 70 }))
        })
        .collect();
    for method in [Method::BradleyTerry, Method::Kemeny, Method::Newman, Method::PageRank, Method::WinRate] {
        for (name, rows) in [("chain", &chain), ("random", &random)] {
            let mut case = Case::new(method, items as usize, rows);
            case.max_iterations = 20;
            let (_, solution) = case.fit().expect("a fit");
            assert!(solution.score.iter().all(|score| score.is_finite()), "{method:?} of {name}");
            assert!(name != "chain" || solution.report[5] == f64::from(items), "each item is a component of its own");
            if name == "chain" && method != Method::PageRank && method != Method::WinRate {
                assert!(solution.rank.iter().zip(1..).all(|(&rank, place)| rank == place), "{method:?} of {name}");
            }
        }
    }
}
