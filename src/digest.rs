//! A sum of bytes that is the same on every machine and in every run, for what is stored or shown: FNV-1a of 64 bits,
//! <http://www.isthe.com/chongo/tech/comp/fnv/>.

use std::io;

/// A sum under way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Digest(u64);

impl Digest {
    /// The sum of nothing yet, apart from other sums by `seed`.
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(0xcbf2_9ce4_8422_2325 ^ seed)
    }

    /// The sum of `bytes`.
    pub(crate) fn of(bytes: impl IntoIterator<Item = u8>) -> u64 {
        let mut sum = Self::seeded(0);
        bytes.into_iter().for_each(|byte| sum.take(byte));
        sum.0
    }

    /// The sum so far.
    pub(crate) fn value(self) -> u64 {
        self.0
    }

    fn take(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

impl io::Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        bytes.iter().for_each(|&byte| self.take(byte));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn sums_are_those_that_the_authors_publish() {
        assert_eq!(Digest::of(*b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(Digest::of(*b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(Digest::of(*b"foobar"), 0x8594_4171_f739_67e8);
        let mut sum = Digest::seeded(0);
        sum.write_all(b"foobar").unwrap();
        assert_eq!(sum.value(), Digest::of(*b"foobar"));
    }
}
