//! Standard output and standard error as the subcommands see them: whether they are a terminal, their colours, their width.

use std::fmt;
use std::io::{self, IsTerminal, Write};

use super::args::When;
use crate::render::theme::{Theme, printable};

/// Where a subcommand prints: data on standard output, messages on standard error.
pub struct Console {
    out: io::BufWriter<io::Stdout>,
    theme: Theme,
}

impl Console {
    /// The console of this process, coloured as `color` says.
    pub fn new(color: When) -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let colored = match color {
            When::Always => true,
            When::Never => false,
            When::Auto => anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never,
        };
        let width = terminal.then(|| terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0)));
        Self { out: io::BufWriter::with_capacity(1 << 16, stdout), theme: Theme::new(colored, width) }
    }

    /// Where data goes, and how it is coloured.
    pub fn out(&mut self) -> (&mut dyn Write, &Theme) {
        (&mut self.out, &self.theme)
    }

    /// Whether a person sees standard error, so that a progress bar makes sense.
    pub fn shows_progress(&self) -> bool {
        io::stderr().is_terminal()
    }

    /// Writes out what is buffered.
    ///
    /// # Errors
    /// When standard output does not take it.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Says what stopped the program.
    pub fn error(&self, message: fmt::Arguments<'_>) {
        say(&format!("dictum: {message}"));
    }

    /// Says something beside the data: a refused input, a summary, an advice.
    pub fn note(&self, message: fmt::Arguments<'_>) {
        say(&message.to_string());
    }
}

/// A message that cannot be written (standard error is closed) is let go: there is nobody to tell.
fn say(message: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", printable(message));
}

/// Whether the reader of standard output has gone, as `head` does when it has seen enough.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let kind = cause
            .downcast_ref::<io::Error>()
            .map(io::Error::kind)
            .or_else(|| cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind));
        kind == Some(io::ErrorKind::BrokenPipe)
    })
}
