//! `--watch`: another pass whenever something changes under the folders given.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, bail};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::cli::flow::Source;
use crate::cli::interrupt::Interrupt;
use crate::cli::output::Console;

/// Files are taken once nothing has happened for so long: whoever writes them is done then, as a rule. Those that are not
/// are taken again when they change again.
const QUIET: Duration = Duration::from_millis(500);

/// How often one looks whether to end.
const LOOK: Duration = Duration::from_millis(100);

/// What tells of changes.
pub struct Watch {
    changes: Receiver<()>,
    /// Held, as it ends with its value.
    _watcher: RecommendedWatcher,
}

/// Begins to note changes under the roots of `source`: before they are first read, so that no file is missed.
pub fn start(source: &Source) -> anyhow::Result<Watch> {
    let (tell, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is an event too, and a pass reads.
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            let _ = tell.send(());
        }
    })
    .context("--watch")?;
    for root in &source.roots {
        if root == Path::new("-") {
            bail!("--watch cannot watch standard input");
        }
        watcher.watch(root, RecursiveMode::Recursive).with_context(|| format!("--watch {}", root.display()))?;
    }
    Ok(Watch { changes, _watcher: watcher })
}

impl Watch {
    /// Calls `again` after every change, until interrupted.
    pub fn run(
        &self,
        interrupt: &Interrupt,
        console: &mut Console,
        mut again: impl FnMut(&mut Console) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        console.note(format_args!("watching; Ctrl-C ends it"));
        while !interrupt.came() {
            match self.changes.recv_timeout(LOOK) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while self.changes.recv_timeout(QUIET) != Err(RecvTimeoutError::Timeout) && !interrupt.came() {}
            if !interrupt.came() {
                again(console)?;
            }
        }
        Ok(())
    }
}
