//! The subcommands, one file each: the only place that prints.

mod advice;
pub mod args;
mod ask;
mod batch;
mod calibrate;
mod completions;
mod delete;
mod export;
mod extract;
mod flow;
mod gazetteer;
mod help;
mod history;
mod ids;
mod ingest;
mod interrupt;
mod ledger;
mod output;
mod place;
mod print;
mod query;
mod refusals;
mod related;
mod same;
mod saved;
mod schema;
mod show;
mod status;
mod timeline;
mod top;
mod train;
mod words;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use output::Console;

/// How a run ended; the exit code says it to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// What was asked for was done or found: 0.
    Done,
    /// Nothing was found, or some inputs were refused and the rest was done: 1.
    Partly,
    /// The user broke it off, and what was done until then is kept: 130.
    Interrupted,
}

/// Does what the command line says and gives the exit code: 0 done, 1 nothing found or some inputs refused, 2 an error,
/// 130 interrupted.
#[must_use]
pub fn run() -> ExitCode {
    let marked = words::marked(std::env::args_os()).unwrap_or_else(|error| error.exit());
    let cli = Cli::parse_from(marked.args);
    let mut console = Console::new(cli.color);
    for note in &marked.notes {
        console.note(format_args!("dictum: {note}"));
    }
    let result = dispatch(cli.command, &mut console).and_then(|outcome| {
        console.flush()?;
        Ok(outcome)
    });
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        Ok(Outcome::Interrupted) => ExitCode::from(interrupt::EXIT),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            console.error(format_args!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn dispatch(command: Command, console: &mut Console) -> anyhow::Result<Outcome> {
    match command {
        Command::Ingest(args) => ingest::run(&args, console),
        Command::Extract(args) => extract::run(&args, console),
        Command::Show(args) => show::run(&args, console),
        Command::History(args) => history::run(&args, console),
        Command::Export(args) => export::run(&args, console),
        Command::Delete(args) => delete::run(&args, console),
        Command::Status(args) => status::run(&args, console),
        Command::Query(args) => query::query(&args, console),
        Command::Quotes(args) => query::quotes(&args, console),
        Command::Top(args) => top::run(&args, console),
        Command::Timeline(args) => timeline::run(&args, console),
        Command::Related(args) => related::run(&args, console),
        Command::Alert(args) => saved::alert(&args, console),
        Command::Gazetteer(command) => gazetteer::run(&command, console),
        Command::Help(args) => help::run(&args, console),
        Command::Schema(args) => schema::run(&args, console),
        Command::Completions(args) => completions::completions(&args, console),
        Command::Train(args) => train::run(&args, console),
        Command::Calibrate(args) => calibrate::run(&args, console),
        Command::Man => completions::man(console),
    }
}
