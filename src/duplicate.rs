//! Whether two articles are one text: the same page under another address, the same wire copy at another outlet, a version
//! with a few words changed.
//!
//! Two texts are *copies* when the sets of their four-word sequences have a resemblance (Jaccard index) of at least
//! [`COPY`]. Neither is compared with all others: of all sequences each of 64 hash functions keeps its least value (MinHash:
//! Broder 1997, "On the resemblance and containment of documents"); the share of equal values estimates the resemblance, and
//! four values make a band, so that only texts which share one of sixteen bands need be looked at (Leskovec, Rajaraman and
//! Ullman, "Mining of Massive Datasets", chapter 3). Copies of resemblance .7 share a band 99 times in 100, texts of
//! resemblance .3 twelve times. In 10,000 stories of one agency, pairs from .6 on were versions of one story, and pairs about
//! .3 were reports of one form on different matters.

use rustc_hash::FxHashSet;

use crate::article::Article;
use crate::digest::Digest;
use crate::lexicon::agencies::agency;
use crate::parse::boilerplate::dateline;

/// From this resemblance on two texts are copies. Ten words changed in 800 leave .9, a last quarter cut leaves .75.
pub const COPY: f64 = 0.6;

/// Enough for two texts at one address: a page that was rewritten.
pub const SAME_PAGE: f64 = 0.2;

/// Two headlines at one address that share so much of their words are of one article, whatever became of its text. Of short
/// texts the headline alone can tell.
const SAME_HEADLINE: f64 = 0.6;

/// How many words make a sequence.
const SHINGLE: usize = 4;

/// Below this many words only equal texts are copies: short notices of one form resemble one another by chance.
const SHORT: usize = 40;

/// Bands of a sketch, and the hash functions in each.
const BANDS: usize = 16;
const ROWS: usize = 4;

/// What an article's text and address come down to. The numbers are the same on every machine and may be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    least: [u64; BANDS * ROWS],
    page: Option<u64>,
    /// The words of the headline, each once, in order of their hashes.
    headline: Vec<u64>,
}

impl Sketch {
    /// The sketch of an article; none where it has no words.
    #[must_use]
    pub fn of(article: &Article) -> Option<Self> {
        let shingles = shingles(&article.body);
        if shingles.is_empty() {
            return None;
        }
        let mut least = [u64::MAX; BANDS * ROWS];
        for shingle in shingles {
            for (seed, least) in (1_u64..).zip(&mut least) {
                *least = (*least).min(mix(shingle ^ mix(seed)));
            }
        }
        let mut headline: Vec<u64> = word_hashes(&article.title).collect();
        headline.sort_unstable();
        headline.dedup();
        Some(Self { least, page: article.url.as_deref().and_then(page_key), headline })
    }

    /// What copies have in common: at least one of these.
    #[must_use]
    pub fn keys(&self) -> Vec<u64> {
        let bands = (0_u64..).zip(self.least.chunks(ROWS)).map(|(band, rows)| rows.iter().fold(band, |hash, row| mix(hash ^ row)));
        bands.chain(self.page).collect()
    }

    /// Whether the two are one text.
    #[must_use]
    pub fn is_copy_of(&self, other: &Self) -> bool {
        let one_page = self.page.is_some() && self.page == other.page;
        self.resemblance(other) >= if one_page { SAME_PAGE } else { COPY } || one_page && self.has_headline_of(other)
    }

    /// Whether two headlines share most of their words; true where one has none.
    fn has_headline_of(&self, other: &Self) -> bool {
        let fewer = self.headline.len().min(other.headline.len());
        let common = self.headline.iter().filter(|word| other.headline.binary_search(word).is_ok()).count();
        common as f64 >= SAME_HEADLINE * fewer as f64
    }

    /// About the share of four-word sequences that two bodies have in common, 0 to 1.
    #[must_use]
    pub fn resemblance(&self, other: &Self) -> f64 {
        let equal = self.least.iter().zip(&other.least).filter(|(one, other)| one == other).count();
        equal as f64 / self.least.len() as f64
    }
}

/// What the sketches of all articles at one address have among their keys, however the address is spelt; none where it is that
/// of a whole site, which some outlets give for each article.
#[must_use]
pub fn page_key(url: &str) -> Option<u64> {
    let canonical = canonical_url(url);
    canonical.split_once('/').is_some_and(|(_, below)| !below.is_empty()).then(|| hash_word(&canonical))
}

