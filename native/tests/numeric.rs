//! The numeric methods: golden vectors bit for bit, and what must hold on any table.

mod common;

use coterie::consensus::numeric::{Loss, Method, Normaliser, Outcome, Problem, Solution, fit};
use coterie::consensus::{Control, FitError, Repeats, Summary};

use common::{SplitMix64, bits, repository};

/// A problem that owns its columns.
#[derive(Clone, Debug)]
struct Case {
    method: Method,
    sizes: [usize; 2],
    task: Vec<i32>,
    expert: Vec<i32>,
    value: Vec<f64>,
    weight: Option<Vec<f32>>,
    known: Option<Vec<f64>>,
    expert_weights: Option<Vec<f64>>,
    repeats: Repeats,
    max_iterations: u32,
    tolerance: f64,
}

impl Case {
    fn new(method: Method, sizes: [usize; 2], rows: &[(i32, i32, f64)]) -> Self {
        Self {
            method,
            sizes,
            task: rows.iter().map(|row| row.0).collect(),
            expert: rows.iter().map(|row| row.1).collect(),
            value: rows.iter().map(|row| row.2).collect(),
            weight: None,
            known: None,
            expert_weights: None,
            repeats: Repeats::CountAll,
            max_iterations: 5000,
            tolerance: 1e-9,
        }
    }

    fn problem(&self, threads: usize) -> Problem<'_> {
        Problem {
            weight: self.weight.as_deref(),
            known: self.known.as_deref(),
            expert_weights: self.expert_weights.as_deref(),
            repeats: self.repeats,
            max_iterations: self.max_iterations,
            tolerance: self.tolerance,
            threads,
            ..Problem::new(self.method, self.sizes, &self.task, &self.expert, &self.value)
        }
    }

    fn try_fit(&self, threads: usize) -> Result<(Summary, Solution), FitError> {
        let problem = self.problem(threads);
        let mut solution = Solution::new(&problem);
        let summary = fit(&problem, solution.outcome(), &Control::default())?;
        Ok((summary, solution))
    }

    fn fit(&self, threads: usize) -> (Summary, Solution) {
        self.try_fit(threads).expect("a fit")
    }

    fn refused(&self, expected: &str) {
        match self.try_fit(1) {
            Err(FitError::Invalid(text)) => assert!(text.contains(expected), "expected \"{expected}\", got \"{text}\""),
            other => panic!("expected \"{expected}\", got {other:?}"),
        }
    }
}

fn method(name: &str, parameters: &[f64]) -> Method {
    match name {
        "mean" => Method::Mean,
        "median" => Method::Median,
        "trimmed-mean" => Method::TrimmedMean { fraction: parameters[0] },
        "weighted-mean" => Method::WeightedMean,
        "lfc-n" => Method::LfcN { smoothing: parameters[0], bias: parameters[1] == 1.0, point: parameters[2] == 1.0 },
        "catd" => Method::Catd { significance: parameters[0] },
        "pm" => Method::Pm {
            loss: if parameters[0] == 1.0 { Loss::Squared } else { Loss::Absolute },
            normaliser: if parameters[1] == 1.0 { Normaliser::Largest } else { Normaliser::Sum },
        },
        other => panic!("method {other}"),
    }
}

/// All methods, with the options that make them differ.
fn methods() -> Vec<Method> {
    let of = |loss, normaliser| Method::Pm { loss, normaliser };
    vec![
        Method::Mean,
        Method::Median,
        Method::TrimmedMean { fraction: 0.2 },
        Method::WeightedMean,
        Method::LfcN { smoothing: 5.0, bias: false, point: false },
        Method::LfcN { smoothing: 0.0, bias: true, point: false },
        Method::LfcN { smoothing: 0.0, bias: false, point: true },
        Method::Catd { significance: 0.05 },
        of(Loss::Absolute, Normaliser::Sum),
        of(Loss::Squared, Normaliser::Largest),
    ]
}

