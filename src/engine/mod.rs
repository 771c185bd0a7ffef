//! Stores records and answers queries, behind one trait.
