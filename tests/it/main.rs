//! The integration tests, in one crate so that they are linked once.

mod sample_corpus;
