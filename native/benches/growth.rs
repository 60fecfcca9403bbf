//! How time and memory of Dawid-Skene grow with the table, from 10^5 to 10^8 answers, and the case that took other
//! software 4.5 hours and 35 GB: 1.8 million answers to 500,000 tasks.
//!
//! `cargo bench --bench growth` goes to 10^7; `COTERIE_BENCH=full` to 10^8, which takes 8 GB of memory. Each row is one fit
//! in this process; memory is what the process held at its peak beyond the columns of the table, reset before each fit.

use std::fs;
use std::time::Instant;

use coterie::consensus::{Control, Method, Problem, Solution, fit};
use coterie::kernels::Kernels;

const LABELS: usize = 4;
const ITERATIONS: u32 = 20;

struct SplitMix64(u64);

impl SplitMix64 {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 11) % n as u64) as usize
    }
}

#[derive(Default)]
struct Table {
    sizes: [usize; 3],
    task: Vec<i32>,
    expert: Vec<i32>,
    label: Vec<i32>,
}

impl Table {
    fn new(answers: usize, tasks: usize, experts: usize) -> Self {
        let mut r = SplitMix64(7);
        let mut table = Self { sizes: [tasks, experts, LABELS], ..Self::default() };
        for answer in 0..answers {
            let task = (answer as u128 * tasks as u128 / answers as u128) as usize;
            let expert = r.below(experts);
            let right = r.below(100) < 35 + expert * 60 / experts;
            table.task.push(task as i32);
            table.expert.push(expert as i32);
            table.label.push(if right { task % LABELS } else { r.below(LABELS) } as i32);
        }
        table
    }
}

fn main() {
    // `cargo test` runs benchmarks once, with another argument.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let full = std::env::var("COTERIE_BENCH").is_ok_and(|mode| mode == "full");
    println!("   answers      tasks experts iterations  seconds  ns/answer/iteration  bytes/answer beyond the table");
    for answers in [100_000, 1_000_000, 10_000_000, 100_000_000] {
        if answers <= 10_000_000 || full {
            row(&Table::new(answers, answers / 10, 1000), ITERATIONS, 0.0);
        }
    }
    println!("1.8 million answers to 500,000 tasks, to convergence:");
    row(&Table::new(1_800_000, 500_000, 1000), 5000, 1e-9);
}

fn row(table: &Table, iterations: u32, tolerance: f64) {
    let mut problem = Problem::new(Method::DawidSkene, table.sizes, &table.task, &table.expert, &table.label);
    (problem.threads, problem.max_iterations, problem.tolerance) = (1, iterations, tolerance);
    let before = forget_peak();
    let mut solution = Solution::new(&problem);
    let begin = Instant::now();
    let done = fit(Kernels::current(), &problem, solution.outcome(), &Control::default()).expect("a fit");
    let seconds = begin.elapsed().as_secs_f64();
    let answers = table.task.len();
    let beyond = peak().saturating_sub(before) as f64 / answers as f64;
    let [tasks, experts, _] = table.sizes;
    let each = seconds * 1e9 / answers as f64 / f64::from(done.iterations);
    println!("{answers:10} {tasks:10} {experts:7} {:10} {seconds:8.3} {each:20.2} {beyond:30.1}", done.iterations);
}

/// Resets the peak of this process's memory and returns what it holds now, in bytes.
fn forget_peak() -> u64 {
    let _ = fs::write("/proc/self/clear_refs", "5");
    status("VmRSS:")
}

fn peak() -> u64 {
    status("VmHWM:")
}

fn status(key: &str) -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or("0 kB");
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().map_or(0, |kilobytes| kilobytes * 1024)
}
