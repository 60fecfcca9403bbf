//! What must hold on any table.

mod common;

use coterie::consensus::{Control, FitError, Method, Outcome, PriorCounts, Problem, Repeats, Solution, fit};
use coterie::kernels::Kernels;

use common::{Case, SplitMix64, all_kernels, bits};

const METHODS: [Method; 17] = [
    Method::MajorityVote,
    Method::WeightedVote,
    Method::DawidSkene,
    Method::OneCoinDawidSkene,
    Method::Wawa,
    Method::ZeroBasedSkill,
    Method::GoldMajorityVote,
    Method::Catd,
    Method::Pm,
    Method::Mmsr,
    Method::Kos,
    Method::ZenCrowd,
    Method::Mace,
    Method::Glad,
    Method::Ibcc,
    Method::Ebcc,
    Method::Ordinal,
];

/// A table of random size with random options.
fn any_case(seed: u64) -> Case {
    let mut r = SplitMix64(seed);
    let method = METHODS[r.below(METHODS.len())];
    let labels = if method == Method::Kos { 1 + r.below(2) } else { [1, 2, 3, 4, 5, 8, 13, 17, 33, 70][r.below(10)] };
    let sizes = [1 + r.below(300), 1 + r.below(30), labels];
    let answers = 1 + r.below(2000);
    let mut case = Case::random(&mut r, method, sizes, answers);
    if r.below(2) == 0 {
        case.weight = Some((0..answers).map(|_| (r.unit() * 2.0) as f32).collect());
    }
    if r.below(3) == 0 || method == Method::GoldMajorityVote {
        case.gold = Some((0..sizes[0]).map(|_| if r.below(4) == 0 { r.below(labels) as i32 } else { -1 }).collect());
    }
    if method == Method::GoldMajorityVote {
        // At least one answer is to a known task.
        case.gold.as_mut().expect("made above")[case.task[0] as usize] = 0;
    }
    if r.below(4) == 0 && method == Method::DawidSkene {
        let counts = (0..sizes[1] * labels * labels).map(|_| r.below(4) as f64).collect();
        let mode = [PriorCounts::FirstIteration, PriorCounts::EveryIteration][r.below(2)];
        case.prior_counts = Some((counts, mode));
    }
    if r.below(4) == 0 {
        case.class_priors = Some(vec![1.0 / labels as f64; labels]);
    }
    case.repeats = [Repeats::CountAll, Repeats::LastWins][r.below(2)];
    case.positional = r.below(3) == 0;
    match method {
        Method::Mace => case.parameters = vec![r.below(2) as f64, 3.0, 0.5, 0.5, 10.0],
        Method::Ebcc => case.parameters = vec![1.0 + r.below(3) as f64, 2.0, 0.1, 4.0, 1.0],
        _ => {}
    }
    case.smoothing = [0.0, 0.01, 1.0][r.below(3)];
    case.max_iterations = r.below(20) as u32;
    case
}

#[test]
fn every_instruction_set_and_number_of_threads_gives_the_same_bits() {
    for seed in 0..150 {
        let mut case = any_case(seed);
        if seed % 10 == 0 {
            // Enough answers for several spans.
            let method = METHODS[2 + seed as usize / 10 % (METHODS.len() - 2)];
            let labels = if method == Method::Kos { 2 } else { 2 + seed as usize / 30 };
            case = Case::random(&mut SplitMix64(seed), method, [5000, 20, labels], 40_000);
            case.gold =
                (method == Method::GoldMajorityVote).then(|| (0..5000).map(|task| task % 40 / 39 - 1).collect());
            case.max_iterations = 5;
        }
        let (summary, solution) = case.fit(Kernels::current(), 1);
        for kernels in all_kernels() {
            for threads in 1..=3 {
                let at = format!("seed {seed} on {} with {threads} threads", kernels.isa().name());
                let (other, values) = case.fit(kernels, threads);
                assert_eq!(summary.objective.to_bits(), other.objective.to_bits(), "{at}");
                assert_eq!(summary.iterations, other.iterations, "{at}");
                assert_eq!(bits(&solution.posterior), bits(&values.posterior), "{at}");
                assert_eq!(bits(&solution.confusion), bits(&values.confusion), "{at}");
                assert_eq!(bits(&solution.skill), bits(&values.skill), "{at}");
                assert_eq!(bits(&solution.weight), bits(&values.weight), "{at}");
                assert_eq!(bits(&solution.difficulty), bits(&values.difficulty), "{at}");
                assert_eq!(bits(&solution.prior), bits(&values.prior), "{at}");
                assert_eq!((&solution.answer, &solution.runner_up), (&values.answer, &values.runner_up), "{at}");
            }
        }
    }
}