/// Whether an article is the copy of an agency's: its dateline or its byline names one, and its outlet is none.
#[must_use]
pub fn is_wire_copy(article: &Article) -> bool {
    let outlet = article.source.as_deref().is_some_and(|source| agency(source).is_some());
    let named = || dateline(&article.body).and_then(|dateline| dateline.agency).is_some_and(|name| agency(&name).is_some());
    !outlet && (article.authors.iter().any(|author| agency(author).is_some()) || named())
}

/// Hashes of the four-word sequences of `body`; of a short one a single hash of it all.
fn shingles(body: &str) -> FxHashSet<u64> {
    let words: Vec<u64> = word_hashes(body).collect();
    let size = if words.len() < SHORT { words.len().max(1) } else { SHINGLE };
    words.windows(size).map(|words| words.iter().fold(0, |hash, word| mix(hash ^ word))).collect()
}

fn word_hashes(text: &str) -> impl Iterator<Item = u64> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(hash_word)
}

/// The sum of the word in lower case.
fn hash_word(word: &str) -> u64 {
    Digest::of(word.chars().flat_map(char::to_lowercase).flat_map(|c| u32::from(c).to_le_bytes()))
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// One spelling for the addresses of one page: without the scheme, `www.`, `m.` and `amp.`, the port, the fragment, what
/// only tracks the reader, and the last slash; the host in lower case.
#[must_use]
pub fn canonical_url(url: &str) -> String {
    let url = url.trim();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_lowercase();
    let mut host = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(&host);
    for prefix in ["www.", "m.", "amp."] {
        host = host.strip_prefix(prefix).unwrap_or(host);
    }
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/amp").unwrap_or(path);
    let mut kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !only_tracks(pair)).collect();
    kept.sort_unstable();
    let mut canonical = format!("{host}/{path}");
    if !kept.is_empty() {
        canonical.push('?');
        canonical.push_str(&kept.join("&"));
    }
    canonical
}

