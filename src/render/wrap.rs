//! Where to break lines: at spaces, counting columns as a terminal does.

use unicode_width::UnicodeWidthChar;

/// The byte offsets of the spaces of `text` that become line feeds so that no line is wider than `width` columns,
/// `first` of which are taken on the first line. A word wider than that stays whole.
#[must_use]
pub fn breaks(text: &str, width: usize, first: usize) -> Vec<usize> {
    let (mut found, mut column, mut space) = (Vec::new(), first, None);
    for (at, c) in text.char_indices() {
        match c {
            '\n' => (column, space) = (0, None),
            ' ' => {
                column += 1;
                space = Some((at, column));
            }
            _ => {
                column += c.width().unwrap_or(0);
                if column > width
                    && let Some((space_at, columns_before)) = space.take()
                {
                    found.push(space_at);
                    column -= columns_before;
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for at in breaks(text, width, 0) {
            bytes[at] = b'\n';
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn lines_break_at_spaces_and_keep_their_width() {
        assert_eq!(wrapped("one two three four", 9), "one two\nthree\nfour");
        assert_eq!(wrapped("one two\nthree four", 10), "one two\nthree four");
        assert_eq!(wrapped("unbreakablylong word", 6), "unbreakablylong\nword");
        assert_eq!(wrapped("日本語 日本語 ab", 8), "日本語\n日本語\nab");
    }
}
