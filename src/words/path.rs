//! The likeliest way through a stretch of hanzi: the words whose costs sum up to the least.

use super::list;

/// The cost of a hanzi that no word of the list has: rarer than any that is listed.
const UNKNOWN: u32 = 220;

/// A word of so many hanzi is made of words, whatever list it is from.
const LONG: usize = 6;

/// Where the words of `run` end, in order; the last ends with it.
pub(super) fn ends(run: &[char]) -> Vec<usize> {
    cheapest(run, run.len())
}

/// Where the words end that `term` is made of, if it is a term of offices or long: what is one word ends where it does.
pub(super) fn parts(term: &[char]) -> Vec<usize> {
    let mut is_term = term.len() >= LONG;
    list::words_at(term, |word| is_term |= word.is_term && word.length == term.len());
    let whole = vec![term.len()];
    if !is_term {
        return whole;
    }
    let ends = cheapest(term, term.len() - 1);
    let starts = [0].into_iter().chain(ends.iter().copied());
    if starts.zip(&ends).all(|(start, end)| end - start > 1) { ends } else { whole }
}

/// The cheapest way through `run`, of words of at most `longest` hanzi.
fn cheapest(run: &[char], longest: usize) -> Vec<usize> {
    // The least cost up to each place, and where the last word on that way starts.
    let mut ways: Vec<(u32, usize)> = (0..=run.len()).map(|at| (u32::MAX, at.saturating_sub(1))).collect();
    ways[0].0 = 0;
    for start in 0..run.len() {
        let so_far = ways[start].0;
        let mut reach = |length: usize, cost: u32| {
            let end = start + length;
            let sum = so_far.saturating_add(cost);
            // Of ways that cost the same the one with the longer last word.
            if length <= longest && sum < ways[end].0 {
                ways[end] = (sum, start);
            }
        };
        reach(1, UNKNOWN);
        list::words_at(&run[start..], |word| reach(word.length, word.cost));
    }
    let mut ends = Vec::new();
    let mut end = run.len();
    while end > 0 {
        ends.push(end);
        end = ways[end].1;
    }
    ends.reverse();
    ends
}
