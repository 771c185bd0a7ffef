//! `--watch`: another pass whenever something changes under the folders given.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, bail};
use notify::event::ModifyKind;
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
pub struct Watch<'a> {
    roots: &'a [PathBuf],
    changes: Receiver<Change>,
    watcher: RecommendedWatcher,
    /// What stands at each root: another folder may come in its place, of which the watcher knows nothing.
    standing: Vec<Option<Identity>>,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// Something under a root.
    Under,
    /// A root was moved or removed.
    Root,
}

/// By which a folder or file is told from another of its name.
type Identity = (u64, u64);

/// Begins to note changes under the roots of `source`: before they are first read, so that no file is missed.
pub fn start(source: &Source) -> anyhow::Result<Watch<'_>> {
    let (tell, changes) = channel();
    let roots = source.roots.clone();
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        let moves = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
        if moves && event.paths.iter().any(|path| roots.contains(path)) {
            let _ = tell.send(Change::Root);
        } else if !matches!(event.kind, EventKind::Access(_)) {
            // Reading a file is an event too, and a pass reads.
            let _ = tell.send(Change::Under);
        }
    })
    .context("--watch")?;
    let mut watch = Watch { roots: &source.roots, changes, watcher, standing: Vec::new() };
    for root in watch.roots {
        if root == Path::new("-") {
            bail!("--watch cannot watch standard input");
        }
        watch.watcher.watch(root, RecursiveMode::Recursive).with_context(|| format!("--watch {}", root.display()))?;
        watch.standing.push(identity(root));
    }
    Ok(watch)
}

impl Watch<'_> {
    /// Calls `again` after every change, until interrupted.
    pub fn run(
        &mut self,
        interrupt: &Interrupt,
        console: &mut Console,
        mut again: impl FnMut(&mut Console) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        console.note(format_args!("watching; Ctrl-C ends it"));
        while !interrupt.came() {
            let change = match self.changes.recv_timeout(LOOK) {
                Ok(change) => Some(change),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let anew = self.watch_anew(change == Some(Change::Root), console);
            if change.is_none() && !anew {
                continue;
            }
            while self.changes.recv_timeout(QUIET) != Err(RecvTimeoutError::Timeout) && !interrupt.came() {}
            if !interrupt.came() {
                again(console)?;
            }
        }
        Ok(())
    }

    /// Watches what has come in the place of a root, which `moved` perhaps; whether there is such.
    fn watch_anew(&mut self, moved: bool, console: &Console) -> bool {
        let mut anew = false;
        for (root, standing) in self.roots.iter().zip(&mut self.standing) {
            let now = identity(root);
            if now == *standing && !moved {
                continue;
            }
            if now.is_none() && standing.is_some() {
                console.note(format_args!("{} has gone: what comes in its place will be read", root.display()));
            }
            if standing.is_some() {
                // It is not watched any more where it was removed.
                let _ = self.watcher.unwatch(root);
            }
            *standing = now.filter(|_| self.watcher.watch(root, RecursiveMode::Recursive).is_ok());
            anew |= standing.is_some();
        }
        anew
    }
}

/// What stands at `path`, if anything.
#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let data = path.metadata().ok()?;
    Some((data.dev(), data.ino()))
}

/// What stands at `path`, if anything; where files have no numbers, by when it was made.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    let made = path.metadata().ok()?.created().ok();
    let since = made.and_then(|made| made.duration_since(std::time::UNIX_EPOCH).ok()).unwrap_or_default();
    Some((since.as_secs(), since.subsec_nanos().into()))
}
