//! Whether two articles are one text: the same page under another address, the same wire copy at another outlet, a version
//! with a few words changed.
//!
//! Two texts are *copies* when the sets of their four-word sequences have a resemblance (Jaccard index) of at least
//! [`COPY`]. Candidates are found without comparing all with all, by MinHash and banding (Broder 1997, "On the resemblance
//! and containment of documents"; Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3): of all sequences
//! each of 64 hash functions keeps its least value, four such values make a band, and texts that share one of sixteen bands
//! are compared. Copies of resemblance .7 share a band 99 times in 100, texts of resemblance .3 twelve times.

use rustc_hash::FxHashSet;

/// From this resemblance on two texts are copies.
///
/// Ten words changed in 800 leave .9, a last paragraph cut from five leaves .8.
pub const COPY: f64 = 0.6;

/// How many words make a sequence.
const SHINGLE: usize = 4;

/// Below this many words only equal texts are copies: short notices of one form resemble one another by chance.
const SHORT: usize = 40;

/// Bands of a fingerprint, and the hash functions in each.
const BANDS: usize = 16;
const ROWS: usize = 4;

/// What copies have in common: any equal band. The numbers are the same on every machine and may be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Sixteen hashes.
    pub bands: [u64; BANDS],
}

/// The fingerprint of a body; none where there are no words.
#[must_use]
pub fn fingerprint(body: &str) -> Option<Fingerprint> {
    let shingles = shingles(body);
    if shingles.is_empty() {
        return None;
    }
    let mut least = [u64::MAX; BANDS * ROWS];
    for shingle in shingles {
        for (seed, least) in (1_u64..).zip(&mut least) {
            *least = (*least).min(mix(shingle ^ mix(seed)));
        }
    }
    let mut bands = [0; BANDS];
    for (number, (band, rows)) in (0_u64..).zip(bands.iter_mut().zip(least.chunks(ROWS))) {
        *band = rows.iter().fold(number, |hash, row| mix(hash ^ row));
    }
    Some(Fingerprint { bands })
}

/// The share of four-word sequences that two bodies have in common, 0 to 1.
#[must_use]
pub fn resemblance(one: &str, other: &str) -> f64 {
    let (one, other) = (shingles(one), shingles(other));
    let common = one.intersection(&other).count();
    let all = one.len() + other.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

/// Hashes of the four-word sequences of `body`; of a short one a single hash of it all.
fn shingles(body: &str) -> FxHashSet<u64> {
    let words: Vec<u64> = body.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(hash_word).collect();
    let size = if words.len() < SHORT { words.len().max(1) } else { SHINGLE };
    words.windows(size).map(|words| words.iter().fold(0, |hash, word| mix(hash ^ word))).collect()
}

/// FNV-1a of the word in lower case.
fn hash_word(word: &str) -> u64 {
    let bytes = word.chars().flat_map(char::to_lowercase).flat_map(|c| u32::from(c).to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
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

    fn share_a_band(one: &str, other: &str) -> bool {
        let (one, other) = (fingerprint(one).unwrap(), fingerprint(other).unwrap());
        one.bands.iter().zip(&other.bands).any(|(one, other)| one == other)
    }

    #[test]
    fn ten_words_changed_in_eight_hundred_still_meet() {
        let original = text("word", 800);
        let mut words: Vec<&str> = original.split(' ').collect();
        for number in 0..10 {
            words[number * 79 + 5] = "altered";
        }
        let changed = words.join(" ");
        assert!(resemblance(&original, &changed) > 0.85);
        assert!(share_a_band(&original, &changed));
    }

    #[test]
    fn a_copy_that_was_cut_meets_its_original() {
        let (whole, cut) = (text("word", 600), text("word", 420));
        assert!(resemblance(&whole, &cut) >= COPY);
        assert!(share_a_band(&whole, &cut));
    }

    #[test]
    fn punctuation_case_and_line_breaks_do_not_matter() {
        let one = "“We’re not done,” the coach said. It was late.".repeat(8);
        let other = one.replace(['“', '”'], "\"").replace('’', "'").replace(". ", ".\n\n").to_uppercase();
        assert!((resemblance(&one, &other) - 1.0).abs() < f64::EPSILON);
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
        assert!(resemblance(&one, &other) < COPY, "{}", resemblance(&one, &other));
    }

    #[test]
    fn short_notices_meet_only_when_equal() {
        let notice = |day: &str| format!("The council meets on {day} at eight in the town hall. All are welcome.");
        assert_eq!(resemblance(&notice("Monday"), &notice("Monday")), 1.0);
        assert_eq!(resemblance(&notice("Monday"), &notice("Tuesday")), 0.0);
        assert!(!share_a_band(&notice("Monday"), &notice("Tuesday")));
        assert_eq!(fingerprint(" … "), None);
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
