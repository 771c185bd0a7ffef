//! The names that a user says are of one: `Full Name = variant; variant`, a line each.

use rustc_hash::FxHashMap;

use super::spelling::fold;

/// Names with their variants, as a user's file gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// Every form, folded, with the place of its name in `names`.
    forms: FxHashMap<String, usize>,
    /// Each name, then its variants, as they are written.
    names: Vec<Vec<String>>,
}

/// A line that says nothing of names.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct AliasError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong with it, and what to write instead.
    pub what: String,
}

impl Aliases {
    /// Reads lines `Full Name = variant; variant`; empty ones and those that begin with `#` are passed over.
    ///
    /// # Errors
    /// When a line has no `=`, nothing before or behind it, or gives a variant that another line gives to another name.
    pub fn read(text: &str) -> Result<Self, AliasError> {
        let mut aliases = Self::default();
        for (line, words) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let words = words.trim();
            if words.is_empty() || words.starts_with('#') {
                continue;
            }
            let error = |what: String| AliasError { line, what };
            let (name, variants) =
                words.split_once('=').ok_or_else(|| error("write it as Full Name = variant; another variant".to_owned()))?;
            let all: Vec<String> =
                std::iter::once(name).chain(variants.split(';')).map(|n| n.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            let all: Vec<String> = all.into_iter().enumerate().filter(|(k, n)| *k == 0 || !n.is_empty()).map(|(_, n)| n).collect();
            if key(&all[0]).is_empty() || all.len() < 2 {
                return Err(error("it lacks a name before the = or a variant behind it".to_owned()));
            }
            // Two lines may give variants of one name.
            let at = aliases.forms.get(&key(&all[0])).copied().filter(|&at| key(&aliases.names[at][0]) == key(&all[0]));
            let at = at.unwrap_or(aliases.names.len());
            if at == aliases.names.len() {
                aliases.names.push(Vec::new());
            }
            for form in all {
                match aliases.forms.insert(key(&form), at) {
                    Some(other) if other != at => {
                        return Err(error(format!("{form} is said to be {} before", aliases.names[other][0])));
                    }
                    Some(_) => {}
                    None => aliases.names[at].push(form),
                }
            }
        }
        Ok(aliases)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name and its variants, where `form` is one of them.
    #[must_use]
    pub fn of(&self, form: &str) -> Option<&[String]> {
        if self.is_empty() {
            return None; // a name is folded only where there is something to find
        }
        self.forms.get(&key(form)).map(|&at| self.names[at].as_slice())
    }
}

/// A name for comparing.
fn key(name: &str) -> String {
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–'))
        .map(fold)
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_leads_to_its_name() {
        let aliases = Aliases::read("# ours\n\nAna Kordová = A. Korda; Korda\nana kordova = La Korda\n").unwrap();
        let all = ["Ana Kordová", "A. Korda", "Korda", "La Korda"];
        for form in all.into_iter().chain(["la  korda", "ANA KORDOVA"]) {
            assert_eq!(aliases.of(form).unwrap(), all);
        }
        assert_eq!(aliases.of("Maria Korda"), None);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        for (text, line, what) in [
            ("Ana Korda", 1, "write it as"),
            ("\nAna Korda = ", 2, "lacks a name"),
            (" = Korda", 1, "lacks a name"),
            ("Ana Korda = Korda\nMaria Korda = korda", 2, "is said to be Ana Korda"),
        ] {
            let error = Aliases::read(text).unwrap_err();
            assert_eq!(error.line, line, "{text}");
            assert!(error.what.contains(what), "{}", error.what);
        }
    }
}
