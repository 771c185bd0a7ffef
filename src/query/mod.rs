//! What is asked: the query language and its tree, the words it looks for, and the snippets that show them.

pub mod arrange;
pub mod ast;
pub mod context;
pub mod dates;
pub mod filters;
pub mod matching;
pub mod reach;
pub mod same;
pub mod snippet;
#[cfg(test)]
mod snippet_cases;
pub mod syntax;
pub mod words;

/// How many letters must be changed, put in, left out or swapped with a neighbour to make `b` of `a`, where that is at most `most`.
#[must_use]
pub fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    // a dictionary of words is gone through with this: most are told by their length, or by their first letters
    if a.is_ascii() && b.is_ascii() {
        return distance_of(a.as_bytes(), b.as_bytes(), most);
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    distance_of(&a, &b, most)
}

fn distance_of<T: PartialEq>(a: &[T], b: &[T], most: usize) -> Option<usize> {
    const SHORT: usize = 32;
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let width = b.len() + 1;
    let (mut stack, mut heap) = ([0_usize; 3 * SHORT], Vec::new());
    let rows = if width <= SHORT {
        &mut stack[..3 * width]
    } else {
        heap.resize(3 * width, 0);
        &mut heap[..]
    };
    let (mut before, rest) = rows.split_at_mut(width);
    let (mut last, mut row) = rest.split_at_mut(width);
    last.iter_mut().enumerate().for_each(|(j, cell)| *cell = j);
    for i in 1..=a.len() {
        row[0] = i;
        let mut least = i;
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut cell = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cell = cell.min(before[j - 2] + 1);
            }
            row[j] = cell;
            least = least.min(cell);
        }
        if least > most {
            return None;
        }
        (before, last, row) = (last, row, before);
    }
    last.last().copied().filter(|&d| d <= most)
}

/// Whether `word` is of `shape`, in which `?` stands for any one letter and `*` for any letters or none.
#[must_use]
pub fn is_of_shape(word: &str, shape: &str) -> bool {
    let (word, shape): (Vec<char>, Vec<char>) = (word.chars().collect(), shape.chars().collect());
    let (mut at, mut of) = (0, 0);
    // the last star met, and where in the word it gives up
    let mut star: Option<(usize, usize)> = None;
    while at < word.len() {
        if shape.get(of) == Some(&'*') {
            star = Some((of, at));
            of += 1;
        } else if shape.get(of).is_some_and(|&sign| sign == '?' || sign == word[at]) {
            (at, of) = (at + 1, of + 1);
        } else if let Some((sign, from)) = star {
            star = Some((sign, from + 1));
            (at, of) = (from + 1, sign + 1);
        } else {
            return false;
        }
    }
    shape[of.min(shape.len())..].iter().all(|&sign| sign == '*')
}

#[cfg(test)]
mod tests {
    use super::{distance, is_of_shape};

    #[test]
    fn signs_in_a_shape_stand_for_letters() {
        for (word, shape, expected) in [
            ("woman", "wom?n", true),
            ("women", "wom?n", true),
            ("womn", "wom?n", false),
            ("womens", "wom?n", false),
            ("womens", "wom?n*", true),
            ("colour", "col*r", true),
            ("collar", "col*r", true),
            ("watergate", "*gate", true),
            ("gatepost", "*gate", false),
            ("müller", "m?ller", true),
            ("aaaaaaaaaaaaaaaab", "*a*a*a*c", false),
            ("", "**", true),
        ] {
            assert_eq!(is_of_shape(word, shape), expected, "{word} {shape}");
        }
    }

    #[test]
    fn letters_changed_put_in_left_out_or_swapped_are_counted() {
        let long = "ab".repeat(40);
        for (a, b, most, expected) in [
            ("harbour", "harbour", 0, Some(0)),
            ("harbour", "harbor", 2, Some(1)),
            ("harbuor", "harbour", 2, Some(1)),
            ("hrabuor", "harbour", 2, Some(2)),
            ("hrabuor", "harbour", 1, None),
            ("", "ab", 2, Some(2)),
            ("müller", "muller", 1, Some(1)),
            ("müller", "mller", 1, Some(1)),
            (&long, &long[1..], 2, Some(1)),
            ("short", &long, 2, None),
        ] {
            assert_eq!(distance(a, b, most), expected, "{a} {b}");
            assert_eq!(distance(b, a, most), expected, "{b} {a}");
        }
    }
}
