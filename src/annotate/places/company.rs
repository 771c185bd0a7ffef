//! The company that the places of an article keep: a candidate gains from being well known, from lying in a country or region
//! that the article is about, and from lying close to places that are sure.

use rustc_hash::FxHashMap;

use super::resolve::{Meaning, Name, is_well_known_region};
use crate::lexicon::gazetteer::{Gazetteer, Kind, Place, PlaceId};

/// The names beyond these, in an article that lists places, are weighed without each other's company.
const MOST_NAMES: usize = 60;
/// The sure places beyond these, those named least, are no company: an article of a thousand towns is about none.
const MOST_POINTS: usize = 100;

// What company is worth, beside a fame of 0 to 100 (ten points are ten times the people). Searched at random on the training
// part of two corpora of marked toponyms; half or double of any one of them changes less than one name in a hundred.

/// Lying in a country that all of the article is about.
const IN_COUNTRY: f64 = 7.0;
/// Lying in a country that the article is about at all.
const COUNTRY_MEANT: f64 = 4.0;
/// Lying in a region that all of the article is about.
const IN_REGION: f64 = 24.0;
/// Lying in a region that the article is about at all.
const REGION_MEANT: f64 = 11.0;
/// Lying beside a place that is sure.
const BESIDE: f64 = 16.0;
/// How far "beside" reaches, in kilometres: there the worth has fallen to a third.
const NEAR: f64 = 90.0;
/// Lying beside what another undecided name may mean.
const SUPPORTED: f64 = 4.0;
/// Standing in a list with a place of the same kind: a state among states.
const OF_ONE_KIND: f64 = 12.0;
/// Lying in the country whose words the article uses.
const SPOKEN: f64 = 8.0;
/// What a town loses that its name hardly means.
const UNLIKELY: f64 = 60.0;
/// How far above the next the best known must stand to be sure without company.
const FAR_ABOVE: f64 = 24.0;

/// What keeps the places of an article company: countries and regions by how often they are meant, and points that are sure.
pub(super) struct Company {
    countries: FxHashMap<[u8; 2], f64>,
    regions: FxHashMap<PlaceId, f64>,
    points: Vec<(f64, f64, f64, usize)>,
    /// What each name itself added, which must not speak for it.
    own: Vec<Option<Own>>,
    /// What kind of place each name is taken for.
    kinds: Vec<Option<Kind>>,
    /// For each candidate of each name the support of the others, which no choice changes; empty where there are too many.
    supports: Vec<Vec<f64>>,
    /// The country whose words the article uses.
    spoken: Option<[u8; 2]>,
    home_countries: FxHashMap<[u8; 2], f64>,
    home_regions: FxHashMap<PlaceId, f64>,
    home_points: Vec<(f64, f64)>,
}

/// What one name added to the company.
#[derive(Clone, Copy)]
struct Own {
    heavy: f64,
    country: Option<[u8; 2]>,
    region: Option<PlaceId>,
}

impl Company {
    pub fn new(known: &Gazetteer, names: &[Name<'_>], home: &[Place<'_>], spoken: Option<[u8; 2]>) -> Self {
        let mut company = Self {
            countries: FxHashMap::default(),
            regions: FxHashMap::default(),
            points: Vec::new(),
            own: Vec::new(),
            kinds: Vec::new(),
            supports: if names.len() <= MOST_NAMES { supports(names) } else { Vec::new() },
            spoken,
            home_countries: FxHashMap::default(),
            home_regions: FxHashMap::default(),
            home_points: Vec::new(),
        };
        for place in home {
            if let Some(code) = code(place) {
                *company.home_countries.entry(code).or_default() += 1.0;
            }
            match place.kind {
                Kind::Region => *company.home_regions.entry(place.id).or_default() += 1.0,
                Kind::City | Kind::County | Kind::Site | Kind::Island => company.home_points.push((place.latitude, place.longitude)),
                _ => {}
            }
        }
        let sure: Vec<Option<usize>> = names.iter().map(|name| sure(name)).collect();
        company.take(known, names, &sure);
        company
    }

