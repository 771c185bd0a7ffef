//! Reads the writers out of a byline: "By JANE ROE and John Doe, Staff Writers".

use std::sync::LazyLock;

use regex::Regex;

/// What stands before the names.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i)(?:(?:(?:story|written|reported|reporting|posted|published|words|text|article|analysis|review|opinion)\s+)?by\b:?|von|par|por|di|door|av|author:|text:|byline:|текст:|автор:|autor:|texte:|foto:)\s+").expect("a fixed pattern")
});

/// What parts one writer from the next.
static BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\s*(?:[,;/\n•·|]|\s(?:and|with|und|et|y|e|og|en)\s|&|\s[–—-]\s)\s*").expect("a fixed pattern"));

/// A single family name, perhaps with particles, a comma, and first names.
static FAMILY_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?P<family>(?:(?:van|von|der|den|de|la|le|du|di|da|del|el|al|bin)\s)*\p{Lu}[\p{L}'’-]*\p{Ll}),\s+(?P<first>\p{Lu}[\p{L}'’-]*\p{Ll}(?:\s\p{Lu}\.?)*)\s*$")
        .expect("a fixed pattern")
});

/// Words that name a post or an outlet, not a person.
static POST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)\b(?:writers?|reporters?|correspondents?|editors?|staff|bureau|chief|columnists?|contributors?|producers?|journalists?|analysts?|special\ to
        |agency|agencies|press|news|reuters|afp|upi|dpa|ap|pa|bbc|cnn|npr|tass|xinhua|bloomberg|wires?|service|media|magazine|newspapers?|times|post|guardian|telegraph|online|network|radio|television|tv)\b|\.\w{2,}$",
    )
    .expect("a fixed pattern")
});

/// Where the line goes on with a day.
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august|september|october|november|december)\b\s*\d*$|published|updated|posted|commented\ on)\b.*$
          |^(?:january|february|march|april|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b.*",
    )
    .expect("a fixed pattern")
});

/// What a content management system writes where nobody is named.
const NOBODY: &[&str] =
    &["admin", "administrator", "webmaster", "author", "editor", "guest", "root", "user", "unknown", "n/a", "null", "none"];

/// The writers that a byline names, in its order and spelling; an agency only where no person is named.
pub(super) fn authors(byline: &str) -> Vec<String> {
    let is_address = |word: &&str| word.contains("://") || word.starts_with("www.");
    let byline = byline.split_whitespace().filter(|word| !is_address(word)).collect::<Vec<_>>().join(" ");
    let names = LEAD.replace(&byline, "");
    if let Some(people) = family_names_first(&names).or_else(|| with_initials_behind(&names)) {
        return people;
    }
    let mut people: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for part in BETWEEN.split(&names).take(40) {
        let part = without_sentence(part.split(['(', '<', '[']).next().unwrap_or(part));
        let part = LEAD.replace(part.trim().trim_matches([':', '*', '_', '"']), "").trim().to_owned();
        if is_suffix(&part) {
            if let Some(last) = people.last_mut() {
                last.push_str(", ");
                last.push_str(&part);
            }
            continue;
        }
        if is_degree(&part) {
            continue;
        }
        let part = DAY.split(without_place(&part)).next().unwrap_or_default().trim().trim_end_matches('.');
        if part.len() < 2 || part.contains('@') || part.contains("://") || !part.chars().any(char::is_alphabetic) || is_initials(part) {
            continue;
        }
        let part = without_post(part);
        if NOBODY.contains(&part.to_lowercase().as_str()) {
            continue;
        }
        // "Anna Bell, Fakten": one word behind a full name is no writer.
        if !part.contains(' ') && people.first().is_some_and(|first| first.contains(' ')) {
            continue;
        }
        let list = if POST.is_match(&part) { &mut others } else { &mut people };
        if !list.iter().any(|name| name.eq_ignore_ascii_case(&part)) {
            list.push(part);
        }
    }
    if people.is_empty() {
        others.truncate(1);
        return others;
    }
    people.truncate(20);
    people
}

/// "Anna Bell. Fakten International" is Anna Bell; "St. John" and "J. Bell" stay whole.
fn without_sentence(part: &str) -> &str {
    match part.split_once(". ") {
        Some((name, _)) if name.contains(' ') && name.rsplit(' ').next().is_some_and(|word| word.chars().count() >= 5) => name,
        _ => part,
    }
}

/// "Lee, Ann; van Dijk, Femke M." are Ann Lee and Femke M. van Dijk; `None` for a byline that is not of this kind throughout.
fn family_names_first(names: &str) -> Option<Vec<String>> {
    let turned = |name: &str| {
        let found = FAMILY_FIRST.captures(name)?;
        let is_name = !POST.is_match(name) && !is_suffix(&found["first"]) && !is_degree(&found["first"]);
        is_name.then(|| format!("{} {}", &found["first"], &found["family"]))
    };
    names.split([';', '|']).filter(|name| !name.trim().is_empty()).take(20).map(turned).collect()
}

