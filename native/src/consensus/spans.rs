//! Spans: how sums over tasks are cut, by the table alone, so that the number of threads cannot show.

use std::ops::Range;

/// Tables with fewer answers are one span.
const MINIMUM: usize = 16384;
const MOST: usize = 64;

/// How many spans a table with some answers has.
pub(super) fn number(answers: usize, experts: usize, cells: usize) -> usize {
    let table = experts.saturating_mul(cells).saturating_mul(4);
    if answers < MINIMUM { 1 } else { (answers / table).clamp(2, MOST) }
}

/// Cuts the tasks into spans for a method whose count table has `experts * cells` elements.
pub(super) fn cut(offsets: &[usize], experts: usize, cells: usize) -> Vec<Range<usize>> {
    let tasks = offsets.len() - 1;
    let answers = offsets[tasks];
    let count = number(answers, experts, cells);
    let begin = |span: usize| {
        let target = (span as u128 * answers as u128 / count as u128) as usize;
        if span == count { tasks } else { offsets[..tasks].partition_point(|&offset| offset < target) }
    };
    (0..count).map(|span| begin(span)..begin(span + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_tables_are_one_span() {
        assert_eq!(cut(&[0, 16383], 1, 4), std::slice::from_ref(&(0..1)));
        assert_eq!(cut(&[0, 16384], 1 << 20, 4), [0..1, 1..1]);
    }

    #[test]
    fn spans_cover_all_tasks_in_order() {
        let offsets: Vec<usize> = (0..=9000).map(|task| task / 3 * 21).collect();
        for experts in [1, 10, 100, 1000, usize::MAX] {
            let spans = cut(&offsets, experts, 4);
            assert!((2..=64).contains(&spans.len()));
            assert_eq!((spans[0].start, spans[spans.len() - 1].end), (0, 9000));
            assert!(spans.windows(2).all(|pair| pair[0].end == pair[1].start));
        }
    }
}
