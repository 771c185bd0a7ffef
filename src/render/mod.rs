//! Writes records and hits in the formats of `--format`, one file each.
