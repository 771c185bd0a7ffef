//! What is asked: the query language and its tree, the words it looks for, and the snippets that show them.

pub mod arrange;
pub mod ast;
pub mod context;
pub mod dates;
pub mod filters;
mod lexer;
pub mod matching;
pub mod reach;
pub mod same;
pub mod snippet;
#[cfg(test)]
mod snippet_cases;
pub mod syntax;
#[cfg(test)]
mod syntax_cases;
pub mod words;

/// How many letters must be changed, put in, left out or swapped with a neighbour to make `b` of `a`, where that is at most `most`.
#[must_use]
pub fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().min().is_some_and(|&least| least > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|&d| d <= most)
}
