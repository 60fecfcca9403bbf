//! Which answer to ask for next, and when to stop: `docs/methods/acquisition.md`.

use crate::consensus::{FitError, choose, empty, filled};
use crate::kernels::scalar::{exp, log};

/// What no probability under a logarithm falls below.
const TINY: f64 = 1e-300;
/// An expert whose answers tell two labels apart by less tells nothing.
const NO_DIVERGENCE: f64 = 1e-12;

/// What is known, what may be asked and what it is worth.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The numbers of tasks, experts and labels, each at least 1.
    pub sizes: [usize; 3],
    /// `[task][label]`.
    pub posterior: &'a [f64],
    /// `[expert][label][true label]`.
    pub confusion: &'a [f64],
    /// What an answer of each expert costs, above 0.
    pub cost: &'a [f64],
    /// The task of each answer that may be asked for.
    pub task: &'a [i32],
    /// Its expert.
    pub expert: &'a [i32],
    /// The wanted probability of a task's answer, from 0.501 to 1 - 1e-9.
    pub target: f64,
    /// What a wrong answer to a task costs; infinite when the target is to be reached at any price.
    pub loss: f64,
    /// What may be spent, at least 0; may be infinite.
    pub budget: f64,
    /// The most questions of this plan.
    pub most: usize,
}

/// Why a task is asked for or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(i32)]
pub enum TaskState {
    /// Nobody may be asked.
    #[default]
    NoCandidate = 0,
    /// It is as certain as wanted.
    Reached = 1,
    /// It is asked for.
    Ask = 2,
    /// No answer is worth its cost.
    NotWorth = 3,
    /// Its best answer costs more than what is left.
    OverBudget = 4,
    /// It is worth asking for, after the questions of this plan.
    Waiting = 5,
}

/// What to ask, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// By how much each candidate's answer is expected to raise the probability that the task's answer is right.
    pub gain: Vec<f64>,
    /// How many answers of its kind the target is expected to take, at least 1; infinite when they tell nothing.
    pub expected: Vec<f64>,
    /// What is gained for each unit of cost.
    pub rate: Vec<f64>,
    /// The candidates to ask, best first, at most one of each task.
    pub picked: Vec<u32>,
    /// `[task]`.
    pub state: Vec<TaskState>,
    /// What the picked ones cost together.
    pub spent: f64,
}

fn refuse<T>(text: String) -> Result<T, FitError> {
    Err(FitError::Invalid(text))
}

impl Question<'_> {
    fn check(&self) -> Result<(), FitError> {
        let [tasks, experts, labels] = self.sizes;
        for (name, size) in [("tasks", tasks), ("experts", experts), ("labels", labels)] {
            if size == 0 || size > i32::MAX as usize {
                return refuse(format!("{name} is {size}, not in 1..={}", i32::MAX));
            }
        }
        if !(0.501..=1.0 - 1e-9).contains(&self.target) {
            return refuse(format!("the wanted confidence is {}, not from 0.501 to 1 - 1e-9", self.target));
        }
        if !(self.loss == f64::INFINITY || (0.0..=1e100).contains(&self.loss)) {
            return refuse(format!("the loss is {}, not between 0 and 1e100 or infinite", self.loss));
        }
        if self.budget.is_nan() || self.budget < 0.0 {
            return refuse(format!("the budget is {}, not at least 0", self.budget));
        }
        let matrix = experts.checked_mul(labels).and_then(|rows| rows.checked_mul(labels));
        let lengths = [
            ("posterior", self.posterior.len(), tasks.checked_mul(labels)),
            ("confusion", self.confusion.len(), matrix),
            ("cost", self.cost.len(), Some(experts)),
            ("expert", self.expert.len(), Some(self.task.len())),
        ];
        for (name, length, expected) in lengths {
            if Some(length) != expected {
                return refuse(format!("{name} has {length} elements, which does not fit the sizes"));
            }
        }
        if self.task.len() > i32::MAX as usize {
            return refuse(format!("{} candidates are more than {}", self.task.len(), i32::MAX));
        }
        let is_probability = |p: &f64| (0.0..=1.0).contains(p);
        if let Some(at) = self.posterior.iter().position(|p| !is_probability(p)) {
            return refuse(format!("posterior of task {}: {} is no probability", at / labels, self.posterior[at]));
        }
        if let Some(at) = self.confusion.iter().position(|p| !is_probability(p)) {
            let expert = at / labels / labels;
            return refuse(format!("confusion of expert {expert}: {} is no probability", self.confusion[at]));
        }
        if let Some(expert) = self.cost.iter().position(|cost| !(1e-100..=1e100).contains(cost)) {
            return refuse(format!("cost of expert {expert}: {} is not between 1e-100 and 1e100", self.cost[expert]));
        }
        for (name, column, size) in [("task", self.task, tasks), ("expert", self.expert, experts)] {
            if let Some(row) = column.iter().position(|&index| index as u32 as usize >= size) {
                return refuse(format!("candidate {row}: {name} {} is outside 0..{size}", column[row]));
            }
        }
        Ok(())
    }
}

