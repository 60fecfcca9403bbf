//! Answers revealed as they are asked for: how many are needed, and how good the result is.
//!
//! `cargo test --release --test online_replay -- --ignored --nocapture` prints the table of `docs/methods/acquisition.md`;
//! `COTERIE_REPLAY` names a folder of other data sets, each a folder with `answers.csv` and `truth.csv`.

mod common;

use std::collections::HashMap;
use std::fs::read_to_string;
use std::path::{Path, PathBuf};
use std::time::Instant;

use coterie::consensus::Control;
use coterie::online::{Answer, Online, Options, Question, plan};

use common::{SplitMix64, repository};

struct Set {
    sizes: [usize; 3],
    /// Of each task, the label that each of its experts gives.
    answers: Vec<Vec<(u32, u32)>>,
    truth: HashMap<usize, usize>,
    total: usize,
}

fn index(names: &mut HashMap<String, usize>, name: &str) -> usize {
    let next = names.len();
    *names.entry(name.to_owned()).or_insert(next)
}

/// Reads a set; of several answers of an expert to a task the first one is kept.
fn read(folder: &Path) -> Set {
    let mut names: [HashMap<String, usize>; 3] = Default::default();
    let mut answers: Vec<Vec<(u32, u32)>> = Vec::new();
    let text = read_to_string(folder.join("answers.csv")).expect("answers");
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [t, e, l] = [0, 1, 2].map(|at| index(&mut names[at], fields[at].trim()));
        answers.resize_with(answers.len().max(t + 1), Vec::new);
        if answers[t].iter().all(|&(expert, _)| expert != e as u32) {
            answers[t].push((e as u32, l as u32));
        }
    }
    let mut truth = HashMap::new();
    let text = read_to_string(folder.join("truth.csv")).expect("truth");
    for line in text.lines().skip(1) {
        let (task, label) = line.split_once(',').expect("a task and its label");
        if let Some(&task) = names[0].get(task.trim()) {
            truth.insert(task, index(&mut names[2], label.trim()));
        }
    }
    let total = answers.iter().map(Vec::len).sum();
    Set { sizes: [names[0].len(), names[1].len(), names[2].len()], answers, truth, total }
}

fn right(online: &Online, set: &Set) -> usize {
    set.truth.iter().filter(|&(&task, &label)| online.decide(task).0 == label as i32).count()
}

fn majority(set: &Set, asked: &[Vec<(u32, u32)>]) -> usize {
    let mut right = 0;
    for (&task, &truth) in &set.truth {
        let mut votes = vec![0; set.sizes[2]];
        asked[task].iter().for_each(|&(_, label)| votes[label as usize] += 1);
        let best = (0..votes.len()).fold(0, |best, label| if votes[label] > votes[best] { label } else { best });
        right += usize::from(votes[best] > 0 && best == truth);
    }
    right
}

/// What is revealed in a replay, task by task.
struct Replay<'a> {
    set: &'a Set,
    online: Online,
    left: Vec<Vec<(u32, u32)>>,
    asked: Vec<Vec<(u32, u32)>>,
    spent: usize,
}

impl<'a> Replay<'a> {
    fn new(set: &'a Set) -> Self {
        let mut online = Online::new(set.sizes[2], Options::default()).expect("a model");
        online.add(set.sizes, &[]).expect("room");
        let asked = vec![Vec::new(); set.sizes[0]];
        Self { set, online, left: set.answers.clone(), asked, spent: 0 }
    }

    fn reveal(&mut self, pairs: &[(usize, u32)]) {
        let mut answers = Vec::new();
        for &(task, expert) in pairs {
            let at = self.left[task].iter().position(|&(e, _)| e == expert).expect("an answer that is left");
            let (expert, label) = self.left[task].remove(at);
            self.asked[task].push((expert, label));
            answers.push(Answer { task: task as u32, expert, label, weight: 1.0 });
        }
        self.spent += answers.len();
        self.online.add([0; 3], &answers).expect("answers");
    }

