//! A stream that fails when too much of it is read for one record.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

/// Counts what is read; whoever reads sets `spent` back to 0 when a record ends.
pub struct Budget<'a, R> {
    inner: R,
    spent: &'a Cell<usize>,
    limit: usize,
}

impl<'a, R> Budget<'a, R> {
    /// Fails once `spent` has reached `limit`.
    pub fn new(inner: R, spent: &'a Cell<usize>, limit: usize) -> Self {
        Self { inner, spent, limit }
    }
}

impl<R: BufRead> Read for Budget<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let some = self.fill_buf()?;
        let count = some.len().min(out.len());
        out[..count].copy_from_slice(&some[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Budget<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.spent.get() >= self.limit {
            return Err(io::Error::other(format!("a record of more than {} MB", self.limit >> 20)));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.spent.set(self.spent.get() + count);
        self.inner.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_beyond_its_budget_fails() {
        let spent = Cell::new(0);
        let mut input = Budget::new(io::BufReader::with_capacity(4, &b"0123456789"[..]), &spent, 6);
        let mut four = [0; 4];
        input.read_exact(&mut four).unwrap();
        spent.set(0);
        input.read_exact(&mut four).unwrap();
        input.read_exact(&mut [0; 2]).unwrap();
        assert!(input.read_exact(&mut four).is_err());
    }
}
