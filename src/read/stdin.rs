//! Standard input that can be broken off: whoever writes there may never be done, and a read cannot be called back.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// How often one looks for the wish to stop while nothing comes.
const LOOK: Duration = Duration::from_millis(100);

/// Standard input up to its end, or until `stop` is set.
pub(super) struct Stdin {
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: Vec<u8>,
    given: usize,
    stop: Arc<AtomicBool>,
}

impl Stdin {
    /// Reads in a thread of its own, which nobody waits for.
    pub(super) fn new(stop: Arc<AtomicBool>) -> Self {
        let (give, chunks) = sync_channel(16);
        thread::spawn(move || {
            let mut stdin = io::stdin().lock();
            loop {
                let chunk = match stdin.fill_buf() {
                    Ok([]) => return,
                    Ok(bytes) => Ok(bytes.to_vec()),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) => Err(error),
                };
                let read = chunk.as_ref().map_or(0, Vec::len);
                stdin.consume(read);
                if give.send(chunk).is_err() || read == 0 {
                    return;
                }
            }
        });
        Self { chunks, chunk: Vec::new(), given: 0, stop }
    }
}

impl Read for Stdin {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.chunk.len() {
            if self.stop.load(Ordering::Relaxed) {
                return Ok(0);
            }
            match self.chunks.recv_timeout(LOOK) {
                Ok(chunk) => (self.chunk, self.given) = (chunk?, 0),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
            }
        }
        let count = (&self.chunk[self.given..]).read(out)?;
        self.given += count;
        Ok(count)
    }
}
