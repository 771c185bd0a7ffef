//! Dates in the forms that news uses, to RFC 3339: with the offset that was written, else as UTC.
//!
//! A date of numbers that can be read both ways ("03/04/2025") is read as a weekday beside it says; else with the month first,
//! and comes with its other reading ([`Date::or`]), for [`order_in`] the file to decide. With dots between ("03.04.2025") the
//! day is first, as in German.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};

use crate::article::Date;

/// The date that `text` gives, in whatever form; `None` where it gives none.
///
/// Words around it do not matter: "Updated 10:04 p.m. ET, Tue September 3, 2024".
#[must_use]
pub fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 200 {
        return None;
    }
    if RFC3339.is_match(text)
        && let Ok(date) = Date::from_rfc3339(text)
    {
        return Some(date);
    }
    if let Some(number) = plain_number(text) {
        return from_number(number, text);
    }
    Some(found_in(text)?.date)
}

/// The date of a line that is nothing but a date, perhaps with "Published" or "Updated" before it; `None` for any other line.
#[must_use]
pub fn line(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 80 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let found = found_in(text)?;
    let words_known = WORD.find_iter(&found.rest).all(|word| {
        let word = word.as_str().to_lowercase();
        weekday(&word).is_some() || zone(&word.to_uppercase()).is_some() || ABOUT_DATES.contains(&word.as_str())
    });
    let digits_used = !found.rest.bytes().any(|byte| byte.is_ascii_digit());
    (found.has_day && words_known && digits_used).then_some(found.date)
}

/// Which of the numbers of a date is first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// 23/04/2025.
    DayFirst,
    /// 04/23/2025.
    MonthFirst,
}

/// The order of the dates in `text` that can be read in one way only; `None` where there is no such date, or they differ.
#[must_use]
pub fn order_in(text: &[u8]) -> Option<Order> {
    let number = |part: &[u8]| part.iter().fold(0_u32, |number, digit| 10 * number + u32::from(digit - b'0'));
    let (mut days, mut months) = (false, false);
    for found in NUMBERS.captures_iter(text) {
        let (a, b) = (number(&found["a"]), number(&found["b"]));
        days |= (13..=31).contains(&a) && (1..=12).contains(&b);
        months |= (1..=12).contains(&a) && (13..=31).contains(&b);
    }
    match (days, months) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// The date of a Unix time in seconds, milliseconds or microseconds, told by its size.
#[must_use]
pub fn from_epoch(number: f64) -> Option<Date> {
    let size = number.abs();
    let seconds = match size {
        _ if size < 1e8 => return None,
        _ if size < 1e11 => number,
        _ if size < 1e14 => number / 1e3,
        _ if size < 1e17 => number / 1e6,
        _ => return None,
    };
    // Whatever counts into another age is no date of news.
    if seconds.abs() >= LAST_EPOCH {
        return None;
    }
    // The bounds above keep the number well inside i64.
    #[expect(clippy::cast_possible_truncation)]
    let at = Timestamp::from_second(seconds.floor() as i64).ok()?;
    Date::from_rfc3339(&at.to_string()).ok()
}

/// The year 2200 as a Unix time.
const LAST_EPOCH: f64 = 7_258_118_400.0;

static RFC3339: LazyLock<Regex> = LazyLock::new(|| regex(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"));

/// "2025-04-03", "2025/4/3", "20250403T101500Z".
static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|[^\d])(?:(?P<y>[12]\d{3})\s*[-/.年년]\s*(?P<m>\d{1,2})\s*[-/.月월]\s*(?P<d>\d{1,2})|(?P<y2>[12]\d{3})(?P<m2>[01]\d)(?P<d2>[0-3]\d))(?:[日일]|[Tt_]|[^\d]|$)",
    )
});

/// "03/04/2025", "3.4.25".
static YEAR_LAST: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:^|[^\d])(?P<a>\d{1,2})(?P<sep>[-/.])\s?(?P<b>\d{1,2})[-/.]\s?(?P<y>[12]\d{3}|\d{2})(?:[^\d]|$)"));

