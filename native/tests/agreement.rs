//! The agreement measures: the golden vectors bit for bit, published examples, and every refusal.

mod common;

use coterie::agreement::{Measure, Problem, Table, measure};
use coterie::consensus::{Control, FitError, Repeats};

use common::repository;

const NAMES: [&str; 10] = [
    "krippendorff-alpha",
    "cohen-kappa",
    "fleiss-kappa",
    "observed-agreement",
    "uncertainty",
    "consistency",
    "accuracy",
    "calibration",
    "correlation",
    "error",
];

/// A problem that owns its arrays.
#[derive(Clone, Default)]
struct Case {
    measure: usize,
    sizes: [usize; 3],
    task: Vec<i32>,
    expert: Vec<i32>,
    label: Option<Vec<i32>>,
    weight: Option<Vec<f32>>,
    last_wins: bool,
    first: Option<Vec<f64>>,
    second: Option<Vec<f64>>,
    known: Option<Vec<i32>>,
    options: Vec<f64>,
    seed: u64,
}

impl Case {
    fn problem(&self) -> Problem<'_> {
        let (task, expert) = (&self.task, &self.expert);
        let table = Table { task, expert, label: self.label.as_deref(), weight: self.weight.as_deref() };
        Problem {
            table: (!task.is_empty()).then_some(table),
            sizes: self.sizes,
            repeats: if self.last_wins { Repeats::LastWins } else { Repeats::CountAll },
            first: self.first.as_deref(),
            second: self.second.as_deref(),
            known: self.known.as_deref(),
            options: &self.options,
            seed: self.seed,
            ..Problem::new(Measure::ALL[self.measure])
        }
    }

    fn measure(&self) -> Result<Vec<f64>, FitError> {
        let problem = self.problem();
        let mut out = vec![-77.0; problem.length()?];
        measure(&problem, &mut out, &Control::default()).map(|()| out)
    }
}

fn read(text: &str) -> (Case, Vec<u64>) {
    let (mut case, mut expected) = (Case::default(), Vec::new());
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (key, rest) = line.split_once(' ').unwrap_or((line, ""));
        let words: Vec<&str> = rest.split_whitespace().collect();
        let integers = || words.iter().map(|word| word.parse().expect("an integer")).collect::<Vec<i32>>();
        let hexes = || words.iter().map(|word| u64::from_str_radix(word, 16).expect("bits")).collect::<Vec<u64>>();
        let doubles = || hexes().into_iter().map(f64::from_bits).collect::<Vec<f64>>();
        match key {
            "measure" => case.measure = NAMES.iter().position(|name| *name == rest).expect("a measure"),
            "tasks" => case.sizes[0] = integers()[0] as usize,
            "experts" => case.sizes[1] = integers()[0] as usize,
            "labels" => case.sizes[2] = integers()[0] as usize,
            "repeats" => case.last_wins = rest == "last-wins",
            "task" => case.task = integers(),
            "expert" => case.expert = integers(),
            "label" => case.label = Some(integers()),
            "weight" => case.weight = Some(hexes().into_iter().map(|bits| f32::from_bits(bits as u32)).collect()),
            "known" => case.known = Some(integers()),
            "first" => case.first = Some(doubles()),
            "second" => case.second = Some(doubles()),
            "options" => case.options = doubles(),
            "seed" => case.seed = hexes()[0],
            "expect" => expected = hexes(),
            other => panic!("key {other}"),
        }
    }
    if let (7, Some(known)) = (case.measure, &case.known) {
        case.sizes[0] = known.len();
    }
    (case, expected)
}

#[test]
fn golden_vectors() {
    let folder = repository().join("tests/data/golden/agreement");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).expect("golden vectors") {
        let path = file.expect("a file").path();
        let (case, expected) = read(&std::fs::read_to_string(&path).expect("text"));
        let out = case.measure().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(out.len(), expected.len(), "{}", path.display());
        for (at, (actual, expected)) in out.iter().zip(&expected).enumerate() {
            assert_eq!(actual.to_bits(), *expected, "{}: element {at} is {actual}", path.display());
        }
        seen += 1;
    }
    assert!(seen > 120, "{seen} golden vectors");
}

