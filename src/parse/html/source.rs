//! Which outlet a page is of: what its markup says of publisher and site, its `<title>` and its host do not always agree.

use crate::lexicon::agencies::agency;

/// Words of the longest name of an outlet at the end of a title.
const LONGEST: usize = 5;

/// The outlet. `publisher` is what structured data says, `site` what `<meta>` does; `title` is the page's, whose end often
/// names the outlet.
pub(super) fn outlet(publisher: Option<String>, site: Option<String>, title: &str, host: Option<&str>) -> Option<String> {
    let tidy = |name: String| {
        // "The Daily Post | News from the harbour"
        let name = name.split(" | ").next().unwrap_or_default().trim().trim_start_matches('@').to_owned();
        Some(name).filter(|name| !name.is_empty() && !name.contains("://"))
    };
    let (publisher, site) = (publisher.and_then(tidy), site.and_then(tidy));
    let label = host.map(label).unwrap_or_default();
    let tail = tail(title);
    // "paper.example", where the site calls itself "paper".
    let named = publisher.as_ref().or(site.as_ref());
    if let (Some(tail), Some(host)) = (tail, host)
        && tail.trim_start_matches("www.").eq_ignore_ascii_case(host)
        && named.is_some_and(|name| !name.contains(char::is_uppercase))
    {
        return Some(tail.to_owned());
    }
    let agrees = |name: &str| {
        let name = letters(name);
        let in_title = tail.map(letters).is_some_and(|tail| tail.contains(&name) || name.contains(&tail));
        in_title || (label.len() > 2 && (label.contains(&name) || is_short_for(&label, &name)))
    };
    match (publisher, site) {
        // What an agency wrote is published by whoever printed it.
        (Some(publisher), Some(site)) if agrees(&site) && (!agrees(&publisher) || agency(&publisher).is_some()) => Some(site),
        (Some(name), _) | (None, Some(name)) => Some(name),
        (None, None) => {
            let fits = |name: String| name.len() <= label.len() * 5 / 2 && is_short_for(&label, &name);
            tail.filter(|tail| label.len() > 2 && !tail.contains('.') && fits(letters(tail))).map(str::to_owned)
        }
    }
}

/// What stands behind the last stroke or dash of a title, if it may be a name.
fn tail(title: &str) -> Option<&str> {
    let separators = [" | ", " - ", " – ", " — ", " : ", " :: "];
    let (at, length) = separators.iter().filter_map(|s| Some((title.rfind(s)?, s.len()))).max()?;
    let tail = title[at + length..].trim();
    (!tail.is_empty() && tail.split(' ').count() <= LONGEST).then_some(tail)
}

/// "paper" of "www.paper.co.uk".
fn label(host: &str) -> String {
    let parts: Vec<&str> = host.split('.').collect();
    let last = parts.len().saturating_sub(1);
    let end = if last >= 2 && parts[last - 1].len() <= 3 { last - 1 } else { last };
    letters(parts[..end].last().copied().unwrap_or_default())
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether the letters of `short` stand in `long` in their order: "nytimes" in "thenewyorktimes".
fn is_short_for(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::outlet;

    #[test]
    fn the_outlet_is_whose_page_it_is() {
        for (publisher, site, title, host, expected) in [
            ("Harbour Post", "Harbour Post", "A - Harbour Post", "harbourpost.example", "Harbour Post"),
            ("Associated Press", "Harbour Post", "Ships - Harbour Post", "harbourpost.example", "Harbour Post"),
            ("Associated Press", "", "Ships", "apnews.com", "Associated Press"),
            ("Blogger", "QuayNews | All of the quay", "Ships", "quaynews.example", "QuayNews"),
            ("Harbour Wire", "World", "Ships - Harbour Wire", "wire.example", "Harbour Wire"),
            ("", "ledger", "Ships - ledger.example", "ledger.example", "ledger.example"),
            ("", "", "Ships - The New Quay Times", "nqtimes.com", "The New Quay Times"),
            ("", "", "Ships - what to see", "nqtimes.com", ""),
            ("", "@harbour", "Ships", "harbour.example", "harbour"),
        ] {
            let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            assert_eq!(
                outlet(given(publisher), given(site), title, Some(host)).unwrap_or_default(),
                expected,
                "{publisher} {site} {title}"
            );
        }
    }
}
