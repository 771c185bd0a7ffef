//! The words that tell who speaks: reporting verbs with their behaviour, and the closed classes of English around them.

use rustc_hash::FxHashMap;

/// What a word can be, as a set of the classes of `words.txt`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(pub u32);

/// The forms of a verb, as a set: "put" is its base, past and participle.
pub mod form {
    /// "say"
    pub const BASE: u8 = 1;
    /// "says"
    pub const THIRD: u8 = 2;
    /// "said"
    pub const PAST: u8 = 4;
    /// "said" in "has said", "was said"
    pub const PARTICIPLE: u8 = 8;
    /// "saying"
    pub const ING: u8 = 16;
}

macro_rules! classes {
    ($($name:ident $word:literal $bit:literal $doc:literal;)*) => {
        impl Class {
            $(#[doc = $doc] pub const $name: Class = Class(1 << $bit);)*

            fn named(name: &str) -> Option<Class> {
                match name { $($word => Some(Self::$name),)* _ => None }
            }
        }
    };
}

classes! {
    DETERMINER "determiner" 0 "\"the\", \"some\", \"two\"";
    POSSESSIVE "possessive" 1 "\"his\"";
    SUBJECT "subject" 2 "\"he\"";
    OBJECT "object" 3 "\"him\"";
    MALE "male" 4 "\"he\", \"husband\"";
    FEMALE "female" 5 "\"she\", \"wife\"";
    PLURAL "plural" 6 "\"they\"";
    PREPOSITION "preposition" 7 "\"of\"";
    BE "be" 8 "\"is\"";
    HAVE "have" 9 "\"has\"";
    DO "do" 10 "\"did\"";
    MODAL "modal" 11 "\"would\"";
    NOT "not" 12 "\"never\"";
    ADVERB "adverb" 13 "\"also\"";
    COORDINATOR "coordinator" 14 "\"and\"";
    SUBORDINATOR "subordinator" 15 "\"because\"";
    RELATIVE "relative" 16 "\"who\"";
    QUESTION "question" 17 "\"whether\"";
    TIME "time" 18 "\"week\"";
    TITLE "title" 19 "\"Sen.\"";
    ROLE "role" 20 "\"envoy\": a noun for one person";
    GROUP "group" 21 "\"officials\": a noun for several";
    ORGANIZATION "organization" 22 "\"ministry\": a noun for what can speak and is no person";
    SPEECH "speech" 23 "\"interview\": an occasion or a vessel of speech";
    HEARER "hearer" 24 "\"reporters\": who is told";
    VERB "verb" 25 "a common verb that reports nothing";
    CALENDAR "calendar" 27 "\"Monday\", \"April\"";
    DOCUMENT "document" 28 "\"report\": what is written or shown, and can say something";
    KIN "kin" 29 "\"husband\": a noun for one person that needs another";
    INSTITUTION "institution" 30 "\"government\": an organization that needs nobody to introduce it";
    REPORT "report" 31 "\"claim\": a noun that reports, where somebody owns it";
    ELISION "elision" 26 "\"'em\": begins with an apostrophe";
}

impl Class {
    /// Whether it shares a class with `other`.
    #[must_use]
    pub fn is(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// Either.
    #[must_use]
    pub const fn or(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

/// How a reporting verb behaves: a set of the letters of `cues.tsv`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Behaviour {
    /// Reports speech: a quote beside it is its content.
    pub quotes: bool,
    /// Reports speech only right beside a whole quote: "smiled".
    pub weak: bool,
    /// Takes a hearer: "told reporters".
    pub hearer: bool,
    /// Takes an object before the words quoted: "called him".
    pub object: bool,
    /// As often a noun: "claims".
    pub noun: bool,
    /// As often a deed as words: "agreed to sell", "plans to build".
    pub deed: bool,
}

/// A reporting verb.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CueVerb {
    /// "say"
    pub lemma: &'static str,
    /// What it does.
    pub behaviour: Behaviour,
    /// The particle of "point out".
    pub particle: Option<&'static str>,
    /// How much speaks for it as the verb that reports a quoted phrase behind it, as a natural logarithm of odds.
    pub strength: f32,
    /// How many in a hundred such clauses are somebody's words, in the order of [`COMPLEMENTS`].
    figures: [Option<u8>; COMPLEMENTS.len()],
}

/// The letters of the ways in which a verb takes what is reported, with how many in a hundred of such clauses are somebody's
/// words over all verbs: what stands in for a verb without a figure of its own.
const COMPLEMENTS: [(char, u8); 7] = [('t', 80), ('c', 69), ('w', 62), ('i', 50), ('p', 30), ('n', 44), ('b', 53)];

impl CueVerb {
    /// How likely a clause that this verb takes in the way of `complement`, a letter of `cues.tsv`, is somebody's words.
    #[must_use]
    pub fn reports(&self, complement: char) -> f32 {
        let at = COMPLEMENTS.iter().position(|&(letter, _)| letter == complement);
        at.map_or(0.0, |i| f32::from(self.figures[i].unwrap_or(COMPLEMENTS[i].1)) / 100.0)
    }
}

/// What is known of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Its classes.
    pub class: Class,
    /// One more than the index of its verb in `Cues::verbs`; nought for none.
    pub verb: u16,
    /// One more than the index of the verb that it is with a particle.
    pub phrasal: u16,
    /// Which forms of that verb it is; see [`form`].
    pub forms: u8,
}

/// The reporting verbs and the classes of words.
#[derive(Debug, Default)]
pub struct Cues {
    words: FxHashMap<String, Word>,
    verbs: Vec<CueVerb>,
    noun: CueVerb,
}

impl Cues {
    /// Reads the lists inside the program.
    #[must_use]
    pub fn embedded() -> Self {
        let mut cues = Self { noun: noun(), ..Self::default() };
        cues.read_classes(include_str!("words.txt"));
        cues.read_verbs(include_str!("cues.tsv"));
        cues
    }

    /// What stands in for a verb where a noun reports: "his claim that".
    #[must_use]
    pub fn noun(&self) -> &CueVerb {
        &self.noun
    }

    /// What is known of `word`, which is looked up in lower case.
    #[must_use]
    pub fn word(&self, word: &str) -> Word {
        if word.len() > LONGEST {
            return Word::default();
        }
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            return self.words.get(word).copied().unwrap_or_default();
        }
        let mut lower = [0_u8; LONGEST];
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).ok().and_then(|w| self.words.get(w)).copied().unwrap_or_default()
    }

    /// The verb behind [`Word::verb`] or [`Word::phrasal`].
    #[must_use]
    pub fn verb(&self, index: u16) -> Option<&CueVerb> {
        self.verbs.get(usize::from(index).checked_sub(1)?)
    }

    fn read_classes(&mut self, text: &'static str) {
        let mut class = Class::default();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                class = Class::named(name).unwrap_or_default();
                debug_assert!(class != Class::default(), "no such class: {name}");
                continue;
            }
            for word in line.split_whitespace() {
                let known = &mut self.words.entry(word.to_owned()).or_default().class;
                *known = known.or(class);
            }
        }
    }

    fn read_verbs(&mut self, text: &'static str) {
        for line in text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let mut fields = line.split('\t');
            let (lemma, irregular, letters) = (fields.next().unwrap_or(""), fields.next().unwrap_or("-"), fields.next().unwrap_or(""));
            let (base, particle) = match lemma.split_once(' ') {
                Some((base, particle)) => (base, Some(particle)),
                None => (lemma, None),
            };
            let behaviour = Behaviour {
                quotes: letters.contains('q'),
                weak: letters.contains('w'),
                hearer: letters.contains('h'),
                object: letters.contains('o'),
                noun: letters.contains('n'),
                deed: letters.contains('d'),
            };
            let strength = fields.next().and_then(|s| s.parse::<f32>().ok()).unwrap_or(0.0) / 10.0;
            let mut figures = [None; COMPLEMENTS.len()];
            for figure in fields.next().unwrap_or("-").split_whitespace() {
                let at = COMPLEMENTS.iter().position(|&(letter, _)| figure.starts_with(letter));
                if let (Some(at), Ok(percent)) = (at, figure[1..].parse::<u8>()) {
                    figures[at] = Some(percent);
                }
            }
            self.verbs.push(CueVerb { lemma, behaviour, particle, strength, figures });
            let index = u16::try_from(self.verbs.len()).unwrap_or(0);
            for (word, forms) in inflect(base, irregular) {
                let known = self.words.entry(word).or_default();
                if particle.is_some() {
                    known.phrasal = index;
                } else {
                    known.verb = index;
                }
                known.forms |= forms;
            }
        }
    }
}

