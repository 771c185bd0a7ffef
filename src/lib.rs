//! dictum indexes news articles and answers who said what, about what, where and when.
//!
//! # The way of the data, one way only
//! [`read`] → [`parse`] → [`annotate`] → [`engine`] (index, with [`query`]) → [`render`], driven by [`cli`]:
//!
//! ```no_run
//! use dictum::annotate::Annotator;
//! use dictum::annotation::Record;
//! use dictum::engine::{Engine, local::LocalEngine};
//! use dictum::{parse, read};
//!
//! let annotator = Annotator::new();
//! let mut engine = LocalEngine::in_memory()?;
//! for file in read::files(&["sample_corpus".into()], &read::Selection::default()).flatten() {
//!     let _ = parse::file(&file, &read::Limits::default(), &parse::Options::default(), &mut |article| {
//!         if let Ok(article) = article {
//!             let annotations = annotator.annotate(&article);
//!             engine.add(&Record::new(article, annotations)).expect("room in memory");
//!         }
//!         std::ops::ControlFlow::Continue(())
//!     });
//! }
//! engine.commit()?;
//! # Ok::<(), dictum::engine::EngineError>(())
//! ```
//!
//! # Code map
//! A module uses only what stands before it in this list.
//!
//! | module | purpose | takes → gives |
//! |---|---|---|
//! | [`span`], [`article`], [`annotation`] | the domain types | |
//! | `digest` | a sum of bytes that is the same on every machine | |
//! | [`lexicon`] | word lists, the gazetteer and the model of names; each data file says where its facts come from | |
//! | [`read`] | finds files, decompresses and decodes them; says what was skipped and why | paths → bytes |
//! | [`parse`] | detects the format and dispatches; one file a format | bytes → [`Article`](article::Article) |
//! | [`annotate`] | every step on one screen | article → [`Annotations`](annotation::Annotations) |
//! | [`duplicate`] | whether two articles are one text | article → [`Sketch`](duplicate::Sketch) |
//! | [`revision`] | which of two versions is the later, and what changed | two [`Record`](annotation::Record)s → [`Revision`](revision::Revision) |
//! | [`query`] | the query language, its tree, snippets | text → [`Node`](query::ast::Node) |
//! | [`engine`] | trait [`Engine`](engine::Engine); only [`engine::local`] names Tantivy | records, requests → hits |
//! | [`render`] | text, JSON, CSV; one file each | records, hits → a [`Write`](std::io::Write) |
//! | [`cli`] | one file a subcommand; the only place that prints | arguments → exit code |
//!
//! From a wrong speaker one goes to the rule: every [`Quote`](annotation::Quote) names the one that tied it, and the names
//! stand in [`annotate`]'s `quotes`. A cue verb is a line of `lexicon/cues.tsv`; an output format is a file in [`render`]
//! and an arm in [`cli`]; an input format is a file in [`parse`], an arm of [`Format`](parse::Format) and a test of its
//! first bytes.
//!
//! # Invariants
//! - Spans are half-open byte ranges of the text they were found in, on character boundaries.
//! - [`annotate`] does no I/O and cannot fail.
//! - The library never prints and never exits; only [`cli`] does.
//! - Every attribution carries the name of the rule that made it and a confidence.
//! - An article and its quotes are written and deleted together.
//! - Nothing that parses input recurses without a bound.
//! - Same input, same options: same index, same output.
//!
//! # Words
//! - **Article**; **outlet**, who published it (`source` in output); **byline**, its writers; **dateline**, the place and
//!   agency at the head of the text.
//! - **Mention**: words that name something ("Mr. Witkoff", "he"). **Entity**: what they name: a **person**, an
//!   **organization**, a **location**. **Gazetteer**: the list of known places.
//! - **Quote**: what a source says; **direct** (all in quotation marks), **mixed** (partly), **indirect** (none). Its parts
//!   are the **content**, the **cue** ("said") and the **speaker mention** ("the envoy"); the **attribution** ties them.
//! - **Speaker**: the entity behind the mention: a named person or organization, **unnamed** ("a senior official"), the
//!   article's **author**, or **unknown**. Never guessed: unknown is an answer.
//! - **Scare quote**: quotation marks around words that nobody is said to have said.
//! - **Record**: an article with its annotations. **Hit**: an article or a quote that matches. **Snippet**: sentences around
//!   a match. **Highlight**: what matched, exactly. **Facet**: a count of hits by what they have in common.
//! - **Copy**: an article of the same text elsewhere.

pub mod annotate;
pub mod annotation;
pub mod article;
pub mod cli;
mod digest;
pub mod duplicate;
pub mod engine;
pub mod lexicon;
pub mod parse;
pub mod query;
pub mod read;
pub mod render;
pub mod revision;
pub mod span;
