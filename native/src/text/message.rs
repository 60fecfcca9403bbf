//! A message of responses in, a message of the result out: for callers that have texts and neither columns nor tokens.

use super::problem::{Columns, Options, Similarity, Solution, refuse};
use super::run::consensus;
use super::table::{Row, Table};
use super::tokens::Tokeniser;
use crate::consensus::{Control, FitError, Repeats, empty, filled};
use crate::kernels::Kernels;
use crate::wire::{
    Cluster, Reason, Response, Responses, TextResult, TextTask, Theme, WireError, read_responses, write_text_result,
};

/// Reads responses, finds the consensus of every task, and returns the result in the wire form: `docs/wire.md` specifies both
/// messages. All responses count; their rows are their places in the message. Tasks come in the order of their names' bytes,
/// rows ascending, and the clusters and themes as [`consensus`] has them.
///
/// Beyond what [`consensus`] takes, time and memory are linear in the length of the message, and in what comes out.
///
/// # Errors
///
/// [`FitError::Invalid`] for a message that is refused, with the byte, the field and the reason; for one without responses, and
/// one that lacks an embedding where they are compared, with the response's row; and as [`consensus`]. [`FitError::OutOfMemory`]
/// and [`FitError::Cancelled`] as they say.
pub fn consensus_message(
    kernels: Kernels,
    message: &[u8],
    options: &Options,
    control: &Control,
) -> Result<Vec<u8>, FitError> {
    options.check()?;
    let responses = read_responses(message).map_err(refused)?;
    let given = responses.rows();
    if given.is_empty() {
        return refuse("the message has no responses: add at least one".to_owned());
    }
    let tasks = names(given, |row| row.task)?;
    let experts = names(given, |row| row.expert)?;
    let mut rows = empty(given.len())?;
    rows.extend(given.iter().map(|row| Row {
        task: number(&tasks, &row.task),
        expert: number(&experts, &row.expert),
        text: row.text.as_bytes(),
        // The sum turns the negative zero into the positive one.
        confidence: row.confidence.unwrap_or(1.0) + 0.0,
    }));
    let kinds = [options.similarity, options.choice];
    let with_symbols = kinds.into_iter().any(Similarity::reads_symbols);
    let table = Table::build(&rows, tasks.len(), experts.len(), Repeats::CountAll, with_symbols)?;
    let embedding =
        if kinds.contains(&Similarity::EmbeddingCosine) { embedding(&responses, table.order())? } else { Vec::new() };
    let columns = Columns { embedding: &embedding, dimension: embedding.len() / rows.len(), ..table.columns() };
    let mut solution = room(&columns, options)?;
    consensus(kernels, &columns, options, solution.outcome(), control)?;
    let phrases = phrases(&solution, &rows, &table)?;
    let mut out = Vec::new();
    write_text_result(&result(&tasks, &columns, table.order(), &solution, &phrases)?, &mut out).map_err(refused)?;
    Ok(out)
}

fn refused(error: WireError) -> FitError {
    match error.reason {
        Reason::OutOfMemory => FitError::OutOfMemory(error.to_string()),
        _ => FitError::Invalid(error.to_string()),
    }
}

