//! Cases drawn under the text.