/// Its own tables, smaller ones: a fit of it walks them 150 times.
#[test]
fn auto_gives_the_same_bits_and_distributions() {
    for seed in 0..16 {
        let mut r = SplitMix64(seed);
        let labels = [2, 3, 5, 8][r.below(4)];
        let answers = if seed % 8 == 7 { 20_000 } else { 1 + r.below(600) };
        let sizes = [1 + r.below(answers / 3 + 1), 1 + r.below(12), labels];
        let mut case = Case::random(&mut r, Method::Auto, sizes, answers);
        if r.below(3) == 0 {
            case.weight = Some((0..answers).map(|_| (r.unit() * 2.0) as f32).collect());
        }
        if r.below(3) == 0 {
            let mut known = || if r.below(4) == 0 { r.below(labels) as i32 } else { -1 };
            case.gold = Some((0..sizes[0]).map(|_| known()).collect());
        }
        (case.seed, case.positional) = (r.next(), r.below(4) == 0);
        let (summary, solution) = case.fit(Kernels::current(), 1);
        for row in solution.posterior.chunks_exact(labels) {
            assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-9, "seed {seed}");
            assert!(row.iter().all(|p| (0.0..=1.0).contains(p)), "seed {seed}");
        }
        assert!(solution.report.iter().all(|x| x.is_finite()), "seed {seed}: {:?}", solution.report);
        for kernels in all_kernels() {
            for threads in 1..=2 {
                let at = format!("seed {seed} on {} with {threads} threads", kernels.isa().name());
                let (other, values) = case.fit(kernels, threads);
                assert_eq!(summary.objective.to_bits(), other.objective.to_bits(), "{at}");
                assert_eq!(bits(&solution.posterior), bits(&values.posterior), "{at}");
                assert_eq!(bits(&solution.confusion), bits(&values.confusion), "{at}");
                assert_eq!(bits(&solution.report), bits(&values.report), "{at}");
            }
        }
    }
}

#[test]
fn few_known_labels_leave_the_rest_of_auto_alone() {
    let mut case = Case::random(&mut SplitMix64(9), Method::Auto, [80, 9, 3], 500);
    let (_, before) = case.fit(Kernels::current(), 1);
    for known in [4, 5, 9, 10] {
        case.gold = Some((0..80).map(|task| if task < known { task % 3 } else { -1 }).collect());
        let (_, after) = case.fit(Kernels::current(), 1);
        let from = known as usize * 3;
        let same = bits(&before.posterior[from..]) == bits(&after.posterior[from..]);
        assert_eq!(same, known < 5, "{known} known labels");
        assert_eq!(after.report[47], f64::from(known));
        assert_eq!(before.report[1] == after.report[1], known < 10, "{known} known labels");
        assert!(known >= 10 || after.report[49..53] == [0.0; 4], "{known} known labels");
        for (task, row) in after.posterior[..from].chunks_exact(3).enumerate() {
            assert_eq!(row[task % 3], 1.0);
        }
    }
}

#[test]
fn results_are_distributions() {
    for seed in 1000..1150 {
        let case = any_case(seed);
        let (_, solution) = case.fit(Kernels::current(), 1);
        for row in solution.posterior.chunks_exact(case.sizes[2]) {
            assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-9, "seed {seed}");
            assert!(row.iter().all(|p| (0.0..=1.0).contains(p)), "seed {seed}");
        }
        assert!(solution.skill.iter().all(|skill| (0.0..=1.0).contains(skill)), "seed {seed}");
        assert!(solution.weight.iter().all(|weight| weight.is_finite()), "seed {seed}");
        let cells = case.sizes[2] * case.sizes[2];
        for expert in solution.confusion.chunks_exact(cells) {
            for truth in 0..case.sizes[2] {
                let total: f64 = expert[truth..].iter().step_by(case.sizes[2]).sum();
                assert!((total - 1.0).abs() < 1e-8, "seed {seed}: {total}");
            }
        }
    }
}