/// Each name once, in the order of its bytes.
fn names<'a, T: Ord>(rows: &[Response<'a>], name: impl Fn(&Response<'a>) -> T) -> Result<Vec<T>, FitError> {
    let mut names = empty(rows.len())?;
    names.extend(rows.iter().map(name));
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

fn number<T: Ord>(names: &[T], name: &T) -> i32 {
    names.partition_point(|other| other < name) as i32
}

/// The embeddings of all responses, in the table's order. All have the same length, as the reader has checked.
fn embedding(responses: &Responses<'_>, order: &[u32]) -> Result<Vec<f32>, FitError> {
    let of = |row: usize| responses.embedding(row).unwrap_or_default();
    if let Some(row) = (0..order.len()).find(|&row| of(row).is_empty()) {
        return refuse(format!("row {row}: the response has no embedding, which the similarity compares"));
    }
    let mut embedding = empty(order.len().saturating_mul(of(0).len()))?;
    order.iter().for_each(|&row| embedding.extend_from_slice(of(row as usize)));
    Ok(embedding)
}

/// As [`Solution::new`], but it may fail: a message says how many tasks there are.
fn room(columns: &Columns<'_>, options: &Options) -> Result<Solution, FitError> {
    let (tasks, rows) = (columns.tasks, columns.rows());
    Ok(Solution {
        chosen: filled(tasks)?,
        confidence: filled(tasks)?,
        support: filled(tasks)?,
        clusters: filled(tasks)?,
        cluster: filled(rows)?,
        medoid: filled(rows)?,
        centrality: filled(rows)?,
        weight: filled(rows)?,
        skill: filled(columns.experts)?,
        theme: filled(tasks.saturating_mul(options.themes))?,
        theme_count: filled(tasks)?,
    })
}

/// The themes of all tasks in words, one after the other.
fn phrases(solution: &Solution, rows: &[Row<'_>], table: &Table) -> Result<Vec<String>, FitError> {
    let (mut tokeniser, mut cut) = (Tokeniser::default(), None);
    let mut phrases = empty(solution.theme_count.iter().map(|&count| count as usize).sum())?;
    for theme in (0..solution.theme_count.len()).flat_map(|task| solution.themes(task)) {
        // Themes next to each other are often of one text.
        let row = table.order()[theme.row as usize] as usize;
        if cut != Some(row) {
            tokeniser.cut(rows[row].text)?;
            cut = Some(row);
        }
        phrases.push(tokeniser.phrase(theme.place as usize, theme.length as usize)?);
    }
    Ok(phrases)
}

fn result<'a>(
    names: &[Option<&'a str>],
    columns: &Columns<'_>,
    order: &[u32],
    solution: &Solution,
    phrases: &'a [String],
) -> Result<TextResult<'a>, FitError> {
    let given = |row: i32| order[row as usize] as i32;
    let mut phrases = phrases.iter();
    let mut tasks = empty(names.len())?;
    let mut end = 0;
    for (task, &name) in names.iter().enumerate() {
        let start = end;
        end += columns.task[start..].iter().take_while(|&&other| other as usize == task).count();
        let mut rows: Vec<(i32, i32, i32)> = empty(end - start)?;
        rows.extend((start..end).map(|row| (solution.cluster[row], given(row as i32), given(solution.medoid[row]))));
        let mut clusters = clusters(&mut rows, solution.clusters[task])?.into_iter();
        let support = clusters.next().map(|winning| winning.members).unwrap_or_default();
        let mut themes = empty(solution.theme_count[task] as usize)?;
        themes.extend(
            solution
                .themes(task)
                .iter()
                .zip(&mut phrases)
                .map(|(theme, phrase)| Theme { theme: phrase, score: theme.score }),
        );
        tasks.push(TextTask {
            task: name,
            chosen: Some(solution.chosen[task]).filter(|&row| row >= 0).map(given),
            confidence: solution.confidence[task],
            support,
            dissent: clusters.collect(),
            themes,
        });
    }
    Ok(TextResult { responses: order.len() as i32, tasks })
}

/// The clusters in the order of their numbers; a row is its cluster, itself and the medoid.
fn clusters(rows: &mut [(i32, i32, i32)], count: i32) -> Result<Vec<Cluster>, FitError> {
    rows.sort_unstable();
    let mut clusters = empty(count as usize)?;
    for rows in rows.chunk_by(|a, b| a.0 == b.0) {
        let mut members = empty(rows.len())?;
        members.extend(rows.iter().map(|row| row.1));
        clusters.push(Cluster { medoid: rows[0].2, members });
    }
    Ok(clusters)
}
