//! The gazetteer: the places that news names, where they lie and what they lie in.
//!
//! Inside the program is a compiled table (`table`) of countries, first-level regions, cities, seas, rivers, mountains
//! and regions known by name. Names, coordinates and populations of cities and first-level regions come from
//! [GeoNames](https://www.geonames.org/) (CC BY 4.0); countries, abbreviations and famous regions are this project's own
//! lists beside this file. A user's own GeoNames dump can be added as a second layer.
//!
//! Asking costs a walk in a finite-state map: no allocation but the folded key.

mod build;
mod fold;
mod geonames;
pub mod sources;
mod table;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use build::BELOW;
pub use build::{Build, Summary};
pub use fold::fold;
use table::{NO_PLACE, Table};

/// Why a gazetteer cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// The file is neither a compiled gazetteer nor a GeoNames table.
    #[error("neither a compiled gazetteer nor a GeoNames table (19 columns parted by tabs, or a zip of one)")]
    NotCompiled,
    /// Compiled for another version of the program.
    #[error("a gazetteer of version {found}, but this program reads version {wanted}: compile it again with `dictum gazetteer build`")]
    Version {
        /// The version in the file.
        found: u32,
        /// The version that the program reads.
        wanted: u32,
    },
    /// Cut short or changed.
    #[error("the gazetteer is damaged: {0}; compile or fetch it again")]
    Damaged(&'static str),
    /// A line of a source that cannot be understood.
    #[error("{file}, line {line}: {reason}")]
    Source {
        /// The source file.
        file: String,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A source that cannot be read.
    #[error("{path}: {error}")]
    Read {
        /// The file.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// More places than the table can number.
    #[error("too many places: a gazetteer holds 16 million")]
    TooMany,
}

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Europe.
    Continent = 0,
    /// A country or territory of ISO 3166-1.
    Country = 1,
    /// A first-level part of a country: a state, a province, an oblast.
    Region = 2,
    /// A second-level part: a county.
    County = 3,
    /// A city, town or village.
    City = 4,
    /// A region known by name, with or without borders: Donbas, the Midwest.
    Area = 5,
    /// A sea, an ocean, a lake, a strait.
    Water = 6,
    /// A river or a canal.
    River = 7,
    /// A mountain, a range, a desert.
    Mountain = 8,
    /// An island or a group of islands.
    Island = 9,
    /// A known place in a city: a square, a quarter.
    Site = 10,
}

impl Kind {
    fn from_byte(byte: u8) -> Self {
        use Kind::*;
        const ALL: [Kind; 11] = [Continent, Country, Region, County, City, Area, Water, River, Mountain, Island, Site];
        ALL.get(byte as usize).copied().unwrap_or(Site)
    }
}

/// What a name may stand for: a set, since "Georgia" is a country and a state.
///
/// Made for the features of the tagger: one look-up tells all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NameClass(u8);

impl NameClass {
    /// A country, or a continent.
    pub const COUNTRY: Self = Self(1);
    /// A first-level region.
    pub const REGION: Self = Self(2);
    /// A city of 100,000 people or more.
    pub const LARGE_CITY: Self = Self(4);
    /// A city of 15,000 people or more.
    pub const CITY: Self = Self(8);
    /// A smaller town, or a county.
    pub const TOWN: Self = Self(16);
    /// A sea, a river, a mountain, an island, a region known by name.
    pub const FEATURE: Self = Self(32);
    /// An adjective or noun of people: "Russian", "Britons". No place.
    pub const DEMONYM: Self = Self(64);
    /// Written just so it is a name: "US", "Calif.", "UAE".
    pub const ABBREVIATION: Self = Self(128);

    /// From the bits of [`NameClass::bits`].
    #[must_use]
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// All of it as bits, for features.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether any class of `other` is in it.
    #[must_use]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it stands for any place.
    #[must_use]
    pub const fn is_place(self) -> bool {
        self.0 & 0b11_1111 != 0
    }

    /// Both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The number of a place in its gazetteer. Numbers change from one compilation to the next: never store them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceId(u32);

/// One place of the gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct Place<'g> {
    /// Its number.
    pub id: PlaceId,
    /// Its usual English name.
    pub name: &'g str,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// What kind of place it is.
    pub kind: Kind,
    /// Whether a country is governed from here.
    pub capital: bool,
    /// How well known: ten times the decimal logarithm of the population, or the like for what has none; 0 to 100.
    pub weight: u8,
    /// What it lies in, the nearest.
    pub parent: Option<PlaceId>,
    /// ISO 3166-1 alpha-2.
    country: [u8; 2],
}

impl Place<'_> {
    /// The country it lies in or is, as ISO 3166-1 alpha-2; none for continents, seas and what crosses borders.
    #[must_use]
    pub fn country(&self) -> Option<&str> {
        std::str::from_utf8(&self.country).ok().filter(|c| c.bytes().all(|b| b.is_ascii_uppercase()))
    }

    /// How far apart two places are, in kilometres along a great circle.
    #[must_use]
    pub fn kilometres(&self, other: &Place<'_>) -> f64 {
        let (a, b, c, d) =
            (self.latitude.to_radians(), self.longitude.to_radians(), other.latitude.to_radians(), other.longitude.to_radians());
        let h = ((c - a) / 2.0).sin().powi(2) + a.cos() * c.cos() * ((d - b) / 2.0).sin().powi(2);
        2.0 * 6371.0 * h.sqrt().min(1.0).asin()
    }
}

