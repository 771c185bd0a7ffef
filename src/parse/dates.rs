//! Dates in the forms that news uses.

use crate::article::Date;

/// The date that `text` is, in whatever form; `None` where it is none.
#[must_use]
pub fn read(text: &str) -> Option<Date> {
    Date::from_rfc3339(text.trim()).ok()
}