/// Krippendorff's example of four observers and twelve units (Computing Krippendorff's alpha-reliability, 2011).
fn krippendorff(scale: f64) -> Case {
    let observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
    let mut case = Case { sizes: [12, 4, 0], options: vec![scale, 0.0, 0.95], ..Case::default() };
    let mut values = Vec::new();
    for (expert, row) in observers.iter().enumerate() {
        for (task, value) in row.chars().enumerate().filter_map(|(task, c)| Some((task, c.to_digit(10)?))) {
            case.task.push(task as i32);
            case.expert.push(expert as i32);
            values.push(f64::from(value));
        }
    }
    case.first = Some(values);
    case
}

#[test]
fn published_alphas() {
    let mut case = krippendorff(0.0);
    assert_eq!(case.task.len(), 41, "the example has 41 values");
    for (scale, published) in [(0.0, 0.743), (1.0, 0.815), (2.0, 0.849), (3.0, 0.797)] {
        case.options[0] = scale;
        let out = case.measure().expect("an alpha");
        assert!((out[1] - published).abs() < 0.0005, "scale {scale}: {}", out[1]);
        assert_eq!((out[4], out[5]), (11.0, 40.0), "eleven units have pairs, of forty values");
    }
}

#[test]
fn published_kappas() {
    // J. L. Fleiss, 1971: six psychiatrists, thirty patients, five categories.
    let patients = [
        "00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006", "10050", "11040",
        "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203", "00006", "01050", "02013", "20040",
        "10041", "05010", "40002", "02040", "10500", "00006",
    ];
    let mut case = Case { measure: 2, sizes: [30, 6, 5], ..Case::default() };
    let mut labels = Vec::new();
    for (task, row) in patients.iter().enumerate() {
        let said = row.chars().enumerate().flat_map(|(label, c)| vec![label; c.to_digit(10).unwrap() as usize]);
        for (expert, label) in said.enumerate() {
            case.task.push(task as i32);
            case.expert.push(expert as i32);
            labels.push(label as i32);
        }
    }
    case.label = Some(labels);
    let out = case.measure().expect("a kappa");
    assert!((out[1] - 0.430).abs() < 0.0005, "{}", out[1]);
    assert_eq!(out[7], 1.0, "each patient has six diagnoses");

    // J. Cohen, 1960: two judges, two hundred patients.
    let mut case = Case { measure: 1, sizes: [200, 2, 3], options: vec![0.0, 0.0, 1.0], ..Case::default() };
    let (mut labels, mut task) = (Vec::new(), 0);
    for (a, row) in [[88, 10, 2], [14, 40, 6], [18, 10, 12]].iter().enumerate() {
        for (b, count) in row.iter().enumerate() {
            for _ in 0..*count {
                case.task.extend([task, task]);
                case.expert.extend([0, 1]);
                labels.extend([a as i32, b as i32]);
                task += 1;
            }
        }
    }
    case.label = Some(labels);
    assert!((case.measure().expect("a kappa")[4] - 0.492).abs() < 0.0005);
}

#[test]
fn a_cancelled_measure_ends() {
    let control = Control::default();
    control.cancel();
    let case = krippendorff(0.0);
    let mut out = vec![0.0; 13];
    assert_eq!(measure(&case.problem(), &mut out, &control), Err(FitError::Cancelled));
}

fn refused(expected: &str, case: &Case) {
    match case.measure() {
        Err(FitError::Invalid(text)) => assert!(text.contains(expected), "expected \"{expected}\", got \"{text}\""),
        other => panic!("{expected}: {:?}", other.map(|out| out.len())),
    }
}

