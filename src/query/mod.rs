//! What a person asks: the tree of a query, the parser of its text, and snippets.