/// The like of it in the bytes of a file.
static NUMBERS: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
    regex::bytes::Regex::new(r"(?-u)(?:^|[^\d/-])(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-][12]\d{3}\b").expect("a fixed pattern")
});

/// "3 April 2025", "3rd of April, 2025", "19-OCT-1987", "3. April 2025", "1er mai 2025", "3 de abril de 2025".
static DAY_MONTH: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)(?:^|[^\d])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-]*(?:of\s+|de\s+)?(?P<m>{MONTH})\b\.?[\s,-]*(?:de\s+|del\s+)?(?P<y>[12]\d{{3}}\b|['’]?\d{{2}}\b)"
    ))
});

/// "April 3, 2025", "Sept. 3rd 2024".
static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)\b(?P<m>{MONTH})\b\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b\s*(?:\([a-z]+\)|,?\s*(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)?[\s,]*(?P<y>[12]\d{{3}})\b"
    ))
});

/// "Apr 3 14:05:00 2025", as C and Twitter write it, with the zone before the year or not.
static YEAR_AFTER_TIME: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(?i)\b(?P<m>{MONTH})\s+(?P<d>\d{{1,2}})\s+(?P<t>\d{{1,2}}:\d\d(?::\d\d)?\s*(?:[+-]\d{{4}}|[A-Z]{{2,4}})?)\s+(?P<y>[12]\d{{3}})\b"
    ))
});

/// "April 2025", "2025-04": a whole month, whose first day is taken.
static MONTH_ONLY: LazyLock<Regex> =
    LazyLock::new(|| regex(&format!(r"(?i)^(?:(?P<m>{MONTH})\.?,?\s+(?P<y>[12]\d{{3}})|(?P<y2>[12]\d{{3}})[-/](?P<n>\d{{1,2}}))$")));

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?ix)(?:^|[^\d:.])
        (?: (?P<h>\d{1,2}) (?: [:.h] (?P<m>\d\d) (?: [:.] (?P<s>\d\d) (?:[.,]\d+)? )? )? \s* (?P<half>[ap])\.?\s?m\b\.?
          | (?P<h2>\d{1,2}) [:h] (?P<m2>\d\d) (?: : (?P<s2>\d{1,2}) (?:[.,]\d+)? )? (?:\s*(?:uhr|hrs|h)\b)?
          | (?P<h3>\d{2}) (?P<m3>\d\d) (?: (?P<s3>\d\d) )? \s* (?: hrs \b)?
          | (?P<h4>\d{1,2}) \. (?P<m4>\d\d) (?: \s*(?:uhr|hrs)\b | \s* $ | \s+[A-Z]{2,4}\b ) )",
    )
});

/// What may follow a time: "Z", "+01:00", "GMT", "GMT+2", "(EDT)".
static ZONE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^\s*(?:hrs\s*)?\(?(?:(?:GMT|UTC)?\s?(?P<sign>[+-−])(?P<h>\d{1,2}):?(?P<m>\d\d)?|(?P<name>[A-Za-z]{1,4})\b)(?P<after>[+-]\d{1,2}\b)?\)?",
    )
});

static WORD: LazyLock<Regex> = LazyLock::new(|| regex(r"\p{Alphabetic}+"));

const MONTH: &str = r"\p{L}{3,10}";

/// Words of a line that is a date, in the languages whose months are known.
const ABOUT_DATES: &[&str] = &[
    "published",
    "updated",
    "posted",
    "date",
    "last",
    "modified",
    "first",
    "created",
    "on",
    "at",
    "the",
    "of",
    "by",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "time",
    "local",
    "uhr",
    "um",
    "den",
    "am",
    "vom",
    "stand",
    "le",
    "à",
    "publié",
    "mis",
    "jour",
    "de",
    "del",
    "el",
    "a",
    "las",
    "hrs",
    "h",
    "and",
    "print",
    "edition",
    "issue",
    "uk",
    "us",
    "eastern",
    "t",
    "z",
];

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant of this file")
}

/// A date found among words.
struct Found {
    date: Date,
    has_day: bool,
    /// The text with the date and time taken out.
    rest: String,
}