/// What a reporting noun does. Of the clauses behind "his claim that" people marked 40 in a hundred as somebody's words, of
/// those behind "her pledge to" 30: counted as the figures of the verbs.
fn noun() -> CueVerb {
    let mut figures = [Some(0); COMPLEMENTS.len()];
    for (at, (letter, _)) in COMPLEMENTS.iter().enumerate() {
        figures[at] = Some(match letter {
            't' => 55,
            'i' => 45,
            _ => 0,
        });
    }
    CueVerb { lemma: "", strength: 1.0, figures, ..CueVerb::default() }
}

/// Longer words are in no list.
const LONGEST: usize = 24;

/// The forms of a verb, by rule but for the irregular ones: past, participle, present participle, parted by "/".
fn inflect(base: &str, irregular: &str) -> Vec<(String, u8)> {
    let stem = base.strip_suffix('e').filter(|s| !s.ends_with(['e', 'o'])).unwrap_or(base);
    let consonant_y = base.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u']));
    let third = match consonant_y {
        Some(stem) => format!("{stem}ies"),
        None if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("ch") || base.ends_with("sh") => format!("{base}es"),
        None => format!("{base}s"),
    };
    let regular_past = match consonant_y {
        Some(stem) => format!("{stem}ied"),
        None => format!("{}ed", base.strip_suffix('e').unwrap_or(base)),
    };
    let first_word = |w: &str| w.split(' ').next().unwrap_or("").to_owned();
    let mut given = irregular.split('/').filter(|w| *w != "-").map(first_word);
    let past = given.next().unwrap_or(regular_past);
    let participle = given.next().unwrap_or_else(|| past.clone());
    let doubled = past.strip_suffix("ed").filter(|s| s.len() > base.len()).map(|s| format!("{s}ing"));
    let ing = given.next().or(doubled).unwrap_or_else(|| format!("{stem}ing"));
    vec![(base.to_owned(), form::BASE), (third, form::THIRD), (past, form::PAST), (participle, form::PARTICIPLE), (ing, form::ING)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_found_in_every_form() {
        let cues = Cues::embedded();
        let lemma = |w: &str| cues.verb(cues.word(w).verb).map(|v| v.lemma);
        for word in ["say", "says", "Said", "saying"] {
            assert_eq!(lemma(word), Some("say"), "{word}");
        }
        assert_eq!(lemma("quipped"), Some("quip"));
        assert_eq!(lemma("quipping"), Some("quip"));
        assert_eq!(lemma("testified"), Some("testify"));
        assert_eq!(lemma("testifies"), Some("testify"));
        assert_eq!(lemma("writing"), Some("write"));
        assert_eq!(lemma("agreeing"), Some("agree"));
        assert_eq!(lemma("banana"), None);
        let point = cues.word("pointed");
        assert_eq!(cues.verb(point.phrasal).and_then(|v| v.particle), Some("out"));
    }
}
