//! Ties the names of people: surnames, first names, initials and nicknames to the full name.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Cluster, Draft, Kind, Member, families, roles};
use crate::annotate::text::TokenKind;
use crate::article::Article;
use crate::lexicon::name_lists::{Gender, NameLists};
use crate::lexicon::spelling;

/// The people of an article.
pub(super) fn tie(draft: &Draft<'_>, article: &Article) -> Vec<Cluster> {
    let lists = &draft.lexicon.names;
    let mut people: Vec<Person> = Vec::new();
    for given in &article.given.people {
        let mut person = Person::new(lists, Cluster::from_given(Kind::Person, given), words_of(&given.name));
        person.forms.extend(given.aliases.iter().map(|a| words_of(a)).filter(|w| w.len() > 1));
        people.push(person);
    }
    let mut known = Known::default();
    for (p, person) in people.iter().enumerate() {
        person.forms.iter().for_each(|form| known.add(form, p));
    }
    let members = draft.of_kind(Kind::Person);
    let forms: Vec<Vec<String>> = members.iter().map(|&m| draft.name_words(m)).collect();
    // Names of two words and more, the longest first, found out who is who.
    let mut order: Vec<usize> = (0..members.len()).filter(|&i| forms[i].len() > 1).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(forms[i].len()));
    for i in order {
        let title = draft.title_gender(members[i]);
        let answers = |p: &usize| people[*p].answers_in_full(lists, &forms[i]) && !people[*p].clashes(title);
        let p = known.by_full_name(&forms[i]).into_iter().find(answers).unwrap_or_else(|| {
            people.push(Person::new(lists, Cluster::new(Kind::Person, draft.clean_words(members[i])), forms[i].clone()));
            known.add(&forms[i], people.len() - 1);
            people.len() - 1
        });
        if people[p].take(members[i], &forms[i], title) {
            known.add(&forms[i], p);
        }
    }
    for person in &mut people {
        person.named = person.cluster.members.clone();
        person.named.sort_unstable();
    }
    // Single words, in order of the text: to whom they answer by the role before them, or was last named before.
    let full = people.len();
    let shared = share_a_surname(&people);
    let mut families: Vec<Cluster> = Vec::new();
    let mut family_of: FxHashMap<String, usize> = FxHashMap::default();
    for (i, form) in forms.iter().enumerate().filter(|(_, f)| f.len() == 1) {
        let title = draft.title_gender(members[i]);
        let at = members[i];
        let candidates = known.by_word(&form[0]);
        if families::is_family(draft, at) && !candidates.iter().any(|&p| p < full && people[p].answers_to(&form[0]) == Some(0)) {
            let family = *family_of.entry(draft.clean_words(at)).or_insert_with_key(|name| {
                families.push(Cluster { plural: true, ..Cluster::new(Kind::Person, name.clone()) });
                families.len() - 1
            });
            families[family].members.push(at);
            continue;
        }
        let role = if shared { draft.role_before(at) } else { None };
        if role.is_some() {
            candidates.iter().for_each(|&p| people[p].learn_roles(draft));
        }
        let best = candidates
            .into_iter()
            .filter(|&p| !people[p].clashes(title))
            .filter_map(|p| {
                let person = &people[p];
                person
                    .answers_to(&form[0])
                    .map(|rank| (rank, person.misfit(role.as_deref()), person.bare.is_none(), person.distance(at), p))
            })
            .min();
        if let Some((rank, _, _, _, p)) = best {
            people[p].take(at, form, title);
            people[p].alone = Some(at);
            if rank == 0 {
                people[p].bare = Some(at);
            }
        } else {
            let mut person = Person::new(lists, Cluster::new(Kind::Person, draft.clean_words(at)), form.clone());
            person.take(at, form, title);
            person.alone = Some(at);
            known.add(form, people.len());
            people.push(person);
        }
    }
    if people.len() > full {
        let first_names = first_names_inside(draft);
        people.iter_mut().skip(full).for_each(|person| person.adopt_first_name(lists, &first_names));
    }
    people.into_iter().map(|p| p.finish(draft)).chain(families).collect()
}

/// Whether any two people bear one surname.
fn share_a_surname(people: &[Person]) -> bool {
    let mut seen = FxHashSet::default();
    people.iter().filter_map(|p| p.forms[0].last()).any(|surname| !seen.insert(surname))
}

/// As many mentions of a person are looked at for roles: those behind them repeat what these say.
const MEMBERS_LOOKED_AT: usize = 8;

