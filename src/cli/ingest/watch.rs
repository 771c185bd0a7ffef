//! `--watch`: another pass whenever something changes under the folders given.

use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, bail};
use notify::{EventKind, RecursiveMode, Watcher};

use crate::cli::flow::Source;
use crate::cli::output::Console;

/// Files are taken once nothing has happened for so long: whoever writes them is done then, as a rule. Those that are not
/// are taken again when they change again.
const QUIET: Duration = Duration::from_millis(500);

/// Calls `again` after every change under the roots of `source`, until the process is interrupted.
pub fn run(source: &Source, console: &mut Console, mut again: impl FnMut(&mut Console) -> anyhow::Result<()>) -> anyhow::Result<()> {
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
    console.note(format_args!("watching; Ctrl-C ends it"));
    while changes.recv().is_ok() {
        while changes.recv_timeout(QUIET) != Err(RecvTimeoutError::Timeout) {}
        again(console)?;
    }
    Ok(())
}
