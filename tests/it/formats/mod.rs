//! Every format gives what a person reads in it.
//!
//! Properties tested: documents written for the project give the fields that stand in them ([`written`], [`data`]); the real files
//! beside the checkout, where they are, give the facts that were read off them by hand ([`real`], [`pages`]); broken and hostile
//! input gives a refusal, the rest of a file is carried on ([`broken`]), and nothing panics or takes long ([`fuzz`]).

mod broken;
mod data;
mod documents;
mod expected;
mod fuzz;
mod pages;
mod real;
mod written;

use std::io::Cursor;
use std::ops::ControlFlow;

use dictum::article::Article;
use dictum::parse::{self, Options};
use dictum::read::{Origin, Refusal};

/// Reads a file of this name and content as `ingest` would, decompression aside.
fn read(name: &str, bytes: &[u8]) -> (Vec<Article>, Vec<Refusal>) {
    let origin = Origin { path: format!("in/{name}"), below: name.to_owned() };
    let (mut articles, mut refusals) = (Vec::new(), Vec::new());
    let flow = parse::articles(&mut Cursor::new(bytes), &origin, &Options::default(), &mut |result| {
        match result {
            Ok(article) => articles.push(article),
            Err(refusal) => refusals.push(refusal),
        }
        ControlFlow::Continue(())
    });
    assert_eq!(flow, ControlFlow::Continue(()), "{name}: only the sink may stop");
    (articles, refusals)
}