#[test]
fn golden_fits() {
    let mut files: Vec<_> = std::fs::read_dir(repository().join("tests/data/golden/numeric"))
        .expect("golden fits")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    assert!(files.len() > 250, "{} golden fits", files.len());
    for path in files {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a golden fit");
        let field = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(' '));
        let integers = |key: &str| -> Vec<i32> {
            field(key).expect(key).split(' ').map(|word| word.parse().expect("an integer")).collect()
        };
        let hex = |word: &str| u64::from_str_radix(word, 16).expect("bits");
        let words = |key: &str| field(key).map(|line| line.split(' ').map(hex).collect::<Vec<u64>>());
        let doubles = |key: &str| words(key).map(|all| all.into_iter().map(f64::from_bits).collect::<Vec<f64>>());
        let case = Case {
            method: method(field("method").expect("a method"), &doubles("parameters").unwrap_or_default()),
            sizes: ["tasks", "experts"].map(|key| integers(key)[0] as usize),
            task: integers("task"),
            expert: integers("expert"),
            value: doubles("value").expect("values"),
            weight: words("weight").map(|all| all.into_iter().map(|word| f32::from_bits(word as u32)).collect()),
            known: doubles("known"),
            expert_weights: doubles("expert_weights"),
            repeats: field("repeats").map_or(Repeats::CountAll, |_| Repeats::LastWins),
            max_iterations: field("max_iterations").map_or(5000, |text| text.parse().expect("a number")),
            tolerance: doubles("tolerance").map_or(1e-9, |all| all[0]),
        };
        for threads in 1..=3 {
            let (summary, solution) = case.fit(threads);
            assert_eq!(summary.iterations as i32, integers("expect_iterations")[0], "iterations of {name}");
            assert_eq!(i32::from(summary.converged), integers("expect_converged")[0], "convergence of {name}");
            let arrays = [
                ("expect_objective", &vec![summary.objective]),
                ("expect_estimate", &solution.estimate),
                ("expect_error", &solution.error),
                ("expect_spread", &solution.spread),
                ("expect_weight", &solution.weight),
                ("expect_bias", &solution.bias),
                ("expect_deviation", &solution.deviation),
            ];
            for (key, values) in arrays {
                let expected = words(key).expect(key);
                let same = |(found, wanted): (&f64, &u64)| {
                    found.to_bits() == *wanted || found.is_nan() && f64::from_bits(*wanted).is_nan()
                };
                assert_eq!(values.len(), expected.len(), "{key} of {name}");
                assert!(
                    values.iter().zip(&expected).all(same),
                    "{key} of {name} with {threads} threads: {values:?} instead of {:?}",
                    doubles(key)
                );
            }
        }
    }
}

/// A random table with some repeats, weights and known values.
fn any_case(seed: u64, method: Method) -> Case {
    let mut r = SplitMix64(seed);
    let sizes = [1 + r.below(60), 1 + r.below(12)];
    let rows: Vec<(i32, i32, f64)> = (0..1 + r.below(400))
        .map(|_| (r.below(sizes[0]) as i32, r.below(sizes[1]) as i32, r.unit() * 10.0 - 3.0))
        .collect();
    let mut case = Case::new(method, sizes, &rows);
    if r.below(2) == 0 {
        case.weight = Some(rows.iter().map(|_| (r.below(5) as f32) * 0.5).collect());
    }
    if r.below(3) == 0 {
        case.known = Some((0..sizes[0]).map(|_| if r.below(4) == 0 { r.unit() } else { f64::NAN }).collect());
    }
    case.repeats = [Repeats::CountAll, Repeats::LastWins][r.below(2)];
    case.max_iterations = 40;
    case
}

#[test]
fn the_number_of_threads_does_not_show() {
    for (i, method) in methods().into_iter().enumerate() {
        let mut r = SplitMix64(i as u64);
        let rows: Vec<(i32, i32, f64)> =
            (0..40_000).map(|_| (r.below(5000) as i32, r.below(20) as i32, r.unit())).collect();
        let case = Case { max_iterations: 5, ..Case::new(method, [5000, 20], &rows) };
        let (summary, solution) = case.fit(1);
        for threads in [2, 3, 0] {
            let (other, values) = case.fit(threads);
            assert_eq!(summary.objective.to_bits(), other.objective.to_bits(), "{method:?}");
            assert_eq!(bits(&solution.estimate), bits(&values.estimate), "{method:?}");
            assert_eq!(bits(&solution.deviation), bits(&values.deviation), "{method:?}");
        }
    }
}