/// Rates every candidate and picks the best ones. Takes time for candidates times `labels^2` and a sort of the tasks.
///
/// # Errors
///
/// [`FitError::Invalid`] naming what is wrong; [`FitError::OutOfMemory`].
pub fn plan(question: &Question<'_>) -> Result<Plan, FitError> {
    question.check()?;
    let [tasks, _, labels] = question.sizes;
    let candidates = question.task.len();
    let mut plan = Plan {
        gain: filled(candidates)?,
        expected: filled(candidates)?,
        rate: filled(candidates)?,
        picked: empty(question.most.min(tasks))?,
        state: filled(tasks)?,
        spent: 0.0,
    };
    let mut logs = empty(question.confusion.len())?;
    logs.extend(question.confusion.iter().map(|&p| log(if p > TINY { p } else { TINY })));
    for (state, row) in plan.state.iter_mut().zip(question.posterior.chunks_exact(labels)) {
        let best = row.iter().fold(0.0, |best: f64, &p| if p > best { p } else { best });
        if best >= question.target || labels == 1 {
            *state = TaskState::Reached;
        }
    }
    let best = rate(question, &logs, &mut plan)?;
    pick(question, &best, &mut plan)?;
    Ok(plan)
}

/// Rates the candidates; returns the best one of each task, -1 for none.
fn rate(question: &Question<'_>, logs: &[f64], plan: &mut Plan) -> Result<Vec<i32>, FitError> {
    let labels = question.sizes[2];
    let mut best: Vec<i32> = filled(question.sizes[0])?;
    best.fill(-1);
    let unlimited = question.loss == f64::INFINITY;
    let (scale, least) = if unlimited { (1.0, 0.0) } else { (question.loss, 1.0) };
    let goal = log(question.target / (1.0 - question.target));
    for (place, (&task, &expert)) in question.task.iter().zip(question.expert).enumerate() {
        let (task, expert) = (task as usize, expert as usize);
        if plan.state[task] == TaskState::Reached {
            continue;
        }
        let row = &question.posterior[task * labels..][..labels];
        let (first, second) = choose(row, true);
        let (top, rival) = (first as usize, second as usize);
        let matrix = expert * labels * labels;
        let (mut one, mut forward, mut backward) = (0.0, 0.0, 0.0);
        for at in (matrix..).step_by(labels).take(labels) {
            let said = &question.confusion[at..at + labels];
            let peak = row.iter().zip(said).map(|(p, c)| p * c).fold(0.0, |peak, p| if p > peak { p } else { peak });
            one += peak;
            let difference = logs[at + top] - logs[at + rival];
            forward += said[top] * difference;
            backward -= said[rival] * difference;
        }
        let gain = if one - row[top] > 0.0 { one - row[top] } else { 0.0 };
        let expected = samples(row[top], row[rival], goal, forward, backward);
        let cost = question.cost[expert];
        let step = (scale * gain) / cost;
        let ahead = (scale * (question.target - row[top])) / (cost * expected);
        let rate = if ahead > step { ahead } else { step };
        (plan.gain[place], plan.expected[place], plan.rate[place]) = (gain, expected, rate);
        let (best, state) = (&mut best[task], &mut plan.state[task]);
        if rate > least {
            if *best < 0 || rate > plan.rate[*best as usize] {
                *best = place as i32;
                *state = TaskState::Waiting;
            }
        } else if *best < 0 {
            *state = TaskState::NotWorth;
        }
    }
    Ok(best)
}

/// Picks the best candidates that the budget allows, the best first and the first among equals.
fn pick(question: &Question<'_>, best: &[i32], plan: &mut Plan) -> Result<(), FitError> {
    let mut queue: Vec<u32> = empty(best.len())?;
    queue.extend(best.iter().filter(|&&place| place >= 0).map(|&place| place as u32));
    let rate = |place: u32| plan.rate[place as usize];
    queue.sort_unstable_by(|&a, &b| rate(b).total_cmp(&rate(a)).then(a.cmp(&b)));
    for place in queue {
        if plan.picked.len() >= question.most {
            break;
        }
        let (task, expert) = (question.task[place as usize] as usize, question.expert[place as usize] as usize);
        let spent = plan.spent + question.cost[expert];
        if spent > question.budget {
            plan.state[task] = TaskState::OverBudget;
        } else {
            plan.spent = spent;
            plan.picked.push(place);
            plan.state[task] = TaskState::Ask;
        }
    }
    Ok(())
}

/// A. Wald's expected number of answers (*Sequential Analysis*, 1947) until the odds of the best label are the target's, or
/// its rival's are.
fn samples(p: f64, q: f64, goal: f64, forward: f64, backward: f64) -> f64 {
    if !(forward > NO_DIVERGENCE && backward > NO_DIVERGENCE) {
        return f64::INFINITY;
    }
    let p = if p > TINY { p } else { TINY };
    let q = if q > TINY { q } else { TINY };
    let up = goal - log(p / (1.0 - p));
    let down = goal + log(p / q);
    let (eu, ed) = (exp(up), exp(-down));
    let right = (1.0 - ed) / (1.0 - exp(-(up + down)));
    let wrong = (1.0 - ed) / (eu - ed);
    let if_best = (right * up - (1.0 - right) * down) / forward;
    let if_rival = ((1.0 - wrong) * down - wrong * up) / backward;
    let expected = (p * if_best + q * if_rival) / (p + q);
    if expected > 1.0 { expected } else { 1.0 }
}
