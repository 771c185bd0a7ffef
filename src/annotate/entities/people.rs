//! Ties the names of people: surnames, first names, initials and nicknames to the full name.

use rustc_hash::FxHashSet;

use super::{Cluster, Draft, Kind, Member, families, roles};
use crate::annotate::text::TokenKind;
use crate::article::Article;
use crate::lexicon::name_lists::{Gender, NameLists};

/// The people of an article.
pub(super) fn tie(draft: &Draft<'_>, article: &Article) -> Vec<Cluster> {
    let lists = &draft.lexicon.names;
    let mut people: Vec<Person> = Vec::new();
    for given in &article.given.people {
        let mut person = Person::new(lists, Cluster::from_given(Kind::Person, given), words_of(&given.name));
        person.forms.extend(given.aliases.iter().map(|a| words_of(a)).filter(|w| w.len() > 1));
        people.push(person);
    }
    let members = draft.of_kind(Kind::Person);
    let forms: Vec<Vec<String>> = members.iter().map(|&m| draft.name_words(m)).collect();
    // Names of two words and more, the longest first, found out who is who.
    let mut order: Vec<usize> = (0..members.len()).filter(|&i| forms[i].len() > 1).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(forms[i].len()));
    for i in order {
        let title = draft.title_gender(members[i]);
        if let Some(person) = people.iter_mut().find(|p| p.answers_in_full(lists, &forms[i]) && !p.clashes(title)) {
            person.take(members[i], &forms[i], title);
        } else {
            let mut person = Person::new(lists, Cluster::new(Kind::Person, draft.clean_words(members[i])), forms[i].clone());
            person.take(members[i], &forms[i], title);
            people.push(person);
        }
    }
    // Single words, in order of the text: to whom they answer by the role before them, or was last named before.
    let full = people.len();
    let shared = share_a_surname(&people);
    let mut families: Vec<Cluster> = Vec::new();
    for (i, form) in forms.iter().enumerate().filter(|(_, f)| f.len() == 1) {
        let title = draft.title_gender(members[i]);
        let at = members[i];
        if families::is_family(draft, at) && !people.iter().take(full).any(|p| p.answers_to(&form[0]) == Some(0)) {
            let name = draft.clean_words(at);
            match families.iter_mut().find(|f| f.name == name) {
                Some(family) => family.members.push(at),
                None => families.push(Cluster { plural: true, members: vec![at], ..Cluster::new(Kind::Person, name) }),
            }
            continue;
        }
        let role = if shared { draft.role_before(at) } else { None };
        let best = (0..people.len())
            .filter(|&p| !people[p].clashes(title))
            .filter_map(|p| {
                let person = &people[p];
                person
                    .answers_to(&form[0])
                    .map(|rank| (rank, person.misfit(draft, role.as_deref()), person.bare.is_none(), person.distance(at), p))
            })
            .min();
        if let Some((rank, _, _, _, p)) = best {
            people[p].take(at, form, title);
            if rank == 0 {
                people[p].bare = Some(at);
            }
        } else {
            let mut person = Person::new(lists, Cluster::new(Kind::Person, draft.clean_words(at)), form.clone());
            person.take(at, form, title);
            people.push(person);
        }
    }
    for person in people.iter_mut().skip(full) {
        person.adopt_first_name(draft);
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
    /// The full name, where only other names hold it.
    adopted: Option<String>,
}

impl Person {
    fn new(lists: &NameLists, cluster: Cluster, form: Vec<String>) -> Self {
        let first = cluster.name.split_whitespace().next().filter(|_| form.len() > 1).and_then(|w| lists.gender_of_first_name(w));
        Self { cluster, forms: vec![form], title: None, first, bare: None, adopted: None }
    }

