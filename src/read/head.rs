//! A stream whose first bytes can be looked at without being taken.

use std::io::{self, BufRead, Read};

/// A reader that has read its first bytes ahead.
pub struct Head<R> {
    head: Vec<u8>,
    taken: usize,
    rest: R,
}

impl<R: BufRead> Head<R> {
    /// Reads up to `size` bytes of `rest` ahead.
    ///
    /// # Errors
    /// When reading fails before a single byte came; a later failure comes back when the stream is read on.
    pub fn new(mut rest: R, size: usize) -> io::Result<Self> {
        let mut head = Vec::new();
        while head.len() < size {
            match rest.fill_buf() {
                Ok([]) => break,
                Ok(some) => {
                    let count = some.len().min(size - head.len());
                    head.extend_from_slice(&some[..count]);
                    rest.consume(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if head.is_empty() => return Err(error),
                // The decoders of this crate's dependencies give the same error again when asked again.
                Err(_) => break,
            }
        }
        Ok(Self { head, taken: 0, rest })
    }

    /// The bytes read ahead and not yet taken.
    pub fn peek(&self) -> &[u8] {
        &self.head[self.taken..]
    }
}

impl<R: BufRead> Read for Head<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let some = self.fill_buf()?;
        let count = some.len().min(out.len());
        out[..count].copy_from_slice(&some[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Head<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken < self.head.len() { Ok(&self.head[self.taken..]) } else { self.rest.fill_buf() }
    }

    fn consume(&mut self, count: usize) {
        if self.taken < self.head.len() {
            self.taken += count;
        } else {
            self.rest.consume(count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_at_is_read_again() {
        let mut head = Head::new(&b"one two three"[..], 7).unwrap();
        assert_eq!(head.peek(), b"one two");
        let mut all = String::new();
        head.read_to_string(&mut all).unwrap();
        assert_eq!(all, "one two three");
    }
}
