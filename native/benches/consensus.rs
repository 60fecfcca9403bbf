//! Whole fits over generated tables: 1000 experts, 4 labels, 1 to 19 answers to a task. With `COTERIE_BENCH=quick` fewer.
//!
//! An element is one answer in one iteration, so the time for an element is read off as the inverse of the throughput.
//! The grouping of the answers is part of a fit and of its time. MACE and EBCC have several starts, Auto fits several models: there the
//! time of everything they do is shared out among the iterations that they report.
#![allow(missing_docs)]

use std::hint::black_box;
use std::time::Duration;

use coterie::consensus::{Control, Method, Problem, Solution, fit};
use coterie::kernels::{Isa, Kernels};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

const EXPERTS: usize = 1000;
const LABELS: usize = 4;
/// About what the data sets of the literature need in the median.
const ITERATIONS: u32 = 50;
/// Up to where the methods that are slower by an order of magnitude go along.
const MOST_ANSWERS: usize = 100_000;

struct SplitMix64(u64);

impl SplitMix64 {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 11) % n as u64) as usize
    }
}

struct Table {
    tasks: usize,
    task: Vec<i32>,
    expert: Vec<i32>,
    label: Vec<i32>,
}

impl Table {
    fn new(answers: usize) -> Self {
        let mut r = SplitMix64(7);
        let mut table = Self { tasks: 0, task: Vec::new(), expert: Vec::new(), label: Vec::new() };
        while table.task.len() < answers {
            let truth = r.below(LABELS);
            for _ in 0..1 + r.below(19) {
                let expert = r.below(EXPERTS);
                // Experts are right in 35 to 95 of 100 cases.
                let right = r.below(100) < 35 + expert * 60 / EXPERTS;
                table.task.push(table.tasks as i32);
                table.expert.push(expert as i32);
                table.label.push(if right { truth } else { r.below(LABELS) } as i32);
            }
            table.tasks += 1;
        }
        table
    }

    fn problem(&self, method: Method, threads: usize) -> Problem<'_> {
        let sizes = [self.tasks, EXPERTS, LABELS];
        let mut problem = Problem::new(method, sizes, &self.task, &self.expert, &self.label);
        problem.threads = threads;
        problem.max_iterations = ITERATIONS;
        problem.tolerance = 0.0;
        problem
    }
}

fn fits(criterion: &mut Criterion) {
    let methods = [
        ("dawid-skene", Method::DawidSkene),
        ("one-coin", Method::OneCoinDawidSkene),
        ("majority-vote", Method::MajorityVote),
        ("weighted-vote", Method::WeightedVote),
        ("glad", Method::Glad),
        ("mace", Method::Mace),
        ("ibcc", Method::Ibcc),
        ("ebcc", Method::Ebcc),
        ("auto", Method::Auto),
    ];
    let quick = std::env::var("COTERIE_BENCH").is_ok_and(|mode| mode == "quick");
    let sizes = if quick { &[10_000, 1_000_000][..] } else { &[10_000, 100_000, 1_000_000, 10_000_000] };
    for &answers in sizes {
        let table = Table::new(answers);
        for (name, method) in methods {
            if answers > MOST_ANSWERS && matches!(method, Method::Ebcc | Method::Auto) {
                continue;
            }
            let mut group = criterion.benchmark_group(format!("{name}/{answers}"));
            group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
            for kernels in Isa::available().filter_map(Kernels::of) {
                for threads in [1, 2] {
                    let problem = table.problem(method, threads);
                    let mut solution = Solution::new(&problem);
                    // One-coin ends early: its likelihood stops changing at all.
                    let done = fit(kernels, &problem, solution.outcome(), &Control::default()).expect("a fit");
                    let passes = u64::from(done.iterations.max(1));
                    group.throughput(Throughput::Elements(table.task.len() as u64 * passes));
                    let id = BenchmarkId::new(kernels.isa().name(), format!("{threads}-threads"));
                    group.bench_function(id, |bencher| {
                        bencher.iter(|| fit(kernels, black_box(&problem), solution.outcome(), &Control::default()));
                    });
                }
            }
            group.finish();
        }
    }
}

criterion_group!(benches, fits);
criterion_main!(benches);
