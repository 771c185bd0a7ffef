//! Words of a query that begin with a minus: `dictum query oil -gas` leaves gas out, though a minus also begins options.
//!
//! Before clap sees the arguments, each that can only be a word has its minus changed into [`MINUS`], which clap takes for a
//! letter; [`typed`] changes it back. An option written with one minus (`-format json`) is refused, with both ways to write it.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{ArgAction, CommandFactory, Error};

use super::args::Cli;
use crate::query::distance;

/// The minus sign of mathematics, which a query also reads as "without".
const MINUS: char = '−';

/// The subcommands that are followed by words.
const ASKING: [&str; 4] = ["query", "quotes", "top", "timeline"];

/// The arguments of the program as clap may read them, and what is to be said of them.
#[derive(Debug, Default, PartialEq)]
pub struct Marked {
    /// The arguments.
    pub args: Vec<OsString>,
    /// Readings that may not be meant.
    pub notes: Vec<String>,
}

/// Marks the words among `args` that begin with a minus.
///
/// # Errors
/// When an option is written with one minus.
pub fn marked(args: impl Iterator<Item = OsString>) -> Result<Marked, Error> {
    let mut marked = Marked { args: args.collect(), notes: Vec::new() };
    let Some((at, name)) = subcommand(&marked.args) else { return Ok(marked) };
    let end = marked.args.iter().position(|arg| arg == "--").unwrap_or(marked.args.len());
    let candidates: Vec<usize> = (at + 1..end).filter(|&i| marked.args[i].to_str().and_then(without).is_some()).collect();
    if candidates.is_empty() {
        return Ok(marked);
    }
    let options = options_of(name);
    let takes_value = |arg: &OsString| options.iter().any(|(long, value)| *value && arg.to_str() == Some(&format!("--{long}")));
    for i in candidates {
        if takes_value(&marked.args[i - 1]) {
            continue;
        }
        let Some(word) = marked.args[i].to_str().and_then(without).map(str::to_owned) else { continue };
        let near = options.iter().map(|(long, _)| long).find(|long| long.len() > 4 && distance(&word, long, 1).is_some());
        if options.iter().any(|(long, _)| *long == word) {
            let both = format!("-{word} is no option: write --{word} for the option, or \"NOT {word}\" to leave the word out");
            return Err(Cli::command().error(ErrorKind::UnknownArgument, both));
        }
        if let Some(near) = near {
            marked.notes.push(format!("-{word} is read as: without {word} (the option is --{near})"));
        }
        marked.args[i] = format!("{MINUS}{word}").into();
    }
    Ok(marked)
}

/// What a person typed as the words of a query.
pub fn typed(words: &[String]) -> String {
    let typed = words.iter().map(|word| match word.strip_prefix(MINUS) {
        Some(rest) => format!("-{rest}"),
        None => word.clone(),
    });
    typed.collect::<Vec<_>>().join(" ")
}

/// The word behind the minus, where it is a word: more than one letter, or a bracket or a phrase. One letter is an option.
fn without(arg: &str) -> Option<&str> {
    let word = arg.strip_prefix('-')?;
    let mut chars = word.chars();
    let first = chars.next()?;
    let begins = first.is_alphanumeric() && chars.next().is_some() || first.is_numeric() && arg != "-0" || matches!(first, '(' | '"' | '“');
    begins.then_some(word)
}

/// Where the subcommand stands, if it is one that is followed by words.
fn subcommand(args: &[OsString]) -> Option<(usize, &'static str)> {
    let mut at = 1;
    while let Some(arg) = args.get(at).and_then(|arg| arg.to_str()) {
        match arg {
            "--color" => at += 2,
            _ if arg.starts_with('-') => at += 1,
            _ => return ASKING.into_iter().find(|name| *name == arg).map(|name| (at, name)),
        }
    }
    None
}

/// The long options of a subcommand, and whether each takes a value.
fn options_of(name: &str) -> Vec<(String, bool)> {
    let mut command = Cli::command();
    command.build();
    let found = command.find_subcommand(name).into_iter().flat_map(clap::Command::get_arguments);
    let option = |arg: &clap::Arg| Some((arg.get_long()?.to_owned(), matches!(arg.get_action(), ArgAction::Set | ArgAction::Append)));
    found.filter_map(option).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<(String, Vec<String>), String> {
        let marked = marked(line.split(' ').map(OsString::from)).map_err(|e| e.to_string())?;
        let args: Vec<&str> = marked.args.iter().map(|arg| arg.to_str().unwrap()).collect();
        Ok((args.join(" "), marked.notes))
    }

    #[test]
    fn a_word_behind_a_minus_is_no_option() {
        for (line, expected) in [
            ("dictum query oil -gas", "dictum query oil −gas"),
            ("dictum query -gas oil --limit 3", "dictum query −gas oil --limit 3"),
            ("dictum quotes oil -title:gas -(a OR b) -5x", "dictum quotes oil −title:gas −(a OR b) −5x"),
            ("dictum query oil -0 --format ids", "dictum query oil -0 --format ids"),
            ("dictum query oil -x -h", "dictum query oil -x -h"),
            ("dictum query oil --speaker -gas", "dictum query oil --speaker -gas"),
            ("dictum query --fromat oil", "dictum query --fromat oil"),
            ("dictum query -- oil -gas", "dictum query -- oil -gas"),
            ("dictum --color never top people -gas", "dictum --color never top people −gas"),
            ("dictum ingest -gas", "dictum ingest -gas"),
        ] {
            assert_eq!(read(line).unwrap(), (expected.to_owned(), vec![]), "{line}");
        }
        assert_eq!(typed(&["oil".to_owned(), "−gas".to_owned()]), "oil -gas");
    }

    #[test]
    fn an_option_with_one_minus_is_told_from_a_word() {
        let refused = read("dictum query oil -format json").unwrap_err();
        assert!(refused.contains("--format for the option") && refused.contains("NOT format"), "{refused}");
        let (line, notes) = read("dictum query oil -fromat").unwrap();
        assert_eq!(line, "dictum query oil −fromat");
        assert_eq!(notes, ["-fromat is read as: without fromat (the option is --format)"]);
    }
}