/// Whether a parameter of an address names only where the reader came from.
fn only_tracks(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    let known = ["fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "cmpid", "ocid", "smid", "ref", "amp", "output"];
    name.starts_with("utm_") || name.starts_with("at_") || known.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `count` words, every one its own.
    fn text(prefix: &str, count: usize) -> String {
        (0..count).map(|number| format!("{prefix}{number} ")).collect()
    }

    fn sketch(body: &str) -> Sketch {
        Sketch::of(&Article { body: body.to_owned(), ..Article::default() }).unwrap()
    }

    /// Whether the two would be found, and found to be copies.
    fn meet(one: &str, other: &str) -> bool {
        let (one, other) = (sketch(one), sketch(other));
        one.keys().iter().zip(&other.keys()).any(|(one, other)| one == other) && one.is_copy_of(&other)
    }

    #[test]
    fn ten_words_changed_in_eight_hundred_still_meet() {
        let original = text("word", 800);
        let mut words: Vec<&str> = original.split(' ').collect();
        for number in 0..10 {
            words[number * 79 + 5] = "altered";
        }
        assert!(meet(&original, &words.join(" ")));
    }

    #[test]
    fn a_copy_that_was_cut_meets_its_original() {
        assert!(meet(&text("word", 600), &text("word", 450)));
        assert!(!meet(&text("word", 600), &text("word", 200)));
    }

    #[test]
    fn punctuation_case_and_line_breaks_do_not_matter() {
        let one = "“We’re not done,” the coach said. It was late.".repeat(8);
        let other = one.replace(['“', '”'], "\"").replace('’', "'").replace(". ", ".\n\n").to_uppercase();
        assert_eq!(sketch(&one), sketch(&other));
    }

    #[test]
    fn two_match_reports_of_one_form_do_not_meet() {
        let report = |home: &str, away: &str, scorer: &str, minute: u32, keeper: &str, ground: &str| {
            format!(
                "{home} beat {away} 2-1 at {ground} on Saturday. {scorer} scored in the {minute}th minute after a corner that {keeper} \
                 failed to hold. {home} are third in the table, four points behind the leaders, and travel to {away} again in \
                 March. \"We deserved it,\" {scorer} said. The manager of {away} blamed the pitch at {ground} and said that {keeper} \
                 would be rested for the cup tie on Tuesday."
            )
        };
        let one = report("Harbour Town", "Milbeck", "Olu Adeyemi", 31, "Sven Rask", "Quay Lane");
        let other = report("Northgate", "Vale Rovers", "Tom Ferris", 74, "Ian Duff", "the Crescent");
        assert!(!meet(&one, &other), "{}", sketch(&one).resemblance(&sketch(&other)));
    }

    #[test]
    fn short_notices_meet_only_when_equal() {
        let notice = |day: &str| format!("The council meets on {day} at eight in the town hall. All are welcome.");
        assert!(meet(&notice("Monday"), &notice("Monday")));
        assert!(!meet(&notice("Monday"), &notice("Tuesday")));
        assert_eq!(Sketch::of(&Article { body: " … ".to_owned(), ..Article::default() }), None);
    }

    #[test]
    fn a_rewritten_page_meets_itself_at_another_spelling_of_its_address() {
        let page = |url: &str, body: &str| {
            Sketch::of(&Article { url: Some(url.to_owned()), body: body.to_owned(), ..Article::default() }).unwrap()
        };
        let (old, new) = (text("word", 300), text("word", 160) + &text("new", 160));
        let first = page("https://www.harbour-post.example/ferry", &old);
        let second = page("http://harbour-post.example/ferry/?utm_source=feed", &new);
        assert!(first.keys().contains(second.keys().last().unwrap()) && first.is_copy_of(&second));
        assert!(!first.is_copy_of(&page("https://other.example/ferry", &new)));
    }

    #[test]
    fn short_texts_meet_at_one_address_where_their_headlines_do() {
        let flash = |url: &str, title: &str, body: &str| {
            let article = Article { url: Some(url.to_owned()), title: title.to_owned(), body: body.to_owned(), ..Article::default() };
            Sketch::of(&article).unwrap()
        };
        let first = flash("https://post.example/pier", "Pier shut after storm", "The pier is shut.");
        assert!(first.is_copy_of(&flash(
            "http://www.post.example/pier/?utm_source=x",
            "Pier shut after the storm",
            "It has been shut since noon."
        )));
        assert!(first.is_copy_of(&flash("https://post.example/pier", "", "It has been shut since noon.")));
        assert!(!first.is_copy_of(&flash("https://post.example/pier", "Ferry late again", "The ferry is late.")), "a page of many notices");
        let (one, other) =
            (flash("https://post.example/", "Storm", "A storm came."), flash("https://post.example", "Storm", "It is over."));
        assert!(!one.is_copy_of(&other), "the address of the outlet is no page");
    }

    #[test]
    fn wire_copy_is_what_another_outlet_prints_of_an_agency() {
        let copy = |source: &str, author: &str, body: &str| {
            let source = (!source.is_empty()).then(|| source.to_owned());
            is_wire_copy(&Article { source, authors: vec![author.to_owned()], body: body.to_owned(), ..Article::default() })
        };
        assert!(copy("Harbour Post", "Ann Lee", "RIGA, April 3 (AP) — The port is shut."));
        assert!(copy("", "Reuters Staff", "The port is shut."));
        assert!(!copy("Reuters", "Ann Lee", "RIGA (Reuters) - The port is shut."));
        assert!(!copy("Harbour Post", "Ann Lee", "RIGA (Harbour Post) - The port is shut, Reuters said."));
    }

    #[test]
    fn addresses_of_one_page_have_one_spelling() {
        let page = "harbour-post.example/news/2025/ferry";
        for url in [
            "https://www.harbour-post.example/news/2025/ferry",
            "http://harbour-post.example/news/2025/ferry/",
            "https://m.harbour-post.example:443/news/2025/ferry?utm_source=feed&utm_medium=rss#comments",
            "https://WWW.Harbour-Post.example/news/2025/ferry/amp/?fbclid=1",
        ] {
            assert_eq!(canonical_url(url), page, "{url}");
        }
        assert_eq!(canonical_url("https://a.example/story?b=2&a=1"), "a.example/story?a=1&b=2");
        assert_ne!(canonical_url("https://a.example/story?id=1"), canonical_url("https://a.example/story?id=2"));
    }
}
