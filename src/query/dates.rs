//! Dates in queries: a year, a month or a day, ranges of them, and "today".

use jiff::civil::Date;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};

use super::ast::{DateRange, Edge};

const HELP: &str = "write date:2025, date:2025-04, date:2025-04-30, date:2025-04..2025-05, date:>2025-04-01 or date:<2025";

/// The range that `text` names, as after `date:`.
///
/// # Errors
/// What is wrong with it and how to write it.
pub fn range(text: &str) -> Result<DateRange, String> {
    let text = text.trim();
    let unread = |part: &str| format!("{part:?} is no date: {HELP}");
    if text.is_empty() {
        return Err(format!("no date is given: {HELP}"));
    }
    if let Some((from, to)) = lucene(text) {
        return range(&format!("{from}..{to}"));
    }
    if let Some((from, to)) = text.split_once("..") {
        let from = if from.is_empty() { None } else { Some(period(from).ok_or_else(|| unread(from))?.0) };
        let to = if to.is_empty() { None } else { Some(period(to).ok_or_else(|| unread(to))?.1) };
        if let (Some(from), Some(to)) = (from, to)
            && from.seconds() >= to.seconds()
        {
            return Err(format!("the range {text:?} ends before it begins"));
        }
        return Ok(DateRange { from, to });
    }
    for (sign, after, whole) in [(">=", true, true), ("<=", false, true), (">", true, false), ("<", false, false)] {
        if let Some(part) = text.strip_prefix(sign) {
            let (start, end) = period(part).ok_or_else(|| unread(part))?;
            return Ok(match (after, whole) {
                (true, true) => DateRange { from: Some(start), to: None },
                (true, false) => DateRange { from: Some(end), to: None },
                (false, true) => DateRange { from: None, to: Some(end) },
                (false, false) => DateRange { from: None, to: Some(start) },
            });
        }
    }
    let (from, to) = period(text).ok_or_else(|| unread(text))?;
    Ok(DateRange { from: Some(from), to: Some(to) })
}

/// From the start of `text` on, as `--since` takes it.
///
/// # Errors
/// What is wrong with it and how to write it.
pub fn since(text: &str) -> Result<DateRange, String> {
    let (from, _) = period(text).ok_or_else(|| flag_error(text))?;
    Ok(DateRange { from: Some(from), to: None })
}

/// Up to the end of `text`, as `--until` takes it.
///
/// # Errors
/// What is wrong with it and how to write it.
pub fn until(text: &str) -> Result<DateRange, String> {
    let (_, to) = period(text).ok_or_else(|| flag_error(text))?;
    Ok(DateRange { from: None, to: Some(to) })
}

/// The ends of "[2025-04 TO 2025-05]", where a star stands for no end.
fn lucene(text: &str) -> Option<(&str, &str)> {
    let (from, to) = text.strip_prefix(['[', '{'])?.strip_suffix([']', '}'])?.split_once(" TO ")?;
    Some((from.trim().trim_matches('*'), to.trim().trim_matches('*')))
}

fn flag_error(text: &str) -> String {
    format!("{text:?} is no date: write 2025, 2025-04, 2025-04-30, \"April 2025\", today or 7d (7 days ago)")
}

/// The first second of a year, month, day or moment, and the second after its last.
fn period(text: &str) -> Option<(Edge, Edge)> {
    let text = text.trim();
    if text.contains('T') {
        let moment: jiff::Timestamp = text.parse().ok()?;
        return Some((Edge::Moment(moment.as_second()), Edge::Moment(moment.as_second() + 1)));
    }
    let second = |date: Date| TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok().map(|at| Edge::Wall(at.as_second()));
    let today = || TimeZone::system().to_datetime(Timestamp::now()).date();
    let (start, end) = match text.to_lowercase().as_str() {
        "today" => (today(), today().tomorrow().ok()?),
        "yesterday" => (today().yesterday().ok()?, today()),
        text if let Some(day) = ago(text) => (day, day.tomorrow().ok()?),
        text if let Some((start, end)) = in_words(text) => (start, end),
        text => {
            let mut parts = text.split(['-', '/']);
            let year = number(parts.next()?, 4, 4)?;
            let month = parts.next().map(|p| number(p, 1, 2)).map_or(Some(None), |m| m.map(Some))?;
            let day = parts.next().map(|p| number(p, 1, 2)).map_or(Some(None), |d| d.map(Some))?;
            if parts.next().is_some() {
                return None;
            }
            let month8 = |m: i16| i8::try_from(m).ok();
            let start = Date::new(year, month8(month.unwrap_or(1))?, month8(day.unwrap_or(1))?).ok()?;
            let span = match (month, day) {
                (None, _) => 1.year(),
                (_, None) => 1.month(),
                _ => 1.day(),
            };
            (start, start.checked_add(span).ok()?)
        }
    };
    Some((second(start)?, second(end)?))
}

