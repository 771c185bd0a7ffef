//! Which language an article is in, as ISO 639-1 says it: "en".

use whatlang::{Info, Lang};

/// How much of an article is looked at: more does not make the answer surer.
const ENOUGH: usize = 4096;

/// English words that are few other languages' (Dutch has "of", German "die", Danish "for").
const ENGLISH: &[&str] = &[
    "the", "and", "that", "with", "said", "from", "this", "which", "were", "their", "would", "they", "have", "been", "his", "her", "not",
    "what", "who", "will", "are", "has", "it", "by", "is",
];

/// The ISO 639-1 code of the language of an article, where there is enough text to tell.
#[must_use]
pub fn detect(title: &str, body: &str) -> Option<String> {
    let body = &body[..body.floor_char_boundary(ENOUGH)];
    if is_english(body) || is_english(title) && body.len() < 40 {
        return Some("en".to_owned());
    }
    let text = if body.len() < 200 { format!("{title}\n{body}") } else { body.to_owned() };
    let info = whatlang::detect(&text)?;
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let code = code_of(info.lang());
    let known = sure(&info, letters).then_some(code);
    let by_words = || by_words(&text).filter(|(words, ahead)| *words == code || *ahead >= 2).map(|(words, _)| words);
    known.or_else(by_words).map(str::to_owned)
}

/// Words that tell the languages apart in which most news is written beside English: articles, prepositions, forms of "to be".
const WORDS: &[(&str, &str)] = &[
    (
        "de",
        "der die das und ist nicht ein eine einen dem den des mit von zu auf für sich auch wird werden sagte nach bei aus dass er sie wie noch im am zum zur",
    ),
    (
        "fr",
        "le la les des et est une un du dans que qui pour sur pas au aux avec il elle ont été sont ce cette mais par plus dit selon à de en",
    ),
    ("es", "el la los las y es una un de que en por con para del se su no al como más pero dijo ha fue según a lo"),
    ("it", "il la le gli di che è un una per con non del della nel sono ha più ma anche alla dei detto lo da in a"),
    ("pt", "o a os as e é um uma de que em do da para com não no na dos das por mais se foi disse ao pelo"),
    ("nl", "de het een en van is niet dat op te in voor met zijn aan er ook maar door naar heeft zei bij om"),
    ("sv", "och att det som en ett på är av för med den inte har om till från sade var de"),
    ("pl", "i w z na do się nie że jest to o jak po za od przez dla ma był powiedział"),
];

/// The language whose words a short text is made of: three of them at least, each another, and more than of any other language;
/// how many more stands beside it.
fn by_words(text: &str) -> Option<(&'static str, usize)> {
    let mut words: Vec<String> =
        text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(100).map(str::to_lowercase).collect();
    let all = words.len();
    words.sort_unstable();
    words.dedup();
    let mut counts: Vec<(usize, &str)> =
        WORDS.iter().map(|(code, list)| (list.split(' ').filter(|word| words.iter().any(|w| w == word)).count(), *code)).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let ((most, code), (second, _)) = (counts[0], counts[1]);
    (most >= 3 && most > second && most * 6 >= all).then_some((code, most - second))
}

/// Many languages share the Latin and the Cyrillic script: a short text in one of them says little.
fn sure(info: &Info, letters: usize) -> bool {
    match info.script() {
        whatlang::Script::Latin | whatlang::Script::Cyrillic | whatlang::Script::Arabic | whatlang::Script::Devanagari => {
            letters >= 40 && (info.is_reliable() || letters >= 300 && info.confidence() > 0.4)
        }
        _ => letters >= 8,
    }
}

/// Function words make up a quarter of English prose; an eighth of them are enough to tell it from any other language.
fn is_english(text: &str) -> bool {
    let (mut words, mut known) = (0, 0);
    let mut distinct = [false; ENGLISH.len()];
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(400) {
        words += 1;
        if let Some(index) = ENGLISH.iter().position(|english| english.eq_ignore_ascii_case(word)) {
            known += 1;
            distinct[index] = true;
        }
    }
    let distinct = distinct.iter().filter(|seen| **seen).count();
    distinct >= 2 && known * 11 >= words
}