#[test]
fn results_are_finite_and_estimates_lie_among_the_answers() {
    for seed in 0..400 {
        let method = methods()[seed as usize % methods().len()];
        let case = any_case(seed, method);
        let (_, solution) = case.fit(1);
        let biased = matches!(method, Method::LfcN { bias: true, .. });
        for (task, &estimate) in solution.estimate.iter().enumerate() {
            let known = case.known.as_ref().map_or(f64::NAN, |known| known[task]);
            if !known.is_nan() {
                assert_eq!((estimate, solution.error[task]), (known, 0.0));
                continue;
            }
            let of_task = || case.task.iter().zip(&case.value).filter(|(t, _)| **t == task as i32).map(|(_, v)| *v);
            let (low, high) = (of_task().fold(f64::MAX, f64::min), of_task().fold(f64::MIN, f64::max));
            let inside = estimate >= low - 1e-12 && estimate <= high + 1e-12;
            assert!(estimate.is_nan() || biased || inside, "seed {seed}: {estimate} of {low} to {high}");
            assert!(estimate.is_nan() == solution.spread[task].is_nan(), "seed {seed}");
        }
        let total: f64 = solution.weight.iter().sum();
        assert!(total == 0.0 || (total - 1.0).abs() < 1e-9, "seed {seed}: {total}");
    }
}

/// Powers of two change the exponents of a result and nothing else.
#[test]
fn units_do_not_matter() {
    for (seed, method) in methods().into_iter().enumerate() {
        let case = any_case(seed as u64 + 900, method);
        let factor = 2f64.powi(-700);
        let scaled = |all: &[f64]| all.iter().map(|x| x * factor).collect::<Vec<f64>>();
        let mut small = case.clone();
        small.value = scaled(&case.value);
        small.known = case.known.as_deref().map(scaled);
        let ((summary, a), (other, b)) = (case.fit(1), small.fit(1));
        assert_eq!(summary.iterations, other.iterations);
        assert_eq!(bits(&scaled(&a.estimate)), bits(&b.estimate), "{method:?}");
        assert_eq!(bits(&scaled(&a.error)), bits(&b.error), "{method:?}");
        assert_eq!(bits(&a.weight), bits(&b.weight), "{method:?}");
    }
}

/// Expectation maximisation never lowers the likelihood by more than rounding.
#[test]
fn the_likelihood_never_falls() {
    for seed in 0..30 {
        let method = Method::LfcN { smoothing: 0.0, bias: seed % 2 == 0, point: seed % 3 == 0 };
        let mut case = any_case(seed + 500, method);
        case.tolerance = 0.0;
        let mut last = f64::NEG_INFINITY;
        for iterations in 1..25 {
            case.max_iterations = iterations;
            let objective = case.fit(1).0.objective;
            assert!(
                objective.is_nan() || objective >= last - 1e-9 * objective.abs().max(1.0),
                "{last} fell to {objective}"
            );
            last = objective;
        }
    }
}

#[test]
fn one_wild_answer_moves_a_median_by_nothing_and_a_mean_by_much() {
    let rows = |last| [(0, 0, 1.0), (0, 1, 1.1), (0, 2, 0.9), (0, 3, 1.05), (0, 4, last)];
    let of = |method, last| Case::new(method, [1, 5], &rows(last)).fit(1).1.estimate[0];
    assert_eq!(of(Method::Median, 1.2), of(Method::Median, 1e300));
    assert_eq!(of(Method::TrimmedMean { fraction: 0.2 }, 1.2), of(Method::TrimmedMean { fraction: 0.2 }, 1e300));
    assert!(of(Method::Mean, 1e300) > 1e299);
    // Where the experts answer more tasks, the models find the wild one out.
    let mut rows: Vec<(i32, i32, f64)> = Vec::new();
    for task in 0..8 {
        for expert in 0..4 {
            rows.push((task, expert, f64::from(task) + 0.1 * f64::from(expert)));
        }
        rows.push((task, 4, if task % 2 == 0 { 1e6 } else { -1e6 }));
    }
    for method in methods().into_iter().filter(|method| !matches!(method, Method::Mean | Method::WeightedMean)) {
        let (_, solution) = Case::new(method, [8, 5], &rows).fit(1);
        let biased = matches!(method, Method::LfcN { bias: true, .. });
        let smoothed = matches!(method, Method::LfcN { smoothing, .. } if smoothing > 0.0);
        let squared = matches!(method, Method::Pm { loss: Loss::Squared, .. });
        let worst = (0..8).map(|t| (solution.estimate[t] - t as f64).abs()).fold(0.0, f64::max);
        assert!(worst < 0.5 || biased || smoothed || squared, "{method:?}: {:?}", solution.estimate);
    }
}