/// The day of "7d", "7 days ago", "2 weeks ago".
fn ago(text: &str) -> Option<Date> {
    let unit_at = text.find(|c: char| !c.is_ascii_digit()).filter(|&at| at > 0)?;
    let count: i64 = text[..unit_at].parse().ok()?;
    let span = match text[unit_at..].trim().trim_end_matches("ago").trim().trim_end_matches('s') {
        "d" | "day" => Span::new().try_days(count),
        "w" | "week" => Span::new().try_weeks(count),
        "month" => Span::new().try_months(count),
        "y" | "year" => Span::new().try_years(count),
        _ => return None,
    };
    TimeZone::system().to_datetime(Timestamp::now()).date().checked_sub(span.ok()?).ok()
}

/// The month of "April 2025" and the day of "15 April 2025" or "April 15, 2025", with what follows it.
fn in_words(text: &str) -> Option<(Date, Date)> {
    if !text.contains(|c: char| c.is_alphabetic()) {
        return None;
    }
    let month = |form: &str| strtime::parse(form, text).ok();
    if let Some(read) = month("%B %Y").or_else(|| month("%b %Y")) {
        let start = Date::new(read.year()?, read.month()?, 1).ok()?;
        return Some((start, start.checked_add(1.month()).ok()?));
    }
    let day = crate::parse::dates::line(text)?;
    let start = TimeZone::UTC.to_datetime(Timestamp::from_second(day.wall_clock()).ok()?).date();
    Some((start, start.tomorrow().ok()?))
}

fn number(text: &str, least: usize, most: usize) -> Option<i16> {
    ((least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_end_where_the_next_begins() {
        let range = |text| range(text).unwrap();
        assert_eq!(range("2025"), range("2025-01..2025-12"));
        assert_eq!(range("2025-02"), range("2025-02-01..2025-02-28"));
        assert_eq!(range(">2025").from, range("2026").from);
        assert_eq!(range(">=2025").from, range("2025").from);
        assert_eq!(range("<=2025").to, range("2025").to);
        assert_eq!(range("<2025").to, range("2025").from);
        assert_eq!(range("2025-04.."), DateRange { from: range("2025-04").from, to: None });
        assert_eq!(range("2025-4-5"), range("2025-04-05"));
        assert_eq!(range("[2025-04 TO 2025-05]"), range("2025-04..2025-05"));
        assert_eq!(range("[* TO 2025-05]"), range("..2025-05"));
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let range = |text| range(text).unwrap();
        for text in ["April 2025", "Apr 2025", "april 2025"] {
            assert_eq!(range(text), range("2025-04"), "{text}");
        }
        for text in ["15 April 2025", "April 15, 2025", "15 Apr 2025"] {
            assert_eq!(range(text), range("2025-04-15"), "{text}");
        }
        assert_eq!(since("7d"), since("7 days ago"));
        assert_eq!(since("1 week ago"), since("7d"));
        assert_eq!(since("1d"), since("yesterday"));
    }

    #[test]
    fn a_day_is_the_one_that_is_printed() {
        let late = crate::article::Date::from_rfc3339("2024-11-06T23:51:00-05:00").unwrap();
        assert!(range("2024-11-06").unwrap().holds(&late) && !range("2024-11-07").unwrap().holds(&late));
        assert!(range(">=2024-11-07T04:00:00Z").unwrap().holds(&late));
        assert!(!since("2024-11-07").unwrap().holds(&late) && until("2024-11-06").unwrap().holds(&late));
    }

    #[test]
    fn what_is_no_date_is_said_to_be_none() {
        for text in [
            "",
            "soon",
            "2025-13",
            "2025-02-30",
            "99999",
            "2025-05..2025-04",
            ">",
            "2025-01-01-01",
            "-",
            "7",
            "7x",
            "99999999999999d",
            "April",
            "[a TO b]",
        ] {
            assert!(range(text).is_err(), "{text}");
        }
    }
}