    /// Takes `chosen` as what the names mean, and forgets what was taken before.
    pub fn take(&mut self, known: &Gazetteer, names: &[Name<'_>], chosen: &[Option<usize>]) {
        self.countries.clear();
        self.regions.clear();
        self.points.clear();
        self.own = vec![None; names.len()];
        self.kinds = vec![None; names.len()];
        for (n, (name, choice)) in names.iter().zip(chosen).enumerate() {
            let place = match (name.stated, choice) {
                (Some(Meaning::Known(id) | Meaning::Within(id)), _) => known.place(id),
                (_, Some(c)) => name.candidates[*c].clone(),
                _ => continue,
            };
            let heavy = (name.count as f64).sqrt() * if name.stated.is_some() { 1.5 } else { 1.0 };
            let country = code(&place);
            if let Some(code) = country {
                *self.countries.entry(code).or_default() += heavy;
            }
            let region = if place.kind == Kind::Region { Some(place.id) } else { region(known, &place) };
            if let Some(region) = region {
                *self.regions.entry(region).or_default() += heavy;
            }
            self.own[n] = Some(Own { heavy, country, region });
            self.kinds[n] = Some(place.kind);
            if matches!(place.kind, Kind::City | Kind::County | Kind::Site | Kind::Island) {
                self.points.push((place.latitude, place.longitude, heavy, n));
            }
        }
        self.points.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.3.cmp(&b.3)));
        self.points.truncate(MOST_POINTS);
    }

    /// The candidate of name `n` that goes best with the others.
    pub fn choose(&self, known: &Gazetteer, names: &[Name<'_>], n: usize) -> Option<usize> {
        let name = &names[n];
        if name.candidates.len() < 2 {
            return (!name.candidates.is_empty()).then_some(0);
        }
        let added = self.own.get(n).copied().flatten();
        let own_country = added.filter(|o| o.country.is_some()).map_or(0.0, |o| o.heavy);
        let own_region = added.filter(|o| o.region.is_some()).map_or(0.0, |o| o.heavy);
        let all: f64 = (self.countries.values().sum::<f64>() - own_country).max(1.0);
        let local: f64 = (self.regions.values().sum::<f64>() - own_region).max(1.0);
        let state = name.candidates.iter().find(|c| is_well_known_region(c));
        let score = |c: usize| {
            let place = &name.candidates[c];
            let mut score = name.fame(c);
            if let Some(code) = code(place) {
                let own = self.countries.get(&code).copied().unwrap_or_default()
                    - added.filter(|o| o.country == Some(code)).map_or(0.0, |o| o.heavy);
                score += IN_COUNTRY * own / all + if own > 0.01 { COUNTRY_MEANT } else { 0.0 };
                score += if self.spoken == Some(code) { SPOKEN } else { 0.0 };
                score += if self.home_countries.contains_key(&code) { 6.0 } else { 0.0 };
            }
            let region = if place.kind == Kind::Region { Some(place.id) } else { region(known, place) };
            if let Some(region) = region {
                let own = self.regions.get(&region).copied().unwrap_or_default()
                    - added.filter(|o| o.region == Some(region)).map_or(0.0, |o| o.heavy);
                score += IN_REGION * own / local + if own > 0.01 { REGION_MEANT } else { 0.0 };
                score += if self.home_regions.contains_key(&region) { 10.0 } else { 0.0 };
            }
            if place.kind != Kind::Country {
                let mut near = 0.0;
                for &(latitude, longitude, heavy, other) in &self.points {
                    if other != n {
                        near += heavy.min(2.0) * closeness(place, latitude, longitude, NEAR);
                    }
                }
                score += BESIDE * near.min(6.0);
                let home = self.home_points.iter().map(|&(a, b)| closeness(place, a, b, NEAR)).fold(0.0, f64::max);
                score += 12.0 * home;
            }
            if matches!(place.kind, Kind::Country | Kind::Region)
                && name.peers.iter().any(|&peer| self.kinds.get(peer).copied().flatten() == Some(place.kind))
            {
                score += OF_ONE_KIND;
            }
            if place.kind == Kind::City {
                // "the West" is no town, and "Florida" is a village only where the article says so
                score -= if name.article && place.weight < 50 { UNLIKELY } else { 0.0 };
                score -= if place.weight < 60 && state.is_some_and(|s| s.weight > place.weight) { UNLIKELY } else { 0.0 };
            }
            if let Some(supports) = self.supports.get(n) {
                score += SUPPORTED * supports[c].min(3.0);
            }
            score
        };
        (0..name.candidates.len())
            .map(|c| (c, score(c)))
            .fold(None, |best: Option<(usize, f64)>, (c, s)| match best {
                Some((_, top)) if top >= s => best,
                _ => Some((c, s)),
            })
            .map(|(c, _)| c)
    }
}

