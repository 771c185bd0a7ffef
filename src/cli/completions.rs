//! `dictum completions` and `dictum man`: what a shell and a reader of manuals want, made from the command line itself.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Outcome;
use super::args::Cli;
use super::output::Console;

const EXAMPLES: &str = "\
Examples:
  dictum completions bash > ~/.local/share/bash-completion/completions/dictum
  dictum completions fish > ~/.config/fish/completions/dictum.fish";

/// Print the completions of a shell.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct Completions {
    /// The shell.
    shell: Shell,
}

/// Prints the completions of one shell.
pub fn completions(args: &Completions, console: &mut Console) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "dictum", &mut script);
    console.out().0.write_all(&script)?;
    Ok(Outcome::Done)
}

/// Prints the manual page: of the program, then of each subcommand.
pub fn man(console: &mut Console) -> anyhow::Result<Outcome> {
    let mut program = Cli::command();
    // Gives the subcommands their full names, dictum-extract.
    program.build();
    let (out, _) = console.out();
    clap_mangen::Man::new(program.clone()).render(out)?;
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        clap_mangen::Man::new(command.clone()).render(out)?;
    }
    Ok(Outcome::Done)
}