    fn take(&mut self, member: Member, form: &[String], title: Option<Gender>) {
        self.cluster.members.push(member);
        self.title = self.title.or(title);
        if !self.forms.iter().any(|f| f == form) {
            self.forms.push(form.to_vec());
        }
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
        let mut best = None;
        for form in &self.forms {
            let rank = if form.len() == 1 {
                (form[0] == word).then_some(0)
            } else if form.last().is_some_and(|w| w == word || bare_surname(w) == bare_surname(word)) {
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

    /// How badly `role`, said before a surname that others share, fits what this person is called elsewhere.
    fn misfit(&self, draft: &Draft<'_>, role: Option<&str>) -> u8 {
        let Some(role) = role else { return 2 };
        let mut best = 2;
        for member in self.cluster.members.iter().take(MEMBERS_LOOKED_AT) {
            let tokens = &draft.names[member.zone][member.name].tokens;
            for own in roles::around(&draft.lexicon.names, draft.texts[member.zone], tokens) {
                let own = roles::spelled_out(&own);
                let head = |r: &str| r.rsplit(' ').next().map(str::to_owned);
                let fit = if own == role {
                    0
                } else if head(&own) == head(role) {
                    1
                } else {
                    3
                };
                best = if best == 2 { fit } else { best.min(fit) };
            }
        }
        best
    }

    /// How far back this person was last named before `at`; those named only later are farthest.
    fn distance(&self, at: Member) -> usize {
        let members = &self.cluster.members;
        if let Some(bare) = self.bare.filter(|b| b.zone == at.zone && b.name < at.name) {
            return at.name - bare.name;
        }
        let before = members.iter().filter(|m| m.zone == at.zone && m.name < at.name).map(|m| at.name - m.name).min();
        before.unwrap_or_else(|| 1_000_000 + members.iter().map(|m| m.name).min().unwrap_or(0))
    }

    /// Of whom only the surname is named, the full name may stand inside other names: "The Ana Korda Show".
    fn adopt_first_name(&mut self, draft: &Draft<'_>) {
        let lists = &draft.lexicon.names;
        let surname = self.cluster.name.clone();
        let mut found: Option<&str> = None;
        for (text, names) in draft.texts.iter().zip(&draft.names) {
            for name in names.iter().filter(|n| n.kind != Kind::Person) {
                for k in name.tokens.clone().skip(1).filter(|&k| text.word(k) == surname) {
                    let first = text.word(k - 1);
                    if !lists.is_first_name(first) || lists.is_title(first) {
                        continue;
                    }
                    if found.is_some_and(|f| f != first) {
                        return;
                    }
                    found = Some(first);
                }
            }
        }
        if let Some(first) = found {
            self.first = lists.gender_of_first_name(first);
            self.adopted = Some(format!("{first} {surname}"));
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

impl Draft<'_> {
    /// The words of a person's name for comparing.
    fn name_words(&self, member: Member) -> Vec<String> {
        let text = self.texts[member.zone];
        let tokens = self.names[member.zone][member.name].tokens.clone();
        let words: Vec<String> = tokens.filter(|&k| text.tokens[k].kind == TokenKind::Word).map(|k| comparable(text.word(k))).collect();
        without_suffix(words)
    }

    /// The name as it is written, white space made plain.
    fn clean_words(&self, member: Member) -> String {
        self.words(member).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The role that stands right before the name.
    fn role_before(&self, member: Member) -> Option<String> {
        let text = self.texts[member.zone];
        let tokens = &self.names[member.zone][member.name].tokens;
        let sentence = &text.sentences[text.sentence_of(tokens.start)];
        roles::before(&self.lexicon.names, text, tokens, sentence).map(|role| roles::spelled_out(&role))
    }

    /// The sex that the title before the name tells of.
    fn title_gender(&self, member: Member) -> Option<Gender> {
        let text = self.texts[member.zone];
        let start = self.names[member.zone][member.name].tokens.start;
        let lists = &self.lexicon.names;
        (start > 0).then(|| lists.gender_of_title(text.word(start - 1))).flatten()
    }
}

/// A word for comparing: lower case, without stops and commas, apostrophes of one kind.
fn comparable(word: &str) -> String {
    word.to_lowercase().replace(['.', ','], "").replace('’', "'")
}

fn words_of(name: &str) -> Vec<String> {
    let words = name.split_whitespace().map(comparable).filter(|w| !w.is_empty()).collect();
    without_suffix(words)
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
        && own[0] == form[1]
        && own[1] == form[0]
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
