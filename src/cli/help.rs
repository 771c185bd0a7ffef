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
The query language of dictum. Every example finds something in sample_corpus, which comes with the program.

Words
  crane drivers                all words, in any order; nearer ones rank first
  tornado OR mudslide          either; OR binds looser than side by side: a b OR c is (a b) OR c
  --any tornado mudslide       any of the words
  truce -odesa                 without; also truce NOT odesa, truce AND NOT odesa
  truce -wire                  without what outlets print of news agencies; NOT wire: without the word
  (strike OR walkout) port     brackets
  negotiat*                    words that begin so; also negotiat!
  wom?n                        ? stands for one letter, * for any: organi?ation, *gate
  sturjeon~                    words spelt nearly so, the first letter kept; ~1 or ~2 letters
Operators are written in capitals: \"or\", \"and\", \"not\" are words. Words that say nothing (the, of, or…) need not
match where others do; in a \"phrase\" all count. Words match by their stem: negotiate finds negotiated, negotiations.
Accents and case do not matter. Names match in other spellings too: verbitsky finds Verbytskyi, kiev finds Kyiv
(--exact-names: not).

Phrases and nearness
  \"crane drivers\"              side by side, in this order; in a shell write '\"crane drivers\"'
  \"sign truce\"~3              within three words more, in any order
  \"black s* truce\"            a phrase may hold beginnings of words
  lithium NEAR/5 water         at most five words apart, on either side; also near5, w/5, /5 (at most 100, and 12 words)
  strike PRE/2 crane           the second at most two words behind the first; also pre/2, adj2
  tram SENTENCE depot          in one sentence; also w/s, /s
  missile PARAGRAPH depot      in one paragraph; also w/p, /p, SAME
  atleast3 truce               at least three times in the body (or in the field); atleast3 (strike OR walkout)

Fields
  title:strike                 in the headline; also headline(strike)
  lead:tornado                 in the first paragraphs
  hlead:tornado                in either; also hlead(tornado)
  body:strike                  in the body
  person:verbitsky             a person named in the article
  org:\"harrow & tyne\"         an organization
  place:ukraine                a place, or one within it: finds Crimea and Odesa
  source:meridian              the outlet; also from: and site:
  author:oldroyd               the writer
  section:football             the section
  lang:en                      the language
  id:MPA-20250421-0102         the very article; quoted where the id has spaces
  date:2025                    published in a year, a month, on a day: date:2025-04, date:\"15 April 2025\", date:today
  date:2025-04..2025-05        from one to the other, both whole; also date:[2025-04 TO 2025-05]
  date:>2025-04-01             after; also >= < <=
  since:2025-06                that day and later; also until: (that day and before), after:, before:
  since:\"900 weeks ago\"        counted back from today; also 7d, 2 months ago
  title:(strike OR truce)      a field before brackets counts for all in them, before a word for that word alone
A day is the one that the article itself prints, whatever its zone; to ask for moments give one with its zone:
date:>=2025-04-01T00:00:00-04:00.

Quotes
  speaker:kunkel               someone quoted
  speaker:unnamed              sources without a name; speaker:author the article's writer, speaker:unknown whom nothing tells
  said:truce                   words of a quote
  kind:direct                  in quotation marks; kind:mixed partly, kind:indirect not
  confidence:0.8               whose speaker is at least so sure, 0 to 1
  speaker:pell said:pensions   side by side they mean one quote
  quote:(speaker:pell pension)  the same, written out
  quote:(speaker:pell pension) quote:(speaker:kunkel bankrupt)   two quotes of one article
`dictum query` gives articles, `dictum quotes` quotes; for quotes, plain words are looked for in their words and in the
sentences around them, and of those that match alike the surest stand first.

Filters
--speaker --said --kind --min-confidence --person --place --org --source --section --author --lang --since --until
--no-wire say the same as the fields. The same one given twice means either; different ones mean both.

Limits
A query has at most 1,000 words and 100,000 bytes, brackets at most 100 deep; a word at most 200 bytes.
What would be compared without bound (many words with * or ~, common words NEAR one another) is refused. Of a
\"loose phrase\"~5 of three words or more, or a SENTENCE b SENTENCE c, atleast does not count every combination.

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
                                 jsonl prints a group a line
--batch FILE, dictum alert       json is printed as jsonl, a hit a line; each hit has query_id, first of all: the id
                                 that the line gives, else its number (of alert: the name of the query). So has each
                                 row of csv; a line of ids is query_id, a tab, the article's id (alert NAME: the id alone).
                                 A line of FILE is a query, or
                                 {\"id\", \"query\", \"any\", \"limit\", \"speaker\", \"said\", \"place\", \"since\"…}
                                 A line that cannot be answered is named on standard error and stops no other;
                                 exit code 0 all answered and something found, 1 not so, 2 none could be answered.
dictum top WHAT --format json    {\"schema_version\", \"what\", \"total\", \"distinct\", \"values\": [{value, count, share}]}
dictum timeline --format json    {\"schema_version\", \"unit\", \"by\", \"total\", \"undated\", \"steps\": [{date, count, split}]}
--count --format json            {\"schema_version\", \"total\"}
--fields id,title,speaker.name   only these, in this order
dictum show, extract, export     the whole record of an article: see `dictum schema record`; an array of them is
                                 what extract prints, and show of several
dictum status, history           see `dictum schema status`, `dictum schema history`

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
