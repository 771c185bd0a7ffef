//! Finds files in sorted order, decompresses them and decodes them to UTF-8; reports what was skipped and why.