/// As many people of one surname, or forms of one name, are told apart: no article has more, only a list of names does.
const ALIKE: usize = 64;

/// Where the people so far are found by the words of their names, none more often than [`ALIKE`] under one.
#[derive(Default)]
struct Known {
    /// By the whole name.
    full: FxHashMap<Vec<String>, Vec<usize>>,
    /// By the first word and the last word of names of two words and more.
    ends: FxHashMap<String, Vec<usize>>,
    /// By any word that may stand alone for the person.
    words: FxHashMap<String, Vec<usize>>,
}

impl Known {
    fn add(&mut self, form: &[String], p: usize) {
        let put = |map: &mut FxHashMap<String, Vec<usize>>, word: &str| {
            let people = map.entry(word.to_owned()).or_default();
            if people.len() < ALIKE && !people.contains(&p) {
                people.push(p);
            }
        };
        let (Some(first), Some(last)) = (form.first(), form.last()) else { return };
        if form.len() > 1 {
            let people = self.full.entry(form.to_vec()).or_default();
            if people.len() < ALIKE && !people.contains(&p) {
                people.push(p);
            }
            put(&mut self.ends, first);
            put(&mut self.ends, last);
        }
        put(&mut self.words, &spelling::second_form(last));
        put(&mut self.words, bare_surname(last));
        for word in form.iter().take(ALIKE) {
            put(&mut self.words, word);
        }
        for part in last.split('-').take(ALIKE).filter(|part| part.len() > 3) {
            put(&mut self.words, part);
        }
    }

    /// Those who may answer to a name of two words and more, in order.
    fn by_full_name(&self, form: &[String]) -> Vec<usize> {
        let ends = [form.first(), form.last()].into_iter().flatten().filter_map(|word| self.ends.get(word));
        in_order(self.full.get(form).into_iter().chain(ends))
    }

    /// Those who may answer to a single word, in order.
    fn by_word(&self, word: &str) -> Vec<usize> {
        let keys = [word, bare_surname(word), &spelling::second_form(word)];
        in_order(keys.into_iter().filter_map(|key| self.words.get(key)))
    }
}

