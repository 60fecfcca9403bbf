//! What the weighted votes refuse, and what must hold for them beyond the golden files.

mod common;

use coterie::consensus::{Control, FitError, Method, Problem, Solution, fit};
use coterie::kernels::Kernels;

use common::{Case, SplitMix64, llm_judges};

const METHODS: [Method; 6] =
    [Method::Wawa, Method::ZeroBasedSkill, Method::Catd, Method::Pm, Method::Mmsr, Method::Kos];

fn refusal(problem: &Problem<'_>) -> String {
    let mut solution = Solution::new(problem);
    solution.posterior.fill(7.0);
    match fit(Kernels::current(), problem, solution.outcome(), &Control::default()) {
        Err(FitError::Invalid(text)) => {
            assert!(solution.posterior.iter().all(|&p| p == 7.0), "a refused fit leaves the arrays alone");
            text
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn kos_is_for_two_labels() {
    let case = Case::random(&mut SplitMix64(1), Method::Kos, [10, 3, 3], 30);
    let text = refusal(&case.problem(1));
    assert!(text.contains("two labels") && text.contains("has 3"), "{text}");
}

#[test]
fn gold_majority_vote_needs_gold_of_tasks_with_answers() {
    let mut case = Case::random(&mut SplitMix64(2), Method::GoldMajorityVote, [10, 3, 3], 30);
    assert!(refusal(&case.problem(1)).contains("needs gold"));
    case.gold = Some(vec![-1; 10]);
    assert!(refusal(&case.problem(1)).contains("needs gold"));
    case.task.iter_mut().for_each(|task| *task = (*task).min(8));
    case.gold = Some((0..10).map(|task| if task == 9 { 1 } else { -1 }).collect());
    assert!(refusal(&case.problem(1)).contains("no answer is to a task of the gold"));
}

#[test]
fn parameters_out_of_range_are_refused_by_name() {
    for (method, parameters, name) in [
        (Method::Catd, vec![0.0], "significance"),
        (Method::Catd, vec![f64::NAN], "significance"),
        (Method::Kos, vec![0.5], "balanced"),
        (Method::ZeroBasedSkill, vec![1.5, 20.0, 0.5], "learning rate"),
        (Method::ZeroBasedSkill, vec![1.0, 0.0, 0.5], "steps to reduce"),
        (Method::ZeroBasedSkill, vec![1.0, 2.0, -0.5], "reduce factor"),
        (Method::Pm, vec![1.0], "pm has 0 parameters"),
    ] {
        let mut case = Case::random(&mut SplitMix64(3), method, [10, 3, 2], 30);
        case.parameters = parameters;
        let text = refusal(&case.problem(1));
        assert!(text.contains(name), "{method:?}: {text}");
    }
}

#[test]
fn m_msr_refuses_more_pairs_than_it_could_keep() {
    // One task that everybody answers.
    let experts = 12_000;
    let (task, label) = (vec![0; experts], vec![0; experts]);
    let expert: Vec<i32> = (0..experts as i32).collect();
    let problem = Problem::new(Method::Mmsr, [1, experts, 2], &task, &expert, &label);
    let mut solution = Solution::new(&problem);
    let error = fit(Kernels::current(), &problem, solution.outcome(), &Control::default());
    assert!(matches!(&error, Err(FitError::Unsupported(text)) if text.contains("fewer experts")), "{error:?}");
}

#[test]
fn a_cancelled_fit_ends() {
    for method in METHODS {
        let case = Case::random(&mut SplitMix64(4), method, [10, 3, 2], 30);
        let (problem, control) = (case.problem(1), Control::default());
        control.cancel();
        let mut solution = Solution::new(&problem);
        assert_eq!(fit(Kernels::current(), &problem, solution.outcome(), &control), Err(FitError::Cancelled));
    }
}

#[test]
fn whoever_always_lies_is_read_the_other_way_round() {
    // Four experts out of five are right, the last one never.
    let (mut task, mut expert, mut label) = (Vec::new(), Vec::new(), Vec::new());
    for t in 0..40 {
        for e in 0..5 {
            let right = e < 4 && (t + e) % 7 != 0;
            task.push(t);
            expert.push(e);
            label.push(if right { t % 2 } else { 1 - t % 2 });
        }
    }
    for method in [Method::Mmsr, Method::Kos] {
        let problem = Problem::new(method, [40, 5, 2], &task, &expert, &label);
        let mut solution = Solution::new(&problem);
        fit(Kernels::current(), &problem, solution.outcome(), &Control::default()).expect("a fit");
        assert!(solution.weight[..4].iter().all(|&weight| weight > 0.0), "{method:?}: {:?}", solution.weight);
        assert!(solution.weight[4] < 0.0, "{method:?}: {:?}", solution.weight);
        assert!((0..40).all(|t| solution.answer[t] == t as i32 % 2), "{method:?}");
    }
}

/// The figures of docs/methods for 48 judges of 419 pairs.
#[test]
fn known_figures_of_real_judges() {
    let truth = common::llm_judges_truth();
    for (method, correct) in [
        (Method::Wawa, 256),
        (Method::ZeroBasedSkill, 259),
        (Method::Catd, 258),
        (Method::Pm, 348),
        (Method::Mmsr, 233),
        (Method::Kos, 266),
    ] {
        let mut case = llm_judges(method);
        if method == Method::Mmsr {
            (case.max_iterations, case.tolerance) = (10_000, 1e-10);
        }
        let (summary, solution) = case.fit(Kernels::current(), 0);
        assert!(summary.converged, "{method:?}");
        let found = solution.answer.iter().zip(&truth).filter(|(answer, truth)| answer == truth).count();
        assert_eq!(found, correct, "{method:?}");
    }
}
