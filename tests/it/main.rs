//! The integration tests, in one crate so that they are linked once: the program run as people run it, the sample corpus
//! against what a person found in it, and what holds for the whole of the source. What one module does is tested in it.

mod across;
mod asking;
mod bad_input;
mod copies;
mod desk;
mod extract;
mod formats;
mod ids;
mod ingest;
#[cfg(unix)]
mod interrupt;
mod manners;
mod many_files;
mod models;
mod readme;
mod records;
mod sample_corpus;
mod tidy;
mod whereabouts;
