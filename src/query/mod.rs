//! What is asked: the query language and its tree, the words it looks for, and the snippets that show them.

pub mod words;