#[test]
fn refusals_name_what_is_wrong() {
    let good = Case {
        sizes: [3, 2, 2],
        task: vec![0, 0, 1, 1, 2],
        expert: vec![0, 1, 0, 1, 0],
        label: Some(vec![0, 1, 1, 1, 0]),
        options: vec![0.0, 0.0, 0.95],
        ..Case::default()
    };
    let with = |change: &dyn Fn(&mut Case)| {
        let mut case = good.clone();
        change(&mut case);
        case
    };
    assert!(good.measure().is_ok());
    refused("the table is missing", &with(&|case| case.task.clear()));
    refused("answer 4: task 3 is outside 0..3", &with(&|case| case.task[4] = 3));
    refused("answer 1: expert -1 is outside 0..2", &with(&|case| case.expert[1] = -1));
    refused("answer 0: label 2 is outside 0..2", &with(&|case| case.label = Some(vec![2, 1, 1, 1, 0])));
    refused("differ in length", &with(&|case| case.label = Some(vec![0])));
    refused("answer 2: weight NaN", &with(&|case| case.weight = Some(vec![1.0, 1.0, f32::NAN, 1.0, 1.0])));
    refused("tasks is 0", &with(&|case| case.sizes[0] = 0));
    refused("options has 1 elements, not 3", &with(&|case| case.options = vec![1.0]));
    refused("the scale is 4", &with(&|case| case.options[0] = 4.0));
    refused("the number of replicates is 0.5", &with(&|case| case.options[1] = 0.5));
    refused("the confidence is 1,", &with(&|case| case.options[2] = 1.0));
    refused("the confidence is NaN", &with(&|case| case.options[2] = f64::NAN));
    refused("first has 3 elements, not 2", &with(&|case| case.first = Some(vec![1.0; 3])));
    refused("value of label 1: inf", &with(&|case| case.first = Some(vec![1.0, f64::INFINITY])));
    refused(
        "value of label 0: -1 is not between 0e0",
        &with(&|case| {
            case.first = Some(vec![-1.0, 1.0]);
            case.options[0] = 3.0;
        }),
    );
    refused("second is not used", &with(&|case| case.second = Some(vec![1.0])));
    refused("first is missing", &with(&|case| case.label = None));
    let cohen = |options: [f64; 3]| {
        with(&|case| {
            case.measure = 1;
            case.options = options.to_vec();
        })
    };
    refused("expert 1 cannot be compared with itself", &cohen([0.0, 1.0, 1.0]));
    refused("the second expert is 2", &cohen([0.0, 1.0, 2.0]));
    refused("the weighting is 3", &cohen([3.0, -1.0, -1.0]));
    let skills = |measure: usize, skills: Vec<f64>| {
        with(&|case| {
            case.measure = measure;
            case.options = if measure == 4 { vec![0.0] } else { Vec::new() };
            case.first = Some(skills.clone());
            case.known = (measure == 5).then(|| vec![0, 1, -1]);
        })
    };
    refused("skill of expert 1: 1.5 is not between 0 and 1", &skills(4, vec![0.5, 1.5]));
    refused("first has 1 elements, not 2", &skills(5, vec![0.5]));
    let accuracy = |known: Option<Vec<i32>>| {
        with(&|case| {
            (case.measure, case.options) = (6, Vec::new());
            case.known.clone_from(&known);
        })
    };
    refused("known is missing", &accuracy(None));
    refused("known of task 2: label 2 is outside 0..2 and not -1", &accuracy(Some(vec![0, 1, 2])));
    refused("known has 1 elements, not 3", &accuracy(Some(vec![0])));
    let series = |first: Vec<f64>, second: Vec<f64>| Case {
        measure: 8,
        first: Some(first),
        second: Some(second),
        ..Case::default()
    };
    refused("the series have no elements", &series(Vec::new(), Vec::new()));
    refused("second has 1 elements, not 2", &series(vec![0.0; 2], vec![0.0]));
    refused("second 1: NaN is not between", &series(vec![0.0; 2], vec![0.0, f64::NAN]));
    let posteriors = |bins: f64, first: Vec<f64>| Case {
        measure: 7,
        sizes: [1, 0, 2],
        first: Some(first),
        known: Some(vec![0]),
        options: vec![bins],
        ..Case::default()
    };
    refused("the number of bins is 0", &posteriors(0.0, vec![0.5, 0.5]));
    refused("posterior 1: -0.5 is not between 0 and 1", &posteriors(5.0, vec![0.5, -0.5]));
    refused("first has 1 elements, not 2", &posteriors(5.0, vec![0.5]));
    let problem = good.problem();
    let short = measure(&problem, &mut [0.0; 3], &Control::default());
    assert_eq!(short, Err(FitError::Invalid("out has 3 elements, not 13".to_owned())));
}

mod interface {
    use std::ptr::{null, null_mut};

    use coterie::abi::*;

    struct Call {
        columns: [Vec<i32>; 3],
        options: Vec<f64>,
        out: Vec<f64>,
        error: ErrorRecord,
    }

    impl Call {
        fn new() -> Self {
            Self {
                columns: [vec![0, 0, 1, 1, 2, 2], vec![0, 1, 0, 1, 0, 1], vec![0, 0, 1, 1, 0, 1]],
                options: vec![0.0, 0.0, 0.95],
                out: vec![-77.0; 13],
                error: ErrorRecord::new(),
            }
        }