/// The ISO 639-1 code of a language as a format names it: "en-US", "eng", "English", "pt_BR".
#[must_use]
pub fn code(name: &str) -> Option<String> {
    let name = name.trim().to_lowercase();
    let first = name.split(['-', '_']).next().unwrap_or("");
    if first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Some(first.to_owned());
    }
    let by_three = Lang::from_code(match first {
        "ger" => "deu",
        "fre" => "fra",
        "dut" => "nld",
        "chi" | "zho" => "cmn",
        "gre" => "ell",
        "cze" => "ces",
        "rum" => "ron",
        "per" | "fas" => "pes",
        "nor" => "nob",
        "ara" => "ara",
        other => other,
    });
    by_three
        .or_else(|| Lang::all().iter().copied().find(|lang| lang.eng_name().eq_ignore_ascii_case(&name)))
        .or(match name.as_str() {
            "chinese" => Some(Lang::Cmn),
            "norwegian" => Some(Lang::Nob),
            "farsi" => Some(Lang::Pes),
            _ => None,
        })
        .map(|lang| code_of(lang).to_owned())
}

/// ISO 639-3 to 639-1, for the languages that the detector knows.
fn code_of(lang: Lang) -> &'static str {
    match lang.code() {
        "eng" => "en",
        "rus" => "ru",
        "cmn" => "zh",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "ben" => "bn",
        "fra" => "fr",
        "deu" => "de",
        "ukr" => "uk",
        "kat" => "ka",
        "ara" => "ar",
        "hin" => "hi",
        "jpn" => "ja",
        "heb" => "he",
        "yid" => "yi",
        "pol" => "pl",
        "amh" => "am",
        "jav" => "jv",
        "kor" => "ko",
        "nob" => "nb",
        "dan" => "da",
        "swe" => "sv",
        "fin" => "fi",
        "tur" => "tr",
        "nld" => "nl",
        "hun" => "hu",
        "ces" => "cs",
        "ell" => "el",
        "bul" => "bg",
        "bel" => "be",
        "mar" => "mr",
        "kan" => "kn",
        "ron" => "ro",
        "slv" => "sl",
        "hrv" => "hr",
        "srp" => "sr",
        "mkd" => "mk",
        "lit" => "lt",
        "lav" => "lv",
        "est" => "et",
        "tam" => "ta",
        "vie" => "vi",
        "urd" => "ur",
        "tha" => "th",
        "guj" => "gu",
        "uzb" => "uz",
        "pan" => "pa",
        "aze" => "az",
        "ind" => "id",
        "tel" => "te",
        "pes" => "fa",
        "mal" => "ml",
        "ori" => "or",
        "mya" => "my",
        "nep" => "ne",
        "sin" => "si",
        "khm" => "km",
        "tuk" => "tk",
        "aka" => "ak",
        "zul" => "zu",
        "sna" => "sn",
        "afr" => "af",
        "lat" => "la",
        "slk" => "sk",
        "cat" => "ca",
        "tgl" => "tl",
        "hye" => "hy",
        "epo" => "eo",
        "cym" => "cy",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        for (text, language) in [
            ("The mayor said on Tuesday that the bridge would be open by the spring.", Some("en")),
            (
                "Der Bürgermeister sagte am Dienstag, die Brücke werde im Frühjahr wieder geöffnet, und die Kosten trage das Land.",
                Some("de"),
            ),
            ("Le maire a déclaré mardi que le pont serait rouvert au printemps et que la région paierait les travaux.", Some("fr")),
            ("El alcalde dijo el martes que el puente se abrirá en primavera y que la región pagará las obras del río.", Some("es")),
            ("Мэр заявил во вторник, что мост откроют весной следующего года, а расходы возьмёт на себя область.", Some("ru")),
            ("市長は火曜日の記者会見で、橋は来年の春に再び開通すると述べた。", Some("ja")),
            ("Der Mann ist tot und die Frau nicht.", Some("de")),
            ("Le maire a dit non, selon les élus.", Some("fr")),
            ("El alcalde dijo que no.", Some("es")),
            ("Man United beat Ajax in de Kuip", None),
            ("12 34 56", None),
            ("Budapest 3:2", None),
        ] {
            assert_eq!(detect("", text).as_deref(), language, "{text}");
        }
        assert_eq!(detect("What the mayor said and who paid", "Photos").as_deref(), Some("en"));
    }

    #[test]
    fn names_of_languages_become_codes() {
        for (name, expected) in [
            ("en", Some("en")),
            ("en-US", Some("en")),
            ("pt_BR", Some("pt")),
            ("eng", Some("en")),
            ("ger", Some("de")),
            ("English", Some("en")),
            ("", None),
            ("klingon", None),
        ] {
            assert_eq!(code(name).as_deref(), expected, "{name}");
        }
    }
}
