//! Why a hit is one, to read: what tied a quote to its speaker and how sure that is, and what a score is made of.

use std::io::{self, Write};

use serde_json::Value;

use super::record;
use super::theme::{Role, Theme};
use crate::annotation::Quote;

/// Writes the words for the speaker, the cue, the rule and the confidence, in figures and in words.
///
/// # Errors
/// When `out` does not take it.
pub fn attribution(out: &mut dyn Write, theme: &Theme, indent: &str, quote: &Quote) -> io::Result<()> {
    let reasons = format!("{}: {}", record::reasons(quote).join("; "), in_words(quote.confidence));
    writeln!(out, "{indent}{}", theme.paint(Role::Faint, &reasons.replace(['\n', '\r', '\t'], " ")))
}

fn in_words(confidence: f32) -> &'static str {
    match confidence {
        0.9.. => "sure",
        0.7.. => "likely",
        0.5.. => "more often right than wrong",
        _ => "unsure",
    }
}

/// Writes the parts of a score, each under what it is a part of.
///
/// # Errors
/// When `out` does not take it.
pub fn score(out: &mut dyn Write, theme: &Theme, indent: &str, explanation: &str) -> io::Result<()> {
    match serde_json::from_str(explanation) {
        Ok(whole) => part(out, theme, indent, &whole, 0),
        Err(_) => writeln!(out, "{indent}{}", theme.paint(Role::Faint, explanation)),
    }
}

fn part(out: &mut dyn Write, theme: &Theme, indent: &str, whole: &Value, depth: usize) -> io::Result<()> {
    const DEEPEST: usize = 12;
    let value = whole["value"].as_f64().unwrap_or_default();
    // a count is a whole number
    let value = if depth > 0 && value.fract() == 0.0 { format!("{value}") } else { format!("{value:.2}") };
    let what = match whole["description"].as_str() {
        // as Tantivy calls what it adds up
        Some("BooleanClause. sum of ...") => "sum of",
        what => what.unwrap_or("score"),
    };
    let line = format!("{value}  {}", what.replace(['\n', '\r', '\t'], " "));
    writeln!(out, "{indent}{:width$}{}", "", theme.paint(Role::Faint, &line), width = 2 * depth)?;
    if depth < DEEPEST {
        for detail in whole["details"].as_array().into_iter().flatten() {
            part(out, theme, indent, detail, depth + 1)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_told_by_its_parts() {
        let mut out = Vec::new();
        let explained = r#"{"value":5.5354,"description":"score","details":[{"value":5.5354,"description":"crimea","details":[
            {"value":2.0,"description":"times in body"}]}]}"#;
        score(&mut out, &Theme::default(), "   ", explained).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "   5.54  score\n     5.54  crimea\n       2  times in body\n");
    }
}