fn found_in(text: &str) -> Option<Found> {
    let Day { day, other, range, has_day } = day_in(text)?;
    // The time stands before or after the day; in its own form it may stand inside (YEAR_AFTER_TIME).
    let mut rest = String::with_capacity(text.len());
    rest.push_str(&text[..range.start]);
    rest.push(' ');
    let inside = YEAR_AFTER_TIME.captures(text).and_then(|found| found.name("t"));
    if let Some(time) = inside {
        rest.push_str(time.as_str());
    }
    rest.push(' ');
    rest.push_str(&text[range.end..]);
    let (time, rest) = match time_in(&rest, day) {
        Some((time, offset, range)) => {
            rest.replace_range(range, " ");
            (Some((time, offset)), rest)
        }
        None => (None, rest),
    };
    let dated = |day: civil::Date| match time {
        // The end of a day is the beginning of the next.
        Some((Clock::Midnight, offset)) => written(day.tomorrow().ok()?.to_datetime(civil::Time::midnight()), offset),
        Some((Clock::At(time), offset)) => written(day.to_datetime(time), offset),
        None => written(day.to_datetime(civil::Time::midnight()), None),
    };
    let date = dated(day)?;
    let date = match other.and_then(dated) {
        Some(other) => date.or(other),
        None => date,
    };
    Some(Found { date, has_day, rest })
}

