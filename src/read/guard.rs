//! Watches how much comes out of a compressed stream for what goes in, so that a bomb is stopped early.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::Limits;

/// How many bytes went into the decoders of one file, and how many came out, nested ones included.
#[derive(Clone, Debug)]
pub(super) struct Account {
    taken: Rc<Cell<u64>>,
    given: Rc<Cell<u64>>,
    ratio: u64,
    slack: u64,
}

impl Account {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { taken: Rc::default(), given: Rc::default(), ratio: limits.ratio, slack: limits.slack }
    }

    /// An account of a file whose `size` bytes all count as read, as an archive's are.
    pub(super) fn with_taken(limits: &Limits, size: u64) -> Self {
        let account = Self::new(limits);
        account.taken.set(size);
        account
    }

    fn give(&self, count: usize) -> io::Result<()> {
        let given = self.given.get() + count as u64;
        self.given.set(given);
        if given > self.slack && given / self.ratio > self.taken.get() {
            return Err(io::Error::other(format!("expands to more than {} times its size: refused as a decompression bomb", self.ratio)));
        }
        Ok(())
    }
}

/// Counts what a decoder takes.
pub(super) struct Taken<R> {
    inner: R,
    account: Account,
}

impl<R> Taken<R> {
    pub(super) fn new(inner: R, account: Account) -> Self {
        Self { inner, account }
    }
}

impl<R: Read> Read for Taken<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.account.taken.set(self.account.taken.get() + count as u64);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Taken<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.account.taken.set(self.account.taken.get() + count as u64);
        self.inner.consume(count);
    }
}

/// Counts what a decoder gives, and fails where that is out of all proportion.
pub(super) struct Given<R> {
    inner: R,
    account: Account,
}

impl<R> Given<R> {
    pub(super) fn new(inner: R, account: Account) -> Self {
        Self { inner, account }
    }
}

impl<R: Read> Read for Given<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // A decoder that is asked again after the end of a broken stream must not be taken for a good end.
        let count = self.inner.read(out).map_err(explain)?;
        self.account.give(count)?;
        Ok(count)
    }
}

/// Says in plain words what the decoders say in their own.
fn explain(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => io::Error::new(io::ErrorKind::UnexpectedEof, "the compressed file is cut short"),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            io::Error::new(error.kind(), format!("the compressed file is damaged ({error})"))
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_out_of_proportion_is_stopped() {
        let limits = Limits { ratio: 10, slack: 1000, ..Limits::default() };
        let account = Account::with_taken(&limits, 50);
        let mut zeros = Given::new(io::repeat(0), account);
        let mut out = [0; 100];
        for _ in 0..10 {
            zeros.read_exact(&mut out).unwrap();
        }
        assert!(zeros.read_exact(&mut out).unwrap_err().to_string().contains("bomb"));
    }
}
