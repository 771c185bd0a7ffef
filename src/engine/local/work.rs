//! How much may be done for one question: what is read and compared is counted, so that nothing that can be asked takes without
//! bound. Time is not looked at: the same question of the same index is answered, or refused, every time.

use std::sync::atomic::{AtomicU64, Ordering};

/// So many steps may be taken: a place read, or two compared.
pub const MOST: u64 = 64_000_000;

/// The steps that are left.
#[derive(Debug)]
pub struct Work(AtomicU64);

impl Work {
    /// What `most` steps suffice for.
    pub fn new(most: u64) -> Self {
        Self(AtomicU64::new(most))
    }

    /// Takes `steps`. `false` when none is left: then what is being done must end, for its answer is not used.
    pub fn spend(&self, steps: usize) -> bool {
        let steps = steps as u64;
        let before = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_sub(steps)));
        before.is_ok_and(|left| left > steps)
    }

    /// Whether none is left.
    pub fn is_spent(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}
