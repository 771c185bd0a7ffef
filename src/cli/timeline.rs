//! `dictum timeline`: how many articles or quotes there are over time, and whose.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use super::Outcome;
use super::advice::advise;
use super::ask::{Facet, FilterArgs, FromArgs, ReadingArgs, counted, question, widened};
use super::output::Console;
use super::top::CountFormat;
use super::words::typed;
use crate::annotation::SCHEMA_VERSION;
use crate::engine::bearers::{self, Standing};
use crate::engine::{Engine, Moment};
use crate::lexicon::aliases::Aliases;
use crate::query::arrange::Unit;
use crate::query::filters::Filters;
use crate::render::theme::{Role, printable};
use crate::render::{csv, json as json_text};

const EXAMPLES: &str = "\
Examples:
  dictum timeline crimea --by month
  dictum timeline --speaker merkel --by year             quotes by her
  dictum timeline euro --by year --split speakers        who speaks when
  dictum timeline strike --by week --format csv > strike.csv";

/// Count articles or quotes over time, by days of UTC. Copies of one article count each.
#[derive(Clone, Debug, Args)]
#[command(before_help = EXAMPLES)]
pub struct Timeline {
    /// Only what matches these words.
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    from: FromArgs,
    /// How long a step is.
    #[arg(long, value_name = "STEP", default_value = "month", help_heading = "Output")]
    by: Step,
    /// Count these apart.
    #[arg(long, value_name = "WHAT", help_heading = "Output")]
    split: Option<Facet>,
    /// With --split, at most so many apart; the rest counts as "other".
    #[arg(long, value_name = "N", default_value_t = 5, requires = "split", value_parser = super::top::at_least_one, help_heading = "Output")]
    limit: usize,
    /// Count quotes, not articles; so it is where --speaker, --said or --kind is given, or speakers are split.
    #[arg(long, help_heading = "Searching")]
    quotes: bool,
    /// How to print.
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: CountFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Step {
    Day,
    Week,
    Month,
    Year,
}

impl Step {
    /// The first day of the step that `day` is in.
    fn start(self, day: Date) -> Date {
        match self {
            Step::Day => day,
            Step::Week => {
                let back = i64::from(day.weekday().since(Weekday::Monday));
                day.checked_sub(back.days()).unwrap_or(day)
            }
            Step::Month => day.first_of_month(),
            Step::Year => day.first_of_year(),
        }
    }

    fn next(self, day: Date) -> Option<Date> {
        let span = match self {
            Step::Day => 1.day(),
            Step::Week => 1.week(),
            Step::Month => 1.month(),
            Step::Year => 1.year(),
        };
        day.checked_add(span).ok()
    }