fn in_order<'a>(lists: impl Iterator<Item = &'a Vec<usize>>) -> Vec<usize> {
    let mut people: Vec<usize> = lists.flatten().copied().collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// A person in the making.
struct Person {
    cluster: Cluster,
    /// The name in lower-case words, the fullest first.
    forms: Vec<Vec<String>>,
    /// The sex that titles before the name tell of.
    title: Option<Gender>,
    /// The sex that the first name tells of.
    first: Option<Gender>,
    /// Where the bare surname named this person last: of two of one surname it goes on doing so, whoever is named in full between.
    bare: Option<Member>,
    /// The mentions of two words and more, in order of the text.
    named: Vec<Member>,
    /// The last mention of one word so far.
    alone: Option<Member>,
    /// What the first mentions call this person, as far as anybody asked.
    roles: Vec<String>,
    /// As many mentions were looked at for it.
    looked_at: usize,
    /// The full name, where only other names hold it.
    adopted: Option<String>,
}

impl Person {
    fn new(lists: &NameLists, cluster: Cluster, form: Vec<String>) -> Self {
        // in "Kim Dae-sung" the surname stands first
        let turned = cluster
            .name
            .rsplit(' ')
            .next()
            .and_then(|last| last.split_once('-'))
            .is_some_and(|(_, part)| part.starts_with(char::is_lowercase));
        let first =
            cluster.name.split_whitespace().next().filter(|_| form.len() > 1 && !turned).and_then(|w| lists.gender_of_first_name(w));
        Self {
            cluster,
            forms: vec![form],
            title: None,
            first,
            bare: None,
            named: Vec::new(),
            alone: None,
            roles: Vec::new(),
            looked_at: 0,
            adopted: None,
        }
    }

    /// Adds a mention; true where its form is a new one.
    fn take(&mut self, member: Member, form: &[String], title: Option<Gender>) -> bool {
        self.cluster.members.push(member);
        self.title = self.title.or(title);
        let new = self.forms.len() < ALIKE && !self.forms.iter().any(|f| f == form);
        if new {
            self.forms.push(form.to_vec());
        }
        new
    }

    /// Whether a title before the name tells of the other sex.
    fn clashes(&self, title: Option<Gender>) -> bool {
        title.is_some_and(|t| self.title.or(self.first).is_some_and(|own| own != t))
    }

    /// Whether a name of two words and more is this person's.
    fn answers_in_full(&self, lists: &NameLists, form: &[String]) -> bool {
        self.forms.iter().filter(|f| f.len() > 1).any(|own| {
            own == form
                || is_subsequence(form, own)
                || {
                    let (a, b) = (&own[0], &form[0]);
                    own.last() == form.last() && (is_initial_of(a, b) || is_initial_of(b, a) || is_short_form(lists, a, b))
                }
                || is_turned(lists, own, form)
        })
    }

    /// How well a single word is this person's name, the smaller the better: surname, first name, a name in between.
    fn answers_to(&self, word: &str) -> Option<u8> {
        let key = spelling::second_form(word);
        let mut best = None;
        for form in &self.forms {
            let rank = if form.len() == 1 {
                (form[0] == word || spelling::second_form(&form[0]) == key).then_some(0)
            } else if form.last().is_some_and(|w| w == word || *w == key || bare_surname(w) == bare_surname(word)) {
                Some(0)
            } else if form[0] == word {
                Some(1)
            } else {
                let double = || form.last().is_some_and(|w| w.split('-').any(|part| part.len() > 3 && part == word));
                (form.iter().any(|w| w == word && w.chars().count() > 2) || double()).then_some(2)
            };
            best = match (best, rank) {
                (Some(a), Some(b)) => Some(std::cmp::min::<u8>(a, b)),
                (a, b) => a.or(b),
            };
        }
        best
    }

    /// Reads what the first mentions call this person.
    fn learn_roles(&mut self, draft: &Draft<'_>) {
        let members = &self.cluster.members[self.looked_at..self.cluster.members.len().min(MEMBERS_LOOKED_AT)];
        self.looked_at += members.len();
        for member in members {
            self.roles.extend(roles::around(draft, *member).iter().map(|role| roles::spelled_out(role)));
        }
    }

    /// How badly `role`, said before a surname that others share, fits what this person is called elsewhere.
    fn misfit(&self, role: Option<&str>) -> u8 {
        let Some(role) = role else { return 2 };
        let head = |r: &str| r.rsplit(' ').next().map(str::to_owned);
        let fit = |own: &String| {
            if own == role {
                0
            } else if head(own) == head(role) {
                1
            } else {
                3
            }
        };
        self.roles.iter().map(fit).min().unwrap_or(2)
    }

    /// How far back this person was last named before `at`; those named only later are farthest.
    fn distance(&self, at: Member) -> usize {
        let before = |m: &Member| m.zone == at.zone && m.name < at.name;
        if let Some(bare) = self.bare.filter(before) {
            return at.name - bare.name;
        }
        let named = self.named[..self.named.partition_point(|m| *m < at)].last();
        let last = named.into_iter().chain(&self.alone).filter(|m| before(m)).map(|m| m.name).max();
        let first = || self.cluster.members.iter().take(ALIKE).map(|m| m.name).min().unwrap_or(0);
        last.map_or_else(|| 1_000_000 + first(), |last| at.name - last)
    }

    /// Of whom only the surname is named, the full name may stand inside other names: "The Ana Korda Show".
    fn adopt_first_name(&mut self, lists: &NameLists, first_names: &FxHashMap<&str, Option<&str>>) {
        if let Some(Some(first)) = first_names.get(self.cluster.name.as_str()) {
            self.first = lists.gender_of_first_name(first);
            self.adopted = Some(format!("{first} {}", self.cluster.name));
        }
    }

    fn finish(mut self, draft: &Draft<'_>) -> Cluster {
        if let Some(name) = self.adopted.take() {
            self.cluster.name = name;
        } else if !self.cluster.given {
            // The fullest form; of equally long ones that of the fewest initials, not all capitals, and that comes first.
            let names = self.cluster.members.iter().map(|&m| draft.clean_words(m));
            let key = |name: &String| {
                let shouted = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
                let words = words_of(name);
                let initials = words.iter().filter(|w| w.chars().count() == 1).count();
                (std::cmp::Reverse(words.len()), initials, shouted)
            };
            if let Some(name) = names.min_by_key(key) {
                self.cluster.name = name;
            }
        }
        self.cluster.gender = self.title.or(self.first);
        self.cluster
    }
}

/// The words that stand behind a first name inside names that are no people's, each with that first name, if it is only one.
fn first_names_inside<'t>(draft: &Draft<'t>) -> FxHashMap<&'t str, Option<&'t str>> {
    let lists = &draft.lexicon.names;
    let mut found: FxHashMap<&str, Option<&str>> = FxHashMap::default();
    for (text, names) in draft.texts.iter().zip(&draft.names) {
        for k in names.iter().filter(|n| n.kind != Kind::Person).flat_map(|n| n.tokens.clone().skip(1)) {
            let first = text.word(k - 1);
            if lists.is_first_name(first) && !lists.is_title(first) {
                let known = found.entry(text.word(k)).or_insert(Some(first));
                *known = known.filter(|f| *f == first);
            }
        }
    }
    found
}