    /// Asks two experts of each task, drawn at random, so that something is known of the experts.
    fn warm_up(&mut self, r: &mut SplitMix64) {
        for _ in 0..2 {
            let mut pairs = Vec::new();
            for (task, left) in self.left.iter().enumerate() {
                if !left.is_empty() {
                    pairs.push((task, left[r.below(left.len())].0));
                }
            }
            self.reveal(&pairs);
        }
        self.online.refit(0, &Control::default()).expect("a refit");
    }

    /// Asks what a plan says, many tasks a round, until nothing is worth asking; refits after every tenth round.
    fn plan_on(&mut self, target: f64, loss: f64) {
        let [tasks, experts, labels] = self.set.sizes;
        for round in 1.. {
            let (mut task, mut expert) = (Vec::new(), Vec::new());
            for (t, left) in self.left.iter().enumerate() {
                let mut who: Vec<u32> = left.iter().map(|&(e, _)| e).collect();
                who.sort_unstable();
                task.extend(who.iter().map(|_| t as i32));
                expert.extend(who.into_iter().map(|e| e as i32));
            }
            let posterior: Vec<f64> = (0..tasks).flat_map(|t| self.online.posterior(t).to_vec()).collect();
            let mut confusion = vec![0.0; experts * labels * labels];
            for (e, matrix) in confusion.chunks_exact_mut(labels * labels).enumerate() {
                self.online.confusion(e, matrix);
            }
            let question = Question {
                sizes: self.set.sizes,
                posterior: &posterior,
                confusion: &confusion,
                cost: &vec![1.0; experts],
                task: &task,
                expert: &expert,
                target,
                loss,
                budget: f64::INFINITY,
                most: (tasks / 20).max(1),
            };
            let picked = plan(&question).expect("a plan").picked;
            if picked.is_empty() {
                break;
            }
            let pairs: Vec<(usize, u32)> =
                picked.iter().map(|&p| (task[p as usize] as usize, expert[p as usize] as u32)).collect();
            self.reveal(&pairs);
            if round % 10 == 0 {
                self.online.refit(0, &Control::default()).expect("a refit");
            }
        }
        self.online.refit(0, &Control::default()).expect("a refit");
    }

    /// Asks at random until as many answers are in as somebody else has spent.
    fn random_up_to(&mut self, spent: usize, r: &mut SplitMix64) {
        let mut rest: Vec<(usize, u32)> =
            self.left.iter().enumerate().flat_map(|(t, left)| left.iter().map(move |&(e, _)| (t, e))).collect();
        for at in (1..rest.len()).rev() {
            rest.swap(at, r.below(at + 1));
        }
        rest.truncate(spent.saturating_sub(self.spent));
        for pairs in rest.chunks(200) {
            self.reveal(pairs);
        }
        self.online.refit(0, &Control::default()).expect("a refit");
    }
}

#[derive(Debug, PartialEq)]
struct Figures {
    answers: usize,
    right: usize,
    majority: usize,
}

/// The replay of one set: everybody, then for one wanted confidence the plan and as many random answers.
fn replay(set: &Set, target: f64, loss: f64) -> [Figures; 3] {
    let figures = |replay: &Replay<'_>| Figures {
        answers: replay.spent,
        right: right(&replay.online, set),
        majority: majority(set, &replay.asked),
    };
    let mut all = Replay::new(set);
    all.random_up_to(set.total, &mut SplitMix64(1));
    let mut planned = Replay::new(set);
    planned.warm_up(&mut SplitMix64(2));
    planned.plan_on(target, loss);
    let mut random = Replay::new(set);
    random.warm_up(&mut SplitMix64(2));
    random.random_up_to(planned.spent, &mut SplitMix64(3));
    [figures(&all), figures(&planned), figures(&random)]
}