fn written(at: civil::DateTime, offset: Option<Offset>) -> Option<Date> {
    let text = match offset {
        None => format!("{at}Z"),
        Some(offset) if offset == Offset::UTC => format!("{at}Z"),
        Some(offset) => {
            let minutes = offset.seconds() / 60;
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{at}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    };
    Date::from_rfc3339(&text).ok()
}

/// A day found among words.
struct Day {
    day: civil::Date,
    /// The other day that its numbers may mean.
    other: Option<civil::Date>,
    range: Range<usize>,
    /// Whether the day itself was written.
    has_day: bool,
}

impl Day {
    fn new(day: civil::Date, range: Range<usize>) -> Self {
        Self { day, other: None, range, has_day: true }
    }
}

/// The day in `text`.
fn day_in(text: &str) -> Option<Day> {
    if let Some(found) = YEAR_FIRST.captures(text) {
        let part = |a, b| found.name(a).or(found.name(b)).and_then(|part| part.as_str().parse::<i16>().ok());
        let day = day(part("y", "y2")?, part("m", "m2")?, part("d", "d2")?);
        if let Some(day) = day {
            let start = found.name("y").or(found.name("y2"))?.start();
            let last = found.name("d").or(found.name("d2"))?.end();
            // The "T" or "日" that follows belongs to it.
            let after = text[last..].chars().next().filter(|c| matches!(c, 'T' | 't' | '_' | '日' | '일'));
            return Some(Day::new(day, start..last + after.map_or(0, char::len_utf8)));
        }
    }
    for pattern in [&YEAR_AFTER_TIME, &DAY_MONTH, &MONTH_DAY] {
        for found in pattern.captures_iter(text) {
            if let Some(day) = named(&found) {
                let start = found.name("d")?.start().min(found.name("m")?.start());
                return Some(Day::new(day, start..found.name("y")?.end()));
            }
        }
    }
    if let Some(found) = YEAR_LAST.captures(text) {
        let part = |name| found.name(name).and_then(|part| part.as_str().parse::<i16>().ok());
        let (a, b, y) = (part("a")?, part("b")?, full_year(part("y")?));
        let month_first = day(y, a, b).filter(|_| &found["sep"] != ".");
        let day_first = day(y, b, a);
        let said = WORD.find_iter(text).find_map(|word| weekday(&word.as_str().to_lowercase()));
        let fits = |day: &civil::Date| said.is_none_or(|said| day.weekday() == said);
        let day = month_first.filter(fits).or(day_first.filter(fits)).or(month_first).or(day_first)?;
        let other = day_first.filter(|other| *other != day && month_first == Some(day) && fits(other) == fits(&day));
        return Some(Day { other, ..Day::new(day, found.name("a")?.start()..found.name("y")?.end()) });
    }
    let found = MONTH_ONLY.captures(text)?;
    let first = match found.name("m") {
        Some(name) => day(found["y"].parse().ok()?, i16::from(month(name.as_str())?), 1),
        None => day(found["y2"].parse().ok()?, found["n"].parse().ok()?, 1),
    };
    Some(Day { has_day: false, ..Day::new(first?, 0..text.len()) })
}

fn named(found: &Captures<'_>) -> Option<civil::Date> {
    let year: i16 = found["y"].trim_start_matches(['\'', '’']).parse().ok()?;
    day(full_year(year), i16::from(month(&found["m"])?), found["d"].parse().ok()?)
}

/// Two digits are of 1970 to 2069.
fn full_year(year: i16) -> i16 {
    match year {
        0..70 => 2000 + year,
        70..100 => 1900 + year,
        _ => year,
    }
}

fn day(year: i16, month: i16, day: i16) -> Option<civil::Date> {
    if !(1600..2200).contains(&year) {
        return None;
    }
    civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A time of day.
#[derive(Clone, Copy)]
enum Clock {
    At(civil::Time),
    /// 24:00.
    Midnight,
}

/// The time in `text`, its offset, and where both stand.
fn time_in(text: &str, day: civil::Date) -> Option<(Clock, Option<Offset>, Range<usize>)> {
    for found in TIME.captures_iter(text) {
        let first = |names: &[&str]| names.iter().find_map(|name| found.name(name));
        let number = |part: Option<regex::Match<'_>>| part.map_or(Some(0), |part| part.as_str().parse::<i8>().ok());
        let hour_part = first(&["h", "h2", "h3", "h4"])?;
        let mut hour = number(Some(hour_part))?;
        let minute = number(first(&["m", "m2", "m3", "m4"]))?;
        let second = number(first(&["s", "s2", "s3"]))?;
        match found.name("half").map(|half| half.as_str().to_ascii_lowercase()).as_deref() {
            Some("p") if hour < 12 => hour += 12,
            Some("a") if hour == 12 => hour = 0,
            _ => {}
        }
        let ends_day = (hour, minute, second) == (24, 0, 0);
        let Ok(time) = civil::Time::new(if ends_day { 0 } else { hour }, minute, second, 0) else { continue };
        // The last form takes the name of the zone to tell a time from a number; it is read again here.
        let end = match first(&["m4"]) {
            Some(minutes) => minutes.end(),
            None => found.get(0)?.end(),
        };
        let zone = ZONE.captures(&text[end..]).and_then(|zone| {
            let offset = offset_of(&zone, day.to_datetime(time))?;
            Some((offset, end + zone.get(0)?.end()))
        });
        // Four digits alone are a time only where a zone or seconds say so.
        if found.name("h3").is_some() && found.name("s3").is_none() && zone.is_none() {
            continue;
        }
        let (offset, end) = zone.map_or((None, end), |(offset, end)| (Some(offset), end));
        return Some((if ends_day { Clock::Midnight } else { Clock::At(time) }, offset, hour_part.start()..end));
    }
    None
}

fn offset_of(zone: &Captures<'_>, at: civil::DateTime) -> Option<Offset> {
    if let Some(name) = zone.name("name") {
        return match self::zone(name.as_str())? {
            Zone::Fixed(minutes) => Offset::from_seconds(minutes * 60).ok(),
            Zone::Changing(posix) => {
                let zone = TimeZone::posix(posix).ok()?;
                zone.to_zoned_datetime(at).ok().map(|zoned| zoned.offset())
            }
        };
    }
    let hours: i32 = zone["h"].parse().ok()?;
    let minutes: i32 = zone.name("m").map_or(Some(0), |m| m.as_str().parse().ok())?;
    let sign = if &zone["sign"] == "+" { 1 } else { -1 };
    (hours < 24).then(|| Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok()).flatten()
}

/// What the name of a zone means.
enum Zone {
    /// Minutes east of Greenwich.
    Fixed(i32),
    /// Summer time by the rules in force since 2007, as POSIX writes them.
    Changing(&'static str),
}

fn zone(name: &str) -> Option<Zone> {
    Some(match name {
        "Z" | "UTC" | "GMT" | "UT" | "WET" => Zone::Fixed(0),
        "BST" | "CET" | "WAT" | "WEST" | "MEZ" => Zone::Fixed(60),
        "CEST" | "EET" | "SAST" | "CAT" | "MESZ" => Zone::Fixed(120),
        "MSK" | "EEST" | "EAT" | "AST" | "TRT" if name != "AST" => Zone::Fixed(180),
        "GST" => Zone::Fixed(240),
        "PKT" => Zone::Fixed(300),
        "IST" => Zone::Fixed(330),
        "ICT" | "WIB" => Zone::Fixed(420),
        "HKT" | "SGT" | "AWST" | "PHT" => Zone::Fixed(480),
        "JST" | "KST" => Zone::Fixed(540),
        "AEST" => Zone::Fixed(600),
        "AEDT" => Zone::Fixed(660),
        "NZST" => Zone::Fixed(720),
        "NZDT" => Zone::Fixed(780),
        "ADT" => Zone::Fixed(-180),
        "AST" | "EDT" => Zone::Fixed(-240),
        "EST" | "CDT" => Zone::Fixed(-300),
        "CST" | "MDT" => Zone::Fixed(-360),
        "MST" | "PDT" => Zone::Fixed(-420),
        "PST" | "AKDT" => Zone::Fixed(-480),
        "AKST" => Zone::Fixed(-540),
        "HST" => Zone::Fixed(-600),
        "ET" => Zone::Changing("EST5EDT,M3.2.0,M11.1.0"),
        "CT" => Zone::Changing("CST6CDT,M3.2.0,M11.1.0"),
        "MT" => Zone::Changing("MST7MDT,M3.2.0,M11.1.0"),
        "PT" => Zone::Changing("PST8PDT,M3.2.0,M11.1.0"),
        _ => return None,
    })
}

fn plain_number(text: &str) -> Option<f64> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if plain && digits.bytes().filter(|byte| *byte == b'.').count() <= 1 { digits.parse().ok() } else { None }
}

/// A number is a day ("20250403"), a second ("20250403101500"), a year, or a Unix time.
fn from_number(number: f64, text: &str) -> Option<Date> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    let part = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<i16>().ok());
    match digits.len() {
        4 => written(day(part(0..4)?, 1, 1)?.to_datetime(civil::Time::midnight()), None),
        8 | 12 | 14 if !digits.contains('.') => {
            let day = day(part(0..4)?, part(4..6)?, part(6..8)?);
            let number = |range| part(range).unwrap_or(0).try_into().unwrap_or(0);
            let time = civil::Time::new(number(8..10), number(10..12), number(12..14), 0).ok();
            match (day, time) {
                (Some(day), Some(time)) => written(day.to_datetime(time), None),
                _ => from_epoch(number_of_seconds(digits)?),
            }
        }
        _ => from_epoch(number),
    }
}

