//! Whom a text is talking about: what pronouns and nominals point back to.

use crate::annotate::entities::{Entities, Gender, Kind, NamedEntity};
use crate::annotation::SpeakerKind;

/// Who stands behind a mention.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// A person, an organization, nobody with a name.
    pub kind: SpeakerKind,
    /// The place in [`Entities::entities`].
    pub entity: Option<usize>,
    /// The name, where no entity carries it.
    pub name: Option<String>,
    /// How it was found.
    pub rule: Resolution,
}

/// The ways from a mention to who it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resolution {
    /// It is a name.
    Name,
    /// A name that no list knows, taken as it stands.
    Capitals,
    /// "he": the most salient person it can be.
    Pronoun,
    /// "the senator": the person of that role.
    Role,
    /// "the 43-year-old": the most salient person.
    Nominal,
    /// "her statement": whose it is.
    Owner,
    /// "it", "the company": the most salient organization.
    Organization,
    /// "a senior official"
    Unnamed,
    /// "they": those who spoke together last.
    Several,
    /// "I", outside of quotation marks
    Author,
    /// Not known.
    #[default]
    Unknown,
}

/// How much more the one who spoke last is likely to speak again.
const SPOKE_LAST: f32 = 1.5;
/// How much a person of unknown sex fits "he" or "she".
const UNKNOWN_SEX: f32 = 0.85;
/// What remains after a sentence.
const DECAY: f32 = 0.55;

/// Who is talked about most at some point of the text.
#[derive(Debug)]
pub(super) struct Salience {
    /// For each entity: how much, and at which sentence.
    pub(super) values: Vec<(f32, usize)>,
    /// The entities spoken of of late, the last one at the end; no more than [`REMEMBERED`].
    pub(super) recent: Vec<usize>,
    /// The last person that spoke, and in which sentence.
    pub(super) person: Option<(usize, usize)>,
    /// The last organization that spoke, and in which sentence.
    pub(super) organization: Option<(Resolved, usize)>,
    /// Several who spoke last together, or a group, and in which sentence: whom "they" takes up.
    pub(super) several: Option<(Resolved, usize)>,
    /// The person named most often in the whole article.
    pub(super) most_named: Option<usize>,
}

/// How many entities are kept in mind at once: more than any article needs, and few enough that one of a million names is read
/// in time linear in its length.
pub(super) const REMEMBERED: usize = 64;

/// Up to so many sentences back "it" and "the company" point to the organization that spoke last.
pub(super) const RECENT: usize = 4;

impl Salience {
    pub(super) fn new(entities: &Entities) -> Self {
        Self {
            values: vec![(0.0, 0); entities.entities.len()],
            recent: Vec::new(),
            person: None,
            organization: None,
            several: None,
            most_named: most_named(entities),
        }
    }

    pub(super) fn of(&self, entity: usize, sentence: usize) -> f32 {
        let (value, at) = self.values[entity];
        let passed = i32::try_from(sentence.saturating_sub(at)).unwrap_or(i32::MAX).min(40);
        value * DECAY.powi(passed)
    }

    pub(super) fn add(&mut self, entity: usize, sentence: usize, weight: f32) {
        self.values[entity] = (self.of(entity, sentence) + weight, sentence);
        if let Some(at) = self.recent.iter().rposition(|&e| e == entity) {
            self.recent.remove(at);
        } else if self.recent.len() == REMEMBERED {
            self.recent.remove(0);
        }
        self.recent.push(entity);
    }
}

/// The person named most often; of several the first.
fn most_named(entities: &Entities) -> Option<usize> {
    let people = entities.entities.iter().enumerate().filter(|(_, e)| e.kind == Kind::Person && !e.mentions.is_empty());
    people.max_by_key(|(at, e)| (e.mentions.len(), std::cmp::Reverse(*at))).map(|(at, _)| at)
}

/// The person talked about most whom `gender` and `role` fit.
pub(super) fn most_salient(
    entities: &Entities,
    salience: &Salience,
    sentence: usize,
    gender: Option<Gender>,
    role: Option<&dyn Fn(&NamedEntity) -> bool>,
) -> Option<usize> {
    let mut best: Option<(f32, usize)> = None;
    for &e in &salience.recent {
        let entity = &entities.entities[e];
        if entity.kind != Kind::Person || entity.plural || role.is_some_and(|fits| !fits(entity)) {
            continue;
        }
        let fit = match (gender, entity.gender) {
            (Some(want), Some(is)) if want != is => continue,
            (Some(_), None) => UNKNOWN_SEX,
            _ => 1.0,
        };
        let last = salience.person.is_some_and(|(p, at)| p == e && sentence - at <= RECENT);
        let value = salience.of(e, sentence) * fit * if last { SPOKE_LAST } else { 1.0 };
        if value > 0.0 && best.is_none_or(|(b, _)| value > b) {
            best = Some((value, e));
        }
    }
    best.map(|(_, e)| e)
}

/// The sex that a pronoun tells of.
pub(super) fn pronoun_gender(word: &str) -> Option<Gender> {
    const MALE: [&str; 4] = ["he", "him", "his", "himself"];
    const FEMALE: [&str; 4] = ["she", "her", "hers", "herself"];
    // asked of every word: most are told by their first letter
    if !word.starts_with(['h', 's', 'H', 'S']) {
        return None;
    }
    let word = word.split(['\'', '’']).next().unwrap_or(word);
    let any = |pronouns: [&str; 4]| pronouns.iter().any(|p| word.eq_ignore_ascii_case(p));
    if any(MALE) {
        Some(Gender::Male)
    } else if any(FEMALE) {
        Some(Gender::Female)
    } else {
        None
    }
}

/// A person, if there is one.
pub(super) fn person(entity: Option<usize>, rule: Resolution) -> Resolved {
    match entity {
        Some(_) => Resolved { kind: SpeakerKind::Person, entity, name: None, rule },
        None => Resolved::default(),
    }
}