#[test]
fn what_cannot_be_told_is_nan_and_what_agrees_is_certain() {
    for method in methods() {
        let (summary, alone) = Case::new(method, [2, 2], &[(0, 0, 3.0)]).fit(1);
        assert!(summary.converged);
        assert_eq!((alone.estimate[0], alone.spread[0]), (3.0, 0.0), "{method:?}");
        assert!(alone.error[0].is_nan() && alone.estimate[1].is_nan() && alone.error[1].is_nan(), "{method:?}");
        assert!(alone.bias[1].is_nan() && alone.deviation[1].is_nan(), "{method:?}");
        assert_eq!(alone.weight, [1.0, 0.0], "{method:?}");
        let (_, equal) = Case::new(method, [1, 3], &[(0, 0, 0.1), (0, 1, 0.1), (0, 2, 0.1)]).fit(1);
        assert_eq!((equal.estimate[0], equal.error[0], equal.spread[0]), (0.1, 0.0, 0.0), "{method:?}");
        assert_eq!((equal.bias, equal.deviation), (vec![0.0; 3], vec![0.0; 3]), "{method:?}");
    }
}

#[test]
fn what_is_wrong_is_named() {
    let good = Case::new(Method::WeightedMean, [2, 3], &[(0, 0, 1.0), (1, 2, 2.0)]);
    let with = |change: &dyn Fn(&mut Case)| {
        let mut case = good.clone();
        change(&mut case);
        case
    };
    with(&|case| case.value[1] = f64::NAN).refused("answer 1: value NaN is not finite; task 1, expert 2");
    with(&|case| case.value[0] = f64::NEG_INFINITY).refused("answer 0: value -inf is not finite");
    with(&|case| case.task[1] = 2).refused("answer 1: task 2 is outside 0..2");
    with(&|case| case.expert[0] = -1).refused("answer 0: expert -1 is outside 0..3");
    with(&|case| case.weight = Some(vec![1.0, -1.0])).refused("answer 1: weight -1");
    with(&|case| case.weight = Some(vec![1.0])).refused("differ in length");
    with(&|case| case.known = Some(vec![1.0])).refused("known has 1 elements for 2 tasks");
    with(&|case| case.known = Some(vec![1.0, f64::INFINITY])).refused("known value of task 1");
    with(&|case| case.expert_weights = Some(vec![1.0])).refused("expert_weights has 1 elements for 3 experts");
    with(&|case| case.expert_weights = Some(vec![1.0, 1e-300, 1.0])).refused("weight of expert 1");
    with(&|case| case.tolerance = f64::NAN).refused("tolerance is NaN");
    with(&|case| case.method = Method::TrimmedMean { fraction: 0.5 }).refused("fraction is 0.5");
    with(&|case| case.method = Method::Catd { significance: 0.0 }).refused("significance is 0");
    with(&|case| case.method = Method::LfcN { smoothing: -1.0, bias: false, point: false }).refused("smoothing is -1");
    with(&|case| (case.method, case.expert_weights) = (Method::Mean, Some(vec![1.0; 3]))).refused("weighted mean only");
    with(&|case| case.task.clear()).refused("no answers");
    with(&|case| case.sizes[0] = 0).refused("tasks is 0");
    let problem = good.problem(1);
    let mut solution = Solution::new(&problem);
    solution.spread.pop();
    let outcome: Outcome<'_> = solution.outcome();
    assert!(matches!(fit(&problem, outcome, &Control::default()), Err(FitError::Invalid(_))));
}

#[test]
fn a_cancelled_fit_does_not_begin() {
    let case = any_case(3, Method::Catd { significance: 0.05 });
    let problem = case.problem(1);
    let control = Control::default();
    control.cancel();
    let mut solution = Solution::new(&problem);
    assert_eq!(fit(&problem, solution.outcome(), &control), Err(FitError::Cancelled));
}