/// Adds all answers in a random order, a thousand at a time, and refits at the end: how many tasks are right before and
/// after, how many have another answer after, and the microseconds of the last update and of the refit.
fn stream(set: &Set, options: Options) -> ([usize; 3], [f64; 2]) {
    let mut rows: Vec<Answer> = Vec::new();
    for (task, answers) in set.answers.iter().enumerate() {
        let row = |&(expert, label): &(u32, u32)| Answer { task: task as u32, expert, label, weight: 1.0 };
        rows.extend(answers.iter().map(row));
    }
    let mut r = SplitMix64(4);
    for at in (1..rows.len()).rev() {
        rows.swap(at, r.below(at + 1));
    }
    let mut online = Online::new(set.sizes[2], options).expect("a model");
    let mut seconds = [0.0; 2];
    for part in rows.chunks(1000) {
        let started = Instant::now();
        online.add(set.sizes, part).expect("answers");
        seconds[0] = started.elapsed().as_secs_f64() * 1000.0 / part.len() as f64;
    }
    let answers = |online: &Online| (0..set.sizes[0]).map(|task| online.decide(task).0).collect::<Vec<i32>>();
    let (before, early) = (right(&online, set), answers(&online));
    let started = Instant::now();
    online.refit(1, &Control::default()).expect("a refit");
    seconds[1] = started.elapsed().as_secs_f64();
    let other = early.iter().zip(answers(&online)).filter(|&(a, b)| *a != b).count();
    ([before, right(&online, set), other], seconds.map(|seconds| seconds * 1e6))
}

#[test]
fn figures_of_real_judges() {
    let set = read(&repository().join("tests/data/llm_judges"));
    let figures = |answers, right, majority| Figures { answers, right, majority };
    let expected = [figures(20_057, 227, 254), figures(1106, 257, 242), figures(1106, 257, 239)];
    assert_eq!(replay(&set, 0.95, f64::INFINITY), expected);
    let near = Options { neighbours: 5, ..Options::default() };
    let streamed = (stream(&set, Options::default()).0, stream(&set, near).0);
    assert_eq!(streamed, ([220, 227, 15], [222, 227, 11]));
}

#[test]
#[ignore = "prints a table and takes minutes"]
fn table() {
    let folders: Vec<PathBuf> = match std::env::var_os("COTERIE_REPLAY") {
        None => vec![repository().join("tests/data/llm_judges")],
        Some(root) => {
            let entries = std::fs::read_dir(root).expect("a folder").map(|entry| entry.expect("a set").path());
            let mut sets: Vec<PathBuf> = entries.filter(|set| set.join("truth.csv").is_file()).collect();
            sets.sort();
            sets
        }
    };
    for folder in folders {
        let header = read_to_string(folder.join("answers.csv")).unwrap_or_default();
        if !header.starts_with("task,worker,label") && !header.starts_with("task,expert,label") {
            println!("{} skipped: {}", folder.display(), header.lines().next().unwrap_or(""));
            continue;
        }
        let set = read(&folder);
        if set.sizes[2] > 50 {
            println!("{} skipped: {} labels", folder.display(), set.sizes[2]);
            continue;
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let near = Options { neighbours: 5, ..Options::default() };
        println!("{name} streamed: {:?}", stream(&set, Options::default()));
        println!("{name} streamed with neighbours: {:?}", stream(&set, near));
        for (target, loss) in [(0.95, f64::INFINITY), (0.99, f64::INFINITY), (0.99, 50.0)] {
            let percent = |right: usize| right as f64 / set.truth.len() as f64;
            let started = Instant::now();
            let [all, planned, random] = replay(&set, target, loss);
            println!(
                "| {} | {target} | {loss} | {} | {:.4} | {} | {:.4} | {:.4} | {:.4} | {:.1}",
                name,
                all.answers,
                percent(all.right),
                planned.answers,
                percent(planned.right),
                percent(random.right),
                percent(random.majority),
                started.elapsed().as_secs_f64()
            );
        }
    }
}