    fn label(self, day: Date) -> String {
        match self {
            Step::Day | Step::Week => day.to_string(),
            Step::Month => day.strftime("%Y-%m").to_string(),
            Step::Year => day.strftime("%Y").to_string(),
        }
    }
}

/// One step of time.
struct Bar {
    label: String,
    count: u64,
    parts: Vec<(String, u64)>,
}

/// Steps without a hit are shown between those that have one, unless there are more than this.
const MOST_STEPS: usize = 10_000;

pub fn run(args: &Timeline, console: &mut Console) -> anyhow::Result<Outcome> {
    let filters = Filters::from(&args.filters);
    let of_quotes = !filters.speaker.is_empty() || !filters.said.is_empty() || !filters.kind.is_empty();
    let unit = if args.quotes || of_quotes || args.split == Some(Facet::Speakers) { Unit::Quotes } else { Unit::Articles };
    let as_asked = question(&typed(&args.words), &filters, args.reading, unit, console)?;
    let engine = args.from.open(console)?;
    let question = widened(&engine, &as_asked, &args.from.names, console)?;
    let total = engine.count(question.scope(), false)?;
    // without a split there is one moment for each that is dated
    let dated = engine.moments(question.scope(), None)?;
    let mut moments = match args.split {
        Some(facet) => engine.moments(question.scope(), Some(facet.of_engine()))?,
        None => Vec::new(),
    };
    if let Some(facet @ (Facet::Speakers | Facet::People | Facet::Organizations)) = args.split {
        let names = if question.exact_names { Aliases::default() } else { args.from.names.read()? };
        let shorts = bearers::shorts_of(&engine, question.scope(), facet.of_engine())?;
        let standing = Standing::new(&shorts, &names);
        for name in moments.iter_mut().filter_map(|m| m.value.as_mut()) {
            if let Some((full, _)) = standing.of(name) {
                full.clone_into(name);
            }
        }
    }
    let bars = bars(args.by, &dated, &moments, args.split.is_some().then_some(args.limit));
    let undated = total - dated.len() as u64;
    let what = if unit == Unit::Articles { "article" } else { "quote" };
    match args.format {
        CountFormat::Text => draw(&bars, console)?,
        CountFormat::Json => {
            let list: Vec<Value> = bars.iter().map(as_json).collect();
            let by = args.by.to_possible_value().map(|v| v.get_name().to_owned());
            let all = json!({"schema_version": SCHEMA_VERSION, "unit": format!("{what}s"), "by": by, "total": total, "undated": undated,
                "steps": list});
            let (out, _) = console.out();
            json_text::indented(out, &all)?;
            writeln!(out)?;
        }
        CountFormat::Jsonl => {
            for bar in &bars {
                json_text::line(console.out().0, &as_json(bar))?;
            }
        }
        CountFormat::Csv => rows(&bars, args.split.is_some(), console)?,
    }
    if undated > 0 && args.format == CountFormat::Text {
        console.note(format_args!("{} without a date", counted(undated, what)));
    }
    if total == 0 {
        advise(&engine, &as_asked, console)?;
    }
    Ok(if total == 0 { Outcome::Partly } else { Outcome::Done })
}

fn bars(by: Step, dated: &[Moment], split: &[Moment], limit: Option<usize>) -> Vec<Bar> {
    let step_of = |at: i64| Timestamp::from_second(at).ok().map(|t| by.start(TimeZone::UTC.to_datetime(t).date()));
    let mut counts: BTreeMap<Date, u64> = BTreeMap::new();
    for day in dated.iter().filter_map(|m| step_of(m.at)) {
        *counts.entry(day).or_default() += 1;
    }
    let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
    for name in split.iter().filter_map(|m| m.value.as_deref()) {
        *totals.entry(name).or_default() += 1;
    }
    let mut names: Vec<(&str, u64)> = totals.into_iter().collect();
    names.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    names.truncate(limit.unwrap_or(0));
    let mut parts: BTreeMap<Date, Vec<u64>> = BTreeMap::new();
    for moment in split {
        let Some(day) = step_of(moment.at) else { continue };
        let at = moment.value.as_deref().and_then(|v| names.iter().position(|(name, _)| *name == v)).unwrap_or(names.len());
        parts.entry(day).or_insert_with(|| vec![0; names.len() + 1])[at] += 1;
    }
    let mut bars = Vec::new();
    let bar = |day: Date| {
        let parts = parts.get(&day).map(|counts| {
            let named = names.iter().map(|(name, _)| (*name).to_owned()).chain(["other".to_owned()]);
            named.zip(counts.iter().copied()).collect()
        });
        let none = || names.iter().map(|(name, _)| ((*name).to_owned(), 0)).collect();
        let parts = parts.unwrap_or_else(|| if limit.is_some() { none() } else { Vec::new() });
        Bar { label: by.label(day), count: counts.get(&day).copied().unwrap_or(0), parts }
    };
    let (Some(first), Some(last)) = (counts.keys().next().copied(), counts.keys().next_back().copied()) else { return bars };
    let mut day = first;
    while day <= last && bars.len() < MOST_STEPS {
        bars.push(bar(day));
        match by.next(day) {
            Some(next) => day = next,
            None => break,
        }
    }
    if day <= last {
        // too far apart to show what lies between
        return counts.keys().map(|day| bar(*day)).collect();
    }
    bars
}

fn as_json(bar: &Bar) -> Value {
    let mut value = json!({"date": bar.label, "count": bar.count});
    if !bar.parts.is_empty() {
        value["split"] =
            bar.parts.iter().map(|(name, count)| (name.clone(), Value::from(*count))).collect::<serde_json::Map<_, _>>().into();
    }
    value
}

fn rows(bars: &[Bar], split: bool, console: &mut Console) -> anyhow::Result<()> {
    let (out, _) = console.out();
    if !split {
        csv::cells_of(out, &["date", "count"].map(str::to_owned))?;
        for bar in bars {
            csv::cells_of(out, &[bar.label.clone(), bar.count.to_string()])?;
        }
        return Ok(());
    }
    csv::cells_of(out, &["date", "value", "count"].map(str::to_owned))?;
    for bar in bars {
        for (name, count) in &bar.parts {
            csv::cells_of(out, &[bar.label.clone(), name.clone(), count.to_string()])?;
        }
    }
    Ok(())
}

fn draw(bars: &[Bar], console: &mut Console) -> anyhow::Result<()> {
    let (out, theme) = console.out();
    let most = bars.iter().map(|b| b.count).max().unwrap_or(0).max(1);
    let digits = most.to_string().len();
    let room = theme.width().unwrap_or(80).saturating_sub(14 + digits).clamp(10, 100) as u64;
    for bar in bars {
        // eighths of a column, so that small differences show
        let eighths = bar.count * room * 8 / most;
        let mut drawn = "█".repeat((eighths / 8) as usize);
        if !eighths.is_multiple_of(8) {
            drawn.push(['▏', '▎', '▍', '▌', '▋', '▊', '▉'][(eighths % 8 - 1) as usize]);
        } else if eighths == 0 && bar.count > 0 {
            drawn.push('▏');
        }
        if drawn.is_empty() {
            writeln!(out, "{:<10}  {:>digits$}", bar.label, bar.count)?;
        } else {
            writeln!(out, "{:<10}  {:>digits$}  {}", bar.label, bar.count, theme.paint(Role::Place, &drawn))?;
        }
        for (name, count) in bar.parts.iter().filter(|(_, count)| *count > 0) {
            writeln!(out, "            {count:>digits$}  {}", printable(&name.replace('\n', " ")))?;
        }
    }
    Ok(())
}