/// "LEE, A., van Dijk, F.-M." are A. LEE and F.-M. van Dijk, as journals of science write them.
fn with_initials_behind(names: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = names.split(',').map(str::trim).filter(|part| !part.is_empty()).take(40).collect();
    let pairs = parts.chunks(2).map(|pair| match pair {
        [family, initials] if initials.ends_with('.') && is_initials(initials) && !is_initials(family) => {
            Some(format!("{initials} {family}"))
        }
        _ => None,
    });
    Some(pairs.collect::<Option<Vec<_>>>()?).filter(|people| !people.is_empty())
}

/// "Jr.", "III": of the name before.
fn is_suffix(part: &str) -> bool {
    matches!(part.trim_end_matches('.').to_ascii_lowercase().as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "esq")
}

/// "MS", "RD": said of the name before, no name.
fn is_degree(part: &str) -> bool {
    matches!(
        part.replace('.', "").as_str(),
        "MS" | "MA"
            | "BA"
            | "RD"
            | "RDN"
            | "RN"
            | "MPH"
            | "MSc"
            | "MBA"
            | "CPA"
            | "DDS"
            | "DO"
            | "PharmD"
            | "LDN"
            | "CNS"
            | "JD"
            | "MD"
            | "PhD"
    )
}

/// The initials of an editor ("gr"), or of the name before ("P.-L.").
fn is_initials(part: &str) -> bool {
    let small = part.len() <= 3 && part.chars().all(char::is_lowercase);
    small || part.split(|c: char| !c.is_alphabetic()).all(|word| word.chars().count() <= 1)
}

/// "Anna Bell political correspondent" is Anna Bell.
fn without_post(part: &str) -> String {
    let words: Vec<&str> = part.split(' ').collect();
    let last = words.last().map(|word| word.trim_end_matches('s').to_lowercase()).unwrap_or_default();
    let is_post = matches!(last.as_str(), "correspondent" | "editor" | "reporter" | "writer" | "columnist");
    match words[..] {
        [first, second, _, ..] if is_post && [first, second].iter().all(|w| w.starts_with(char::is_uppercase) && !POST.is_match(w)) => {
            format!("{first} {second}")
        }
        _ => part.to_owned(),
    }
}

/// "Jane Roe in Kyiv" is Jane Roe.
fn without_place(part: &str) -> &str {
    match part.split_once(" in ") {
        Some((name, place)) if name.contains(' ') && place.starts_with(char::is_uppercase) => name.trim(),
        _ => part,
    }
}

#[cfg(test)]
mod tests {
    use super::authors;

    #[test]
    fn names_come_out_of_bylines() {
        for (byline, names) in [
            ("By Anna Bell", &["Anna Bell"][..]),
            ("BY ANNA BELL and Tom O'Dea, Staff Writers", &["ANNA BELL", "Tom O'Dea"]),
            ("By ANNA BELL, AP Business Writer", &["ANNA BELL"]),
            ("Anna Bell, Jr., Tom Dee & Ivo Kral", &["Anna Bell, Jr.", "Tom Dee", "Ivo Kral"]),
            ("Von Anna Bell, dpa", &["Anna Bell"]),
            ("Anna Bell / Fakten.example", &["Anna Bell"]),
            ("By Anna Bell in Kyiv and Tom Dee in London", &["Anna Bell", "Tom Dee"]),
            ("The Associated Press", &["The Associated Press"]),
            ("Anna Bell (anna@paper.example)", &["Anna Bell"]),
            ("Anna Bell | The Daily Post", &["Anna Bell"]),
            ("Reporting by Anna Bell", &["Anna Bell"]),
            ("Anna Bell Monday, November 18", &["Anna Bell"]),
            ("Anna Bell Senate correspondent", &["Anna Bell"]),
            ("Guardian staff reporter", &["Guardian staff reporter"]),
            ("Anna Bell, MS, RD", &["Anna Bell"]),
            ("Anna Bell, Fakten", &["Anna Bell"]),
            ("Anna Campbell. Fakten International", &["Anna Campbell"]),
            ("By ANNA BELL, IVO KRAL and TOM J. DEE", &["ANNA BELL", "IVO KRAL", "TOM J. DEE"]),
            ("Lee, Ann", &["Ann Lee"]),
            ("van Dijk, Femke M.; Ray, Bob", &["Femke M. van Dijk", "Bob Ray"]),
            ("Anna Bell, Tom Dee", &["Anna Bell", "Tom Dee"]),
            ("BELL, A. , Kral, I.-M., O'Dea, T. J.", &["A. BELL", "I.-M. Kral", "T. J. O'Dea"]),
            ("gr/bp", &[]),
            ("By admin", &[]),
            ("https://paper.example/staff/7", &[]),
            ("  ", &[]),
        ] {
            assert_eq!(authors(byline), names, "{byline}");
        }
    }
}
