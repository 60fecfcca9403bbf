//! KOS: D. R. Karger, S. Oh and D. Shah, *Budget-optimal task allocation for reliable crowdsourcing systems*, Operations
//! Research 62, 2014: tasks and experts exchange messages about each answer.

use std::ops::Range;

use super::Setting;
use super::poll::{Poll, Rules, shares};
use crate::consensus::index::Index;
use crate::consensus::storage::{empty, filled};
use crate::consensus::{FitError, Outcome, Problem};

pub(super) fn check(problem: &Problem<'_>) -> Result<(), FitError> {
    let labels = problem.sizes[2];
    if labels <= 2 {
        return Ok(());
    }
    Err(FitError::Invalid(format!(
        "kos decides between two labels, and the table has {labels}: choose a method for more labels, such as dawid-skene"
    )))
}

/// A span and the messages about its answers.
struct Part<'a> {
    places: Range<usize>,
    /// How reliable the answer's expert seems from its other answers.
    reliability: &'a mut [f64],
    /// The same, being made: first what the task tells the expert.
    next: &'a mut [f64],
    /// What all tasks of the span tell each expert.
    sums: Vec<f64>,
    square: f64,
}

/// What a round reads.
struct Round<'a> {
    index: &'a Index,
    gold: Option<&'a [i32]>,
    /// The weight of each expert's answers, where messages are means; otherwise they are sums.
    total: Option<&'a [f64]>,
}

/// Turned round for the second label.
fn signed(label: usize, value: f64) -> f64 {
    if label == 0 { value } else { -value }
}

impl Part<'_> {
    /// Where the span's answers begin.
    fn start(&self, index: &Index) -> usize {
        index.offsets()[self.places.start]
    }

    /// The tasks' messages: what the other answers to the task say, seen from each answer.
    fn ask_tasks(&mut self, round: &Round<'_>) {
        let (index, start) = (round.index, self.start(round.index));
        self.sums.fill(0.0);
        for place in self.places.clone() {
            let answers = index.offsets()[place]..index.offsets()[place + 1];
            let (mut sum, mut size) = (0.0, 0.0);
            for answer in answers.clone() {
                let message = index.weight(answer) * signed(index.label(answer), self.reliability[answer - start]);
                self.next[answer - start] = message;
                sum += message;
                size += message.abs();
            }
            let known = round.gold.and_then(|gold| usize::try_from(gold[place]).ok());
            for answer in answers {
                let label = index.label(answer);
                let told = match known {
                    Some(gold) => signed(gold, size),
                    None => sum - self.next[answer - start],
                };
                let told = index.weight(answer) * signed(label, told);
                self.next[answer - start] = told;
                self.sums[index.expert(answer)] += told;
            }
        }
    }

    /// The experts' messages: what the tasks of its other answers say of the expert.
    fn ask_experts(&mut self, round: &Round<'_>, sums: &[f64]) {
        let start = self.start(round.index);
        self.square = 0.0;
        for (i, next) in self.next.iter_mut().enumerate() {
            let expert = round.index.expert(start + i);
            let mut message = sums[expert] - *next;
            if let Some(total) = round.total {
                let rest = total[expert] - round.index.weight(start + i);
                message = if rest > 0.0 { message / rest } else { 0.0 };
            }
            *next = message;
            self.square += message * message;
        }
    }

    /// Takes the new messages over, divided by their size; what is left in `square` is their change.
    fn take_over(&mut self, norm: f64) {
        self.square = 0.0;
        for (reliability, next) in self.reliability.iter_mut().zip(self.next.iter()) {
            let message = next / norm;
            let change = message - *reliability;
            self.square += change * change;
            *reliability = message;
        }
    }
}

/// The root of the mean square over the parts.
fn size(parts: &[Part<'_>], answers: usize) -> f64 {
    (parts[1..].iter().fold(parts[0].square, |sum, part| sum + part.square) / answers as f64).sqrt()
}

pub(super) fn fit(setting: Setting<'_>, outcome: &mut Outcome<'_>) -> Result<(u32, bool), FitError> {
    let (problem, index) = (setting.problem, setting.index);
    let gold = index.by_place(problem.gold)?;
    let mut poll = Poll::open(setting, Rules::default(), outcome.posterior)?;
    let mut reliability: Vec<f64> = filled(index.offsets()[problem.sizes[0]])?;
    reliability.fill(1.0);
    let total = Some(poll.total()).filter(|_| problem.parameter(0) != 0.0);
    let round = Round { index, gold: gold.as_deref(), total };
    let end = exchange(setting, &round, &mut reliability)?;
    let two = problem.sizes[2] == 2;
    poll.hold(|answers, row| {
        shares(index, answers, row, |answer| {
            let (label, amount) = (index.label(answer), index.weight(answer) * reliability[answer]);
            // An expert who seems worse than chance speaks for the other label.
            if two && amount < 0.0 { (1 - label, -amount) } else { (label, amount.abs()) }
        });
    })?;
    poll.agreement(0.0, outcome.skill);
    if let Some(weight) = &mut outcome.weight {
        poll.means(|answer| reliability[answer], weight);
    }
    poll.close(outcome.prior)?;
    Ok(end)
}

/// Exchanges messages until their direction stays. Without anything to tell, all experts count the same.
fn exchange(setting: Setting<'_>, round: &Round<'_>, reliability: &mut [f64]) -> Result<(u32, bool), FitError> {
    let Setting { problem, index, team, control } = setting;
    let answers = reliability.len();
    let experts = problem.sizes[1];
    let mut sums: Vec<f64> = filled(experts)?;
    let mut next: Vec<f64> = filled(answers)?;
    let mut parts = empty(index.spans().len())?;
    let (mut rest, mut rest_next) = (&mut *reliability, next.as_mut_slice());
    for places in index.spans() {
        let (reliability, next);
        let length = index.offsets()[places.end] - index.offsets()[places.start];
        (reliability, rest) = rest.split_at_mut(length);
        (next, rest_next) = rest_next.split_at_mut(length);
        parts.push(Part { places: places.clone(), reliability, next, sums: filled(experts)?, square: 0.0 });
    }
    let (mut iterations, mut converged) = (0, false);
    while iterations < problem.max_iterations && !converged {
        control.check()?;
        iterations += 1;
        team.each(&mut parts, |part| part.ask_tasks(round));
        sums.copy_from_slice(&parts[0].sums);
        for part in &parts[1..] {
            sums.iter_mut().zip(&part.sums).for_each(|(sum, more)| *sum += more);
        }
        team.each(&mut parts, |part| part.ask_experts(round, &sums));
        let norm = size(&parts, answers);
        if norm > 0.0 {
            team.each(&mut parts, |part| part.take_over(norm));
            converged = size(&parts, answers) <= problem.tolerance;
        } else {
            parts.iter_mut().for_each(|part| part.reliability.fill(1.0));
            converged = true;
        }
        control.report(iterations);
    }
    Ok((iterations, converged))
}