/// Without smoothing and priors, expectation maximisation never lowers the likelihood by more than rounding and the floor.
#[test]
fn the_likelihood_never_falls() {
    for seed in 2000..2040 {
        let mut r = SplitMix64(seed);
        let methods = [Method::DawidSkene, Method::OneCoinDawidSkene, Method::ZenCrowd, Method::Ibcc, Method::Glad];
        let method = methods[r.below(5)];
        let sizes = [50 + r.below(200), 3 + r.below(10), 2 + r.below(4)];
        let mut case = Case::random(&mut r, method, sizes, 1000);
        (case.tolerance, case.weight) = (0.0, (r.below(2) == 0).then(|| vec![0.5; 1000]));
        let mut last = f64::NEG_INFINITY;
        for iterations in 1..25 {
            case.max_iterations = iterations;
            let objective = case.fit(Kernels::current(), 1).0.objective;
            assert!(objective >= last - 1e-6 * objective.abs(), "seed {seed}: {last} fell to {objective}");
            last = objective;
        }
    }
}

#[test]
fn the_order_of_the_table_between_tasks_does_not_matter() {
    let case = Case::random(&mut SplitMix64(3), Method::DawidSkene, [100, 9, 3], 700);
    let mut sorted = case.clone();
    let mut order: Vec<usize> = (0..700).collect();
    order.sort_by_key(|&i| case.task[i]);
    for (at, &from) in order.iter().enumerate() {
        (sorted.task[at], sorted.expert[at], sorted.label[at]) = (case.task[from], case.expert[from], case.label[from]);
    }
    let (a, b) = (case.fit(Kernels::current(), 1).1, sorted.fit(Kernels::current(), 1).1);
    assert_eq!(bits(&a.posterior), bits(&b.posterior));
}

#[test]
fn arrays_of_the_wrong_size_are_refused() {
    let case = Case::random(&mut SplitMix64(4), Method::DawidSkene, [10, 3, 2], 30);
    let problem = case.problem(1);
    let refuse = |change: fn(&mut Solution)| {
        let mut solution = Solution::new(&problem);
        change(&mut solution);
        let error = fit(Kernels::current(), &problem, solution.outcome(), &Control::default());
        assert!(matches!(error, Err(FitError::Invalid(_))), "{error:?}");
    };
    refuse(|solution| solution.posterior.truncate(19));
    refuse(|solution| solution.answer.push(0));
    refuse(|solution| solution.runner_up.clear());
    refuse(|solution| solution.prior.push(0.0));
    refuse(|solution| solution.confusion.push(0.0));
    refuse(|solution| solution.skill.truncate(2));
    let short = Problem { label: &case.label[1..], ..problem.clone() };
    let mut solution = Solution::new(&short);
    let outcome: Outcome<'_> = solution.outcome();
    assert!(matches!(fit(Kernels::current(), &short, outcome, &Control::default()), Err(FitError::Invalid(_))));
}

#[test]
fn auto_is_cancelled_in_flight() {
    let case = Case::random(&mut SplitMix64(6), Method::Auto, [4000, 20, 3], 40_000);
    let problem = case.problem(2);
    let control = Control::default();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while control.iterations() < 3 {
                std::thread::yield_now();
            }
            control.cancel();
        });
        let mut solution = Solution::new(&problem);
        assert_eq!(fit(Kernels::current(), &problem, solution.outcome(), &control), Err(FitError::Cancelled));
    });
    assert!(control.iterations() >= 3);
}

#[test]
fn a_cancelled_fit_does_not_begin() {
    let case = Case::random(&mut SplitMix64(4), Method::DawidSkene, [10, 3, 2], 30);
    let problem = case.problem(1);
    let control = Control::default();
    control.cancel();
    let mut solution = Solution::new(&problem);
    assert_eq!(fit(Kernels::current(), &problem, solution.outcome(), &control), Err(FitError::Cancelled));
    assert_eq!(control.iterations(), 0);
}
