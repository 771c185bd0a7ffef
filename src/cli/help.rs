//! `dictum help`: the query language, the JSON, and any subcommand's own help.

use anyhow::bail;
use clap::{Args, CommandFactory};

use super::Outcome;
use super::args::Cli;
use super::output::Console;

/// Explain the query language, the JSON, or a subcommand.
#[derive(Clone, Debug, Args)]
pub struct Help {
    /// "query", "json", or the name of a subcommand.
    #[arg(value_name = "TOPIC")]
    topic: Option<String>,
}

const QUERY: &str = "\
The query language of dictum

Words
  ceasefire talks              all words, in any order; nearer ones rank first
  ceasefire OR truce           either; OR binds looser than side by side: a b OR c is (a b) OR c
  --any ceasefire truce        any of the words
  talks -football              without; also NOT football
  talks -wire                  without what outlets print of news agencies; NOT wire: without the word
  (strike OR walkout) docks    brackets
  Operators are written in capitals: \"or\", \"and\", \"not\" are words. Words that say nothing (the, of, or…) need not
  match where others do; in a \"phrase\" all count.
  Words match by their stem: negotiate finds negotiated, negotiations. Accents and case do not matter.
  Names match in other spellings too: zelensky finds Zelenskyy, kiev finds Kyiv (--exact-names: not).

Phrases and nearness
  \"oil prices\"                 side by side, in this order
  \"oil prices\"~5               within five words more, in any order
  \"negotiat* with\"             a phrase may hold beginnings of words
  minister NEAR/5 resigned     at most five words apart, on either side; also w/5, near5 (at most 100, and 12 words)
  minister SENTENCE resigned   in one sentence; also w/s
  minister PARAGRAPH resigned  in one paragraph; also w/p
  atleast5 crimea              at least five times in the body (or in the field); atleast3 (strike OR walkout)
  negotiat*                    words that begin so
  zelenskiyy~                  words spelt nearly so, the first letter kept; ~1 or ~2 letters

Fields
  title:strike                 in the headline
  lead:strike                  in the first paragraphs; hlead:strike in either
  body:strike                  in the body
  person:merkel                a person named in the article
  org:\"european union\"         an organization
  place:ukraine                a place, or one within it: finds Crimea and Kharkiv
  source:reuters               the outlet
  author:lee   section:sport   the writer, the section
  lang:en      id:\"x/y.html\"   the language, the very article
  date:2025    date:2025-04    published in a year, a month, on a day
  date:2025-04..2025-05        from one to the other, both whole
  date:>2025-04-01             after; also >= < <=
                               A day is the one that the article itself prints, whatever its zone; to ask for
                               moments give one with its zone: date:>=2025-04-01T00:00:00-04:00
  title:(strike OR walkout)    a field before brackets counts for all in them

Quotes
  speaker:merkel               someone quoted; speaker:unnamed for sources without a name,
                               speaker:unknown, speaker:author
  said:euro                    words of a quote
  confidence:0.8               whose speaker is at least so sure, 0 to 1
  kind:direct                  in quotation marks; kind:mixed partly, kind:indirect not
  speaker:merkel said:euro     side by side they mean one quote
  quote:(speaker:merkel (euro OR greece))      the same, written out
  quote:(speaker:lee ferry) quote:(speaker:orlova strike)      two quotes of one article

  `dictum query` gives articles, `dictum quotes` quotes; for quotes, plain words are looked for in their
  words and in the sentences around them, and of those that match alike the surest stand first.

Filters
  --speaker --said --kind --min-confidence --person --place --org --source --section --author --lang --since --until
  --no-wire say the same as the fields. The same one given twice means either; different ones mean both.

What is typed is answered or explained: o'neil, http://example.org, C++, U.S. and a lone quotation mark mean
what they mean to a person. --explain shows how a query was read and how each hit was scored.
";

const JSON: &str = "\
The JSON of dictum (schema_version 1; fields are added, never changed; `dictum schema` prints the JSON Schema)

dictum query --format json       {\"schema_version\", \"total\", \"hits\": [hit…], \"facets\": {name: [count…]}}
dictum query --format jsonl      a hit a line
  hit    rank, score, id, title, date (RFC 3339 or null), source, authors, url, path,
         snippets [{field: \"title\" or \"body\", text, highlights [[start, end]…]}],
         quotes [the quotes that match, where a speaker or words said were asked for],
         also [copies of the article elsewhere {id, title, date, source, url}]
  quote  text, kind (direct, mixed, indirect), segments [{start, end}], speaker {name, type, mention}, cue, rule, confidence
  type   person, organization, unnamed, author, unknown
dictum quotes --format json      the same wrapping; a hit is a quote:
         rank, score, id, title, date, source, url, path, the fields of a quote,
         context (the sentences around it), highlights [[start, end]… of text]
dictum quotes --same WORDS       {\"schema_version\", \"total\", \"groups\": [{text, count, sources, speakers, quotes}]};
                                 a quote here also has differences [[start, end]… of text]
--batch FILE, dictum alert       json is printed as jsonl, a hit a line; each hit has query_id
                                 (of alert: the name of the query); a line of FILE is a query, or
                                 {\"id\", \"query\", \"any\", \"limit\", \"speaker\", \"said\", \"place\", \"since\"…}
dictum top WHAT --format json    {\"schema_version\", \"what\", \"total\", \"distinct\", \"values\": [{value, count, share}]}
dictum timeline --format json    {\"schema_version\", \"unit\", \"by\", \"total\", \"undated\", \"steps\": [{date, count, split}]}
--count --format json            {\"schema_version\", \"total\"}
--fields id,title,speaker.name   only these, in this order
dictum show, extract, export     the whole record of an article: see `dictum schema record`

All offsets are bytes of UTF-8, half-open; those of mentions and segments count in the article's body, or in its
title where they say \"in\": \"title\". Exit code 0 for hits, 1 for none, 2 for an error.
";

pub fn run(args: &Help, console: &mut Console) -> anyhow::Result<Outcome> {
    let (out, _) = console.out();
    match args.topic.as_deref() {
        Some("query" | "language" | "syntax") => out.write_all(QUERY.as_bytes())?,
        Some("json") => out.write_all(JSON.as_bytes())?,
        Some(name) => {
            let mut command = Cli::command();
            command.build();
            match command.find_subcommand_mut(name) {
                Some(found) => write!(out, "{}", found.render_help())?,
                None => bail!("there is no help on {name:?}: `dictum help` lists what there is"),
            }
        }
        None => {
            write!(out, "{}", Cli::command().render_help())?;
            write!(out, "\nTopics:\n  dictum help query  the query language\n  dictum help json   the JSON\n")?;
        }
    }
    Ok(Outcome::Done)
}