        fn measure(&mut self, change: impl FnOnce(&mut Self, &mut MeasureProblem)) -> i32 {
            let mut problem = MeasureProblem {
                struct_size: size_of::<MeasureProblem>() as u32,
                measure: COTERIE_MEASURE_KRIPPENDORFF_ALPHA,
                task: self.columns[0].as_ptr(),
                expert: self.columns[1].as_ptr(),
                label: self.columns[2].as_ptr(),
                weight: null(),
                answers: 6,
                tasks: 3,
                experts: 2,
                labels: 2,
                repeats: COTERIE_REPEATS_COUNT_ALL,
                first: null(),
                first_length: 0,
                second: null(),
                second_length: 0,
                known: null(),
                options: self.options.as_ptr(),
                options_length: 3,
                seed: 0,
            };
            change(self, &mut problem);
            let (out, length) = (self.out.as_mut_ptr(), self.out.len() as u64);
            unsafe { coterie_agreement_measure(&problem, out, length, null_mut(), &mut self.error) }
        }
    }

    #[test]
    fn a_measure_through_the_interface() {
        let mut call = Call::new();
        assert_eq!(call.measure(|_, _| {}), COTERIE_OK, "{}", call.error.text());
        assert_eq!((call.out[0], call.out[4], call.out[5]), (0.0, 3.0, 6.0));
        assert!((call.out[1] - 0.4444444444444444).abs() < 1e-15);
    }

    #[test]
    fn refusals_leave_the_result_untouched() {
        let refused = |expected: &str, change: &dyn Fn(&mut Call, &mut MeasureProblem)| {
            let mut call = Call::new();
            let status = call.measure(change);
            assert_eq!(status, COTERIE_INVALID_ARGUMENT, "{expected}: {}", call.error.text());
            assert!(call.error.text().contains(expected), "expected \"{expected}\", got \"{}\"", call.error.text());
            assert!(call.out.iter().all(|&x| x == -77.0), "{expected}");
        };
        refused("problem.struct_size is 7", &|_, problem| problem.struct_size = 7);
        refused("measure 10 is unknown; known are 0 to 9", &|_, problem| problem.measure = 10);
        refused("measure -1 is unknown", &|_, problem| problem.measure = -1);
        refused("repeats 2 is unknown", &|_, problem| problem.repeats = 2);
        refused("experts is -1", &|_, problem| problem.experts = -1);
        refused("task is NULL", &|_, problem| problem.task = null());
        refused("the table is missing", &|_, problem| {
            (problem.task, problem.expert, problem.label) = (null(), null(), null());
        });
        refused("label is not aligned", &|_, problem| problem.label = problem.label.wrapping_byte_add(1));
        refused("the table has no answers", &|_, problem| problem.answers = 0);
        refused("elements are more than memory can hold", &|_, problem| problem.answers = u64::MAX);
        refused("out and options overlap", &|call, problem| problem.options = call.out.as_ptr());
        refused("out has 13 elements, not 5", &|call, problem| {
            problem.measure = COTERIE_MEASURE_COHEN_KAPPA;
            call.options.copy_from_slice(&[0.0, 0.0, 1.0]);
        });
        refused("options has 0 elements, not 3", &|_, problem| problem.options_length = 0);
        refused("options has 0 elements, not 3", &|_, problem| problem.options = null());
        let mut call = Call::new();
        let (out, error) = (call.out.as_mut_ptr(), &raw mut call.error);
        unsafe {
            assert_eq!(coterie_agreement_measure(null(), out, 13, null_mut(), error), COTERIE_INVALID_ARGUMENT);
        }
        assert_eq!(call.error.text(), "problem is NULL");
    }

    #[test]
    fn a_cancelled_measure_is_a_status() {
        let mut call = Call::new();
        let mut control = ControlBlock { cancel: 1, reserved: 0, iterations: 0 };
        let status = {
            let (mut problem, out) = (None, call.out.as_mut_ptr());
            call.measure(|_, given| problem = Some(*given));
            unsafe { coterie_agreement_measure(&problem.unwrap(), out, 13, &mut control, &mut call.error) }
        };
        assert_eq!((status, call.error.text()), (COTERIE_CANCELLED, "the measure was cancelled"));
    }
}
