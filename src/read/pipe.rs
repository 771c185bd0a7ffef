//! Standard input and pipes, which can be broken off: whoever writes there may never be done, or never begin, and a read cannot
//! be called back.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// How often one looks for the wish to stop while nothing comes.
const LOOK: Duration = Duration::from_millis(100);

/// A stream up to its end, or until `stop` is set.
pub(super) struct Pipe {
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: Vec<u8>,
    given: usize,
    stop: Arc<AtomicBool>,
}

impl Pipe {
    /// Standard input.
    pub(super) fn stdin(stop: Arc<AtomicBool>) -> Self {
        Self::new(stop, |give| pass_on(&mut io::stdin().lock(), give))
    }

    /// A pipe that has a name; even to open it may take for ever.
    pub(super) fn named(path: PathBuf, stop: Arc<AtomicBool>) -> Self {
        Self::new(stop, move |give| match File::open(path) {
            Ok(pipe) => pass_on(&mut BufReader::with_capacity(1 << 16, pipe), give),
            Err(error) => drop(give.send(Err(error))),
        })
    }

    /// Reads in a thread of its own, which nobody waits for.
    fn new(stop: Arc<AtomicBool>, read: impl FnOnce(&SyncSender<io::Result<Vec<u8>>>) + Send + 'static) -> Self {
        let (give, chunks) = sync_channel(16);
        thread::spawn(move || read(&give));
        Self { chunks, chunk: Vec::new(), given: 0, stop }
    }
}

/// Whether what stands at `path` is neither a file nor a folder.
pub(super) fn is_pipe(path: &Path) -> bool {
    path.metadata().is_ok_and(|data| !data.is_file() && !data.is_dir())
}

fn pass_on(input: &mut dyn BufRead, give: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let chunk = match input.fill_buf() {
            Ok([]) => return,
            Ok(bytes) => Ok(bytes.to_vec()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => Err(error),
        };
        let read = chunk.as_ref().map_or(0, Vec::len);
        input.consume(read);
        if give.send(chunk).is_err() || read == 0 {
            return;
        }
    }
}

impl Read for Pipe {
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