/// The known places, in one layer or two: the program's own, and a user's.
pub struct Gazetteer {
    layers: Vec<Table>,
}

impl fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gazetteer").field("places", &self.len()).finish()
    }
}

/// No place has a name of more bytes, for GeoNames has none of more than 200 characters: whoever looks up all parts of a run of capitals does so in time linear in its length.
const LONGEST_NAME: usize = 800;

/// Place numbers of the second layer begin here.
const SECOND_LAYER: u32 = 1 << 24;

impl Gazetteer {
    /// The gazetteer inside the program, opened once.
    ///
    /// # Panics
    /// Never, unless the program was built with a damaged `gazetteer.bin`, which a test rules out.
    #[must_use]
    pub fn embedded() -> &'static Gazetteer {
        static EMBEDDED: OnceLock<Gazetteer> = OnceLock::new();
        EMBEDDED.get_or_init(|| {
            let own = Self::embedded_table().expect("the gazetteer inside the program opens");
            Gazetteer { layers: vec![own] }
        })
    }

    fn embedded_table() -> Result<Table, GazetteerError> {
        Table::open(Cow::Borrowed(include_bytes!("gazetteer.bin")))
    }

    /// A compiled gazetteer, as `dictum gazetteer build` writes it.
    ///
    /// # Errors
    /// When the bytes are no compiled gazetteer, of another version, cut short or changed.
    pub fn open(bytes: Cow<'static, [u8]>) -> Result<Self, GazetteerError> {
        Ok(Self { layers: vec![Table::open(bytes)?] })
    }

    /// How many places it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layers.iter().map(Table::len).sum()
    }

    /// Whether it knows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the name may stand for, as it is written: "Georgia", "U.S.", "Calif.", "Russian".
    #[must_use]
    pub fn class(&self, name: &str) -> NameClass {
        let mut class = NameClass::default();
        self.each_key(name, |key| {
            for layer in &self.layers {
                if let Some(offset) = layer.find(key) {
                    class = class.with(layer.class(offset));
                }
            }
        });
        class
    }

    /// The places that bear the name, as it is written, the weightiest first within each layer.
    #[must_use]
    pub fn lookup(&self, name: &str) -> Vec<Place<'_>> {
        let mut found: Vec<Place<'_>> = Vec::new();
        self.each_key(name, |key| {
            for (number, layer) in (0u32..).zip(&self.layers) {
                if let Some(offset) = layer.find(key) {
                    for id in layer.places(offset).map(|id| PlaceId(id + number * SECOND_LAYER)) {
                        if !found.iter().any(|p| p.id == id) {
                            found.push(self.place(id));
                        }
                    }
                }
            }
        });
        found
    }

    /// The longest name that begins with the first of `words`, as they are written: how many words, and its class.
    ///
    /// One walk through the map for all lengths; it stops at the first word that no name goes on with.
    pub fn longest<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Option<(usize, NameClass)> {
        let mut best = None;
        let mut folded = String::new();
        let mut alive = true;
        let mut states: Vec<_> = self.layers.iter().map(|l| Some((l.keys().root(), 0u64))).collect();
        for (index, word) in words.into_iter().enumerate() {
            if index == 0 {
                let exact = self.exact_class(word);
                if exact != NameClass::default() {
                    best = Some((1, exact));
                }
            }
            if !alive {
                break;
            }
            fold::fold_into(&mut folded, word);
            if folded.is_empty() {
                break;
            }
            let mut class = NameClass::default();
            alive = false;
            for (layer, state) in self.layers.iter().zip(&mut states) {
                let Some((mut node, mut value)) = *state else { continue };
                let space = if index > 0 { " " } else { "" };
                let walked = space.bytes().chain(folded.bytes()).all(|byte| {
                    let Some(at) = node.find_input(byte) else { return false };
                    let step = node.transition(at);
                    value += step.out.value();
                    node = layer.keys().node(step.addr);
                    true
                });
                *state = walked.then_some((node, value));
                if walked {
                    alive = true;
                    if node.is_final() {
                        class = class.with(layer.class(value + node.final_output().value()));
                    }
                }
            }
            if class != NameClass::default() {
                best = Some((index + 1, class));
            }
        }
        best
    }

    /// Place `id`, which must come from this gazetteer.
    #[must_use]
    pub fn place(&self, id: PlaceId) -> Place<'_> {
        let number = id.0 / SECOND_LAYER;
        let layer = &self.layers[number as usize];
        let stored = layer.place(id.0 % SECOND_LAYER);
        Place {
            id,
            name: layer.name(stored.name),
            latitude: stored.latitude,
            longitude: stored.longitude,
            kind: stored.kind,
            capital: stored.capital,
            weight: stored.weight,
            parent: match stored.parent {
                NO_PLACE => None,
                // of the layer below
                parent if parent & BELOW != 0 => Some(PlaceId(parent & !BELOW)),
                parent => Some(PlaceId(parent + number * SECOND_LAYER)),
            },
            country: stored.country,
        }
    }

    /// What the place lies in, nearest first: Kharkiv Oblast, Ukraine, Europe. A region that is the city itself is left out.
    pub fn chain(&self, id: PlaceId) -> impl Iterator<Item = Place<'_>> {
        let place = self.place(id);
        let own = place.name;
        // parents are few; the bound keeps a damaged or foreign table from a circle
        std::iter::successors(place.parent, |&p| self.place(p).parent)
            .take(8)
            .map(|p| self.place(p))
            .filter(move |p| p.kind != Kind::Region || p.name != own)
    }

    /// Whether `inner` lies in `outer`, or is it.
    #[must_use]
    pub fn within(&self, inner: PlaceId, outer: PlaceId) -> bool {
        inner == outer || self.chain(inner).any(|p| p.id == outer)
    }

    /// The country of an ISO 3166-1 code, "UA", or the region of a GeoNames code, "UA.07".
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<Place<'_>> {
        let layer = self.layers.first()?;
        layer.find(format!("#{code}").as_bytes()).and_then(|offset| layer.places(offset).next()).map(|id| self.place(PlaceId(id)))
    }

    /// All countries and regions by code, with their numbers in the first layer.
    fn codes(&self) -> Vec<(String, u32)> {
        let Some(layer) = self.layers.first() else { return Vec::new() };
        layer.with_prefix("#").into_iter().filter_map(|(key, at)| Some((key[1..].to_owned(), layer.places(at).next()?))).collect()
    }

    fn exact_class(&self, word: &str) -> NameClass {
        let mut class = NameClass::default();
        if let Some(key) = ExactKey::of(word) {
            for layer in &self.layers {
                if let Some(offset) = layer.find(key.as_bytes()) {
                    class = class.with(layer.class(offset));
                }
            }
        }
        class
    }

    fn each_key(&self, name: &str, mut visit: impl FnMut(&[u8])) {
        if name.len() > LONGEST_NAME {
            return;
        }
        if let Some(key) = ExactKey::of(name) {
            visit(key.as_bytes());
        }
        let folded = fold(name);
        if !folded.is_empty() {
            visit(folded.as_bytes());
        }
    }
}

/// The key of a name that is looked up as it is written; only short ones are.
struct ExactKey {
    bytes: [u8; 12],
    length: usize,
}

impl ExactKey {
    fn of(name: &str) -> Option<Self> {
        let mut bytes = [fold::EXACT; 12];
        let length = name.len() + 1;
        bytes.get_mut(1..length)?.copy_from_slice(name.as_bytes());
        Some(Self { bytes, length })
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}
