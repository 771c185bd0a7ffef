//! The subcommands: the only place that prints.

use std::io::{self, BufRead, Write};

use crate::annotate::Annotator;
use crate::annotation::Record;
use crate::article::Article;

/// Annotates the JSON Lines of standard input, a record a line.
///
/// # Errors
/// When a line is no article or the output cannot be written.
pub fn extract() -> anyhow::Result<()> {
    let annotator = Annotator::new();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let article: Article = serde_json::from_str(&line?)?;
        let annotations = annotator.annotate(&article);
        serde_json::to_writer(&mut out, &Record::new(article, annotations))?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}