/// The support of each candidate of each name that has several; only towns and counties have any.
fn supports(names: &[Name<'_>]) -> Vec<Vec<f64>> {
    let little = |place: &Place<'_>| matches!(place.kind, Kind::City | Kind::County);
    let of_name = |(n, name): (usize, &Name<'_>)| {
        let candidates = name.candidates.iter().filter(|_| name.candidates.len() > 1);
        candidates.map(|place| if little(place) { support(names, n, place) } else { 0.0 }).collect()
    };
    names.iter().enumerate().map(of_name).collect()
}

/// How many other undecided names have a candidate close by: towns of one county are named together.
fn support(names: &[Name<'_>], n: usize, place: &Place<'_>) -> f64 {
    let mut support = 0.0;
    for (other, name) in names.iter().enumerate() {
        if other == n || name.candidates.len() < 2 || name.stated.is_some() {
            continue;
        }
        let best = name
            .candidates
            .iter()
            .enumerate()
            .filter(|(_, c)| matches!(c.kind, Kind::City | Kind::County))
            .map(|(rank, c)| closeness(place, c.latitude, c.longitude, 60.0) / (1.0 + 0.2 * rank as f64))
            .fold(0.0, f64::max);
        support += best;
    }
    support
}

/// The meaning that needs no company: the only one, or one far better known than the next.
fn sure(name: &Name<'_>) -> Option<usize> {
    match name.candidates.len() {
        0 => None,
        1 => Some(0),
        _ => (name.fame(0) >= 55.0 && name.fame(0) - name.fame(1) >= FAR_ABOVE).then_some(0),
    }
}

fn code(place: &Place<'_>) -> Option<[u8; 2]> {
    place.country().map(|c| [c.as_bytes()[0], c.as_bytes()[1]])
}

fn region(known: &Gazetteer, place: &Place<'_>) -> Option<PlaceId> {
    let parent = known.place(place.parent?);
    match parent.kind {
        Kind::Region => Some(parent.id),
        Kind::County => parent.parent,
        _ => None,
    }
}

/// One for the same spot, a third at `reach` kilometres, and nothing far away: that is told from the degrees alone.
fn closeness(place: &Place<'_>, latitude: f64, longitude: f64, reach: f64) -> f64 {
    let far = 6.0 * reach / 111.2;
    let north = (place.latitude - latitude).abs();
    let east = (place.longitude - longitude).abs();
    // where meridians run together, or across the date line, degrees tell nothing
    let polar = place.latitude.abs() > 60.0;
    if north > far || !polar && east > 2.0 * far && east < 360.0 - 2.0 * far {
        return 0.0;
    }
    (-distance(place, latitude, longitude) / reach).exp()
}

/// Kilometres on a plane: enough to tell near from far.
fn distance(place: &Place<'_>, latitude: f64, longitude: f64) -> f64 {
    let mut east = (place.longitude - longitude).abs();
    if east > 180.0 {
        east = 360.0 - east;
    }
    let middle = f64::midpoint(place.latitude, latitude).to_radians();
    111.2 * ((place.latitude - latitude).powi(2) + (east * middle.cos()).powi(2)).sqrt()
}