impl Draft<'_> {
    /// The words of a person's name for comparing.
    fn name_words(&self, member: Member) -> Vec<String> {
        let text = self.texts[member.zone];
        let tokens = self.names[member.zone][member.name].tokens.clone();
        let words: Vec<String> = tokens.filter(|&k| text.tokens[k].kind == TokenKind::Word).map(|k| comparable(text.word(k))).collect();
        with_key_of_surname(without_suffix(words))
    }

    /// The name as it is written, white space made plain.
    fn clean_words(&self, member: Member) -> String {
        self.words(member).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The role that stands right before the name.
    fn role_before(&self, member: Member) -> Option<String> {
        roles::before(self, member).map(|role| roles::spelled_out(&role))
    }

    /// The sex that the title before the name tells of.
    fn title_gender(&self, member: Member) -> Option<Gender> {
        let text = self.texts[member.zone];
        let start = self.names[member.zone][member.name].tokens.start;
        let lists = &self.lexicon.names;
        (start > 0).then(|| lists.gender_of_title(text.word(start - 1))).flatten()
    }
}

/// A word for comparing: lower case, without accents, stops and commas, apostrophes of one kind.
fn comparable(word: &str) -> String {
    let plain = word.to_lowercase().replace(['.', ','], "").replace('’', "'");
    if plain.is_ascii() { plain } else { plain.nfkd().filter(|&c| !is_combining_mark(c)).collect() }
}

fn words_of(name: &str) -> Vec<String> {
    let words = name.split_whitespace().map(comparable).filter(|w| !w.is_empty()).collect();
    with_key_of_surname(without_suffix(words))
}

/// The words of a name of two and more with the surname in the form in which its spellings meet.
fn with_key_of_surname(mut words: Vec<String>) -> Vec<String> {
    if words.len() > 1
        && let Some(last) = words.last_mut().filter(|w| !w.contains('-'))
    {
        *last = spelling::second_form(last);
    }
    words
}

/// The words without "jr" and the like at the end.
fn without_suffix(mut words: Vec<String>) -> Vec<String> {
    while words.len() > 2 && words.last().is_some_and(|w| matches!(w.as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "esq")) {
        words.pop();
    }
    words
}

/// The surname without the Arabic article before it: "assad" of "al-assad".
fn bare_surname(word: &str) -> &str {
    ["al-", "el-", "ul-", "as-", "ad-", "ar-", "an-", "al–"].iter().find_map(|p| word.strip_prefix(p)).unwrap_or(word)
}

/// Whether the words of `short` stand in `long` in that order, the last among them.
fn is_subsequence(short: &[String], long: &[String]) -> bool {
    if short.last() != long.last() && short.first() != long.first() {
        return false;
    }
    let mut rest = long.iter();
    short.iter().all(|w| rest.any(|l| l == w || l.chars().count() == 1 && w.starts_with(l.as_str())))
}

/// Whether one name is the other with the surname first: "Halmos Gergely" and "Gergely Halmos". Of two first names it is not said.
fn is_turned(lists: &NameLists, own: &[String], form: &[String]) -> bool {
    own.len() == 2
        && form.len() == 2
        && spelling::second_form(&own[0]) == form[1]
        && own[1] == spelling::second_form(&form[0])
        && !(is_known_first_name(lists, &own[0]) && is_known_first_name(lists, &own[1]))
}

fn is_known_first_name(lists: &NameLists, lower: &str) -> bool {
    let mut letters = lower.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    lists.is_first_name(&capital)
}

fn is_initial_of(initial: &str, name: &str) -> bool {
    initial.chars().count() <= 2 && name.chars().next() == initial.chars().next()
}

/// Whether one first name is short for the other: "Joe" for "Joseph", "Dan" for "Daniel".
fn is_short_form(lists: &NameLists, a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    lists.are_forms_of_one_name(a, b) || short.chars().count() >= 3 && long.starts_with(short) && !sexes_differ(lists, a, b)
}

fn sexes_differ(lists: &NameLists, a: &str, b: &str) -> bool {
    let sex = |name: &str| {
        let mut letters = name.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        lists.gender_of_first_name(&capital)
    };
    matches!((sex(a), sex(b)), (Some(x), Some(y)) if x != y)
}