fn number_of_seconds(digits: &str) -> Option<f64> {
    digits.parse().ok()
}

fn weekday(word: &str) -> Option<civil::Weekday> {
    use civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    Some(match word {
        "monday" | "mon" | "montag" | "lundi" | "lunes" => Monday,
        "tuesday" | "tue" | "tues" | "dienstag" | "mardi" | "martes" => Tuesday,
        "wednesday" | "wed" | "weds" | "mittwoch" | "mercredi" | "miércoles" => Wednesday,
        "thursday" | "thu" | "thur" | "thurs" | "donnerstag" | "jeudi" | "jueves" => Thursday,
        "friday" | "fri" | "freitag" | "vendredi" | "viernes" => Friday,
        "saturday" | "sat" | "samstag" | "samedi" | "sábado" => Saturday,
        "sunday" | "sun" | "sonntag" | "dimanche" | "domingo" => Sunday,
        _ => return None,
    })
}

/// The number of a month, by its name in English, German, French, Spanish, Italian, Portuguese or Dutch, or by its
/// English short form.
fn month(name: &str) -> Option<u8> {
    Some(match name.to_lowercase().as_str() {
        "january" | "jan" | "januar" | "jänner" | "janvier" | "janv" | "enero" | "ene" | "gennaio" | "gen" | "janeiro" | "januari" => 1,
        "february" | "feb" | "februar" | "février" | "févr" | "febrero" | "febbraio" | "fevereiro" | "februari" => 2,
        "march" | "mar" | "märz" | "mär" | "mars" | "marzo" | "março" | "maart" | "mrt" => 3,
        "april" | "apr" | "avril" | "avr" | "abril" | "abr" | "aprile" => 4,
        "may" | "mai" | "mayo" | "maggio" | "mag" | "maio" | "mei" => 5,
        "june" | "jun" | "juni" | "juin" | "junio" | "giugno" | "giu" | "junho" => 6,
        "july" | "jul" | "juli" | "juillet" | "juil" | "julio" | "luglio" | "lug" | "julho" => 7,
        "august" | "aug" | "août" | "aout" | "agosto" | "ago" | "augustus" => 8,
        "september" | "sept" | "sep" | "septembre" | "septiembre" | "settembre" | "set" | "setembro" => 9,
        "october" | "oct" | "oktober" | "okt" | "octobre" | "octubre" | "ottobre" | "ott" | "outubro" | "out" => 10,
        "november" | "nov" | "novembre" | "noviembre" | "novembro" => 11,
        "december" | "dec" | "dezember" | "dez" | "décembre" | "déc" | "diciembre" | "dic" | "dicembre" | "dezembro" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_that_news_uses() {
        for (text, expected) in [
            ("2025-04-03T10:00:00Z", "2025-04-03T10:00:00Z"),
            ("2025-04-03T10:00:00.123+02:00", "2025-04-03T10:00:00.123+02:00"),
            ("2025-04-03T10:00:00+0200", "2025-04-03T10:00:00+02:00"),
            ("2025-04-03T10:00+02", "2025-04-03T10:00:00+02:00"),
            ("2025-04-03 10:00:00", "2025-04-03T10:00:00Z"),
            ("2025-04-03 10:00:00 UTC", "2025-04-03T10:00:00Z"),
            ("2025-04-03T10:00:00", "2025-04-03T10:00:00Z"),
            ("2025-04-03", "2025-04-03T00:00:00Z"),
            ("2025/04/03", "2025-04-03T00:00:00Z"),
            ("2025.04.03", "2025-04-03T00:00:00Z"),
            ("2025-04", "2025-04-01T00:00:00Z"),
            ("2025", "2025-01-01T00:00:00Z"),
            ("20250403", "2025-04-03T00:00:00Z"),
            ("20250403101500", "2025-04-03T10:15:00Z"),
            ("20250403T101500Z", "2025-04-03T10:15:00Z"),
            ("20250403T101500+0100", "2025-04-03T10:15:00+01:00"),
            ("1743674400", "2025-04-03T10:00:00Z"),
            ("1743674400000", "2025-04-03T10:00:00Z"),
            ("1743674400.0", "2025-04-03T10:00:00Z"),
            ("April 3, 2025", "2025-04-03T00:00:00Z"),
            ("Apr. 3, 2025", "2025-04-03T00:00:00Z"),
            ("April 3rd 2025", "2025-04-03T00:00:00Z"),
            ("Sept. 3, 2024", "2024-09-03T00:00:00Z"),
            ("3 April 2025", "2025-04-03T00:00:00Z"),
            ("3rd of April, 2025", "2025-04-03T00:00:00Z"),
            ("3-Apr-25", "2025-04-03T00:00:00Z"),
            ("3 Apr 2025 14:05 BST", "2025-04-03T14:05:00+01:00"),
            ("Thu 3 Apr 2025 14.05 BST", "2025-04-03T14:05:00+01:00"),
            ("Friday, January 4, 2019", "2019-01-04T00:00:00Z"),
            ("January 11, 2010 Monday 6:36 PM GMT", "2010-01-11T18:36:00Z"),
            ("Thu, 03 Apr 2025 10:00:00 +0000", "2025-04-03T10:00:00Z"),
            ("Thu, 3 Apr 2025 10:00:00 EST", "2025-04-03T10:00:00-05:00"),
            ("Thu Apr 03 10:00:00 +0000 2025", "2025-04-03T10:00:00Z"),
            ("Thu Apr  3 10:00:00 2025", "2025-04-03T10:00:00Z"),
            ("Updated 10:04 p.m. ET, Tue September 3, 2024", "2024-09-03T22:04:00-04:00"),
            ("Updated 12:04 a.m. PT January 3, 2024", "2024-01-03T00:04:00-08:00"),
            ("Thu,28 Jul 2022 4:35:5 GMT+9", "2022-07-28T04:35:05+09:00"),
            ("Published 1430 GMT, 3 April 2025", "2025-04-03T14:30:00Z"),
            ("April 3, 2025 at 5pm", "2025-04-03T17:00:00Z"),
            ("19-OCT-1987 15:37:46.03", "1987-10-19T15:37:46Z"),
            ("26 February 1987", "1987-02-26T00:00:00Z"),
            ("04/03/2025", "2025-04-03T00:00:00Z"),
            ("23/04/2025 10:15", "2025-04-23T10:15:00Z"),
            ("Thursday 03/04/2025", "2025-04-03T00:00:00Z"),
            ("03.04.2025, 10:15 Uhr", "2025-04-03T10:15:00Z"),
            ("3. März 2025", "2025-03-03T00:00:00Z"),
            ("le 1er août 2025 à 10h15", "2025-08-01T10:15:00Z"),
            ("3 de abril de 2025", "2025-04-03T00:00:00Z"),
            ("2025年4月3日", "2025-04-03T00:00:00Z"),
            ("April 2025", "2025-04-01T00:00:00Z"),
            ("2025-04-30T24:00:00Z", "2025-05-01T00:00:00Z"),
            ("31 December 2025, 24:00 CET", "2026-01-01T00:00:00+01:00"),
        ] {
            assert_eq!(read(text).as_ref().map(Date::as_str), Some(expected), "{text}");
        }
    }

    #[test]
    fn numbers_that_can_be_read_two_ways_come_with_both() {
        for (text, first, other) in [
            ("01/05/2024", "2024-01-05T00:00:00Z", Some("2024-05-01T00:00:00Z")),
            ("1-5-2024 18:30", "2024-01-05T18:30:00Z", Some("2024-05-01T18:30:00Z")),
            ("05/05/2024", "2024-05-05T00:00:00Z", None),
            ("23/05/2024", "2024-05-23T00:00:00Z", None),
            ("01.05.2024", "2024-05-01T00:00:00Z", None),
            ("Wednesday 01/05/2024", "2024-05-01T00:00:00Z", None),
            ("2024-05-01", "2024-05-01T00:00:00Z", None),
        ] {
            let mut date = read(text).unwrap();
            let found = date.take_other();
            assert_eq!((date.as_str(), found.as_ref().map(Date::as_str)), (first, other), "{text}");
        }
    }

    #[test]
    fn dates_that_can_be_read_one_way_tell_the_order() {
        for (text, order) in [
            ("a,23/05/2024\nb,01/05/2024", Some(Order::DayFirst)),
            ("\"05-23-2024\"", Some(Order::MonthFirst)),
            ("05/23/2024 and 23/05/2024", None),
            ("01/05/2024, 2024-05-23, 123/05/2024, 23/05/20245, 45/05/2024", None),
        ] {
            assert_eq!(order_in(text.as_bytes()), order, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "yesterday",
            "2 hours ago",
            "February 30, 2025",
            "2025-13-01",
            "Tuesday",
            "n/a",
            "12",
            "a 1984 novel",
            "null",
            "99999999999999",
            "99999999999999999",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_is_a_date_only_where_nothing_else_stands_in_it() {
        for text in ["Friday, January 4, 2019 ", "Published: 3 April 2025 at 14:05 BST", "Updated 10:04 p.m. ET, Tue September 3, 2024"] {
            assert!(line(text).is_some(), "{text}");
        }
        for text in
            ["On April 3, 2025 the mayor resigned.", "April 2025", "By Ann Lee", "3 April 2025 was a cold day", "April 3, 2025 12 dead"]
        {
            assert_eq!(line(text), None, "{text}");
        }
    }
}
