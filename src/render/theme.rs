//! How things look on a terminal: colours by what a word is, and nothing that could command the terminal.

use std::borrow::Cow;
use std::fmt;

use anstyle::{AnsiColor, Style};

/// The colours, or none, and the width to wrap at, where there is one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Theme {
    color: bool,
    width: Option<usize>,
}

/// What a stretch of output is; each has its own look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A headline.
    Title,
    /// A person's name.
    Person,
    /// An organization's name.
    Organization,
    /// A place's name.
    Place,
    /// The words of a quote.
    Quote,
    /// The words that report a quote.
    Cue,
    /// A word that matched.
    Highlight,
    /// What is of lesser weight: dates, ids, paths, counts.
    Faint,
}

impl Theme {
    /// Coloured or not, wrapped at `width` or not at all.
    #[must_use]
    pub fn new(color: bool, width: Option<usize>) -> Self {
        Self { color, width }
    }

    /// Whether colours are used.
    #[must_use]
    pub fn is_colored(&self) -> bool {
        self.color
    }

    /// The columns to wrap at; none where the output is no terminal.
    #[must_use]
    pub fn width(&self) -> Option<usize> {
        self.width
    }

    /// `text` in the look of `role`, without control characters.
    #[must_use]
    pub fn paint<'a>(&self, role: Role, text: &'a str) -> Painted<'a> {
        Painted { style: self.style(role), text: printable(text) }
    }

    /// The look of `role`; the plain style where colours are off.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        if !self.color {
            return Style::new();
        }
        match role {
            Role::Title => Style::new().bold(),
            Role::Person => AnsiColor::Cyan.on_default().bold(),
            Role::Organization => AnsiColor::Blue.on_default().bold(),
            Role::Place => AnsiColor::Magenta.on_default(),
            Role::Quote => AnsiColor::Green.on_default(),
            Role::Cue => Style::new().underline(),
            Role::Highlight => AnsiColor::Yellow.on_default().bold(),
            Role::Faint => Style::new().dimmed(),
        }
    }
}

/// A text with its look; write it with `{}`.
#[derive(Clone, Debug)]
pub struct Painted<'a> {
    style: Style,
    text: Cow<'a, str>,
}

impl fmt::Display for Painted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{:#}", self.style, self.text, self.style)
    }
}

/// `text` without what a terminal would obey instead of show: control characters other than the line feed and the tab,
/// and the marks that turn the direction of writing.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().any(commands_terminal) {
        Cow::Owned(text.chars().filter(|c| !commands_terminal(*c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a terminal would obey `c` instead of showing it.
#[must_use]
pub fn commands_terminal(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_a_terminal_is_left_out() {
        assert_eq!(printable("a\u{1b}[31mb\u{9b}2Jc\u{202e}d\r\n\te\u{7f}"), "a[31mb2Jcd\n\te");
        assert!(matches!(printable("plain – “text” é"), Cow::Borrowed(_)));
    }

    #[test]
    fn no_colour_means_no_escape_at_all() {
        let plain = Theme::new(false, None).paint(Role::Person, "Ann").to_string();
        let colored = Theme::new(true, None).paint(Role::Person, "Ann").to_string();
        assert_eq!(plain, "Ann");
        assert!(colored.starts_with('\u{1b}') && colored.ends_with("\u{1b}[0m") && colored.contains("Ann"));
    }
}
