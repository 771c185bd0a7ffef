//! Lines of bounded length out of a stream: a line that is too long is passed over, and the rest carried on.

use std::io::{self, BufRead};

/// What [`next`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A line, without its end, is in the buffer.
    Whole,
    /// A line of so many bytes was passed over.
    TooLong(u64),
    /// There are no more.
    End,
}

/// Reads the next line of at most `limit` bytes into `buffer`, without its `\n` or `\r\n`.
///
/// # Errors
/// When reading fails.
pub fn next(input: &mut dyn BufRead, limit: usize, buffer: &mut Vec<u8>) -> io::Result<Line> {
    buffer.clear();
    let mut length: u64 = 0;
    loop {
        let some = match input.fill_buf() {
            Ok(some) => some,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = memchr::memchr(b'\n', some);
        let part = &some[..end.unwrap_or(some.len())];
        let last = some.is_empty() || end.is_some();
        if length == 0 && some.is_empty() {
            return Ok(Line::End);
        }
        length += part.len() as u64;
        if length <= limit as u64 {
            buffer.extend_from_slice(part);
        }
        let count = part.len() + usize::from(end.is_some());
        input.consume(count);
        if last {
            break;
        }
    }
    if length > limit as u64 {
        buffer.clear();
        return Ok(Line::TooLong(length));
    }
    if buffer.last() == Some(&b'\r') {
        buffer.pop();
    }
    Ok(Line::Whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_too_long_is_passed_over_and_the_next_one_read() {
        let mut input = io::BufReader::with_capacity(3, &b"one\r\n\nfar too long\ntwo"[..]);
        let mut line = Vec::new();
        let mut seen = Vec::new();
        loop {
            match next(&mut input, 5, &mut line).unwrap() {
                Line::Whole => seen.push(String::from_utf8(line.clone()).unwrap()),
                Line::TooLong(length) => seen.push(format!("<{length}>")),
                Line::End => break,
            }
        }
        assert_eq!(seen, ["one", "", "<12>", "two"]);
    }
}
