//! Gathers the people, organizations and places that a format states, each once.

use crate::annotation::{Entity, Location};

/// Adds an entity unless one of its name is there; a name beyond any reason is passed over.
pub(super) fn add(list: &mut Vec<Entity>, entity: Entity) {
    if sensible(&entity.name) && !list.iter().any(|e| e.name == entity.name) {
        list.push(entity);
    }
}

/// Adds an entity by its name alone.
pub(super) fn add_name(list: &mut Vec<Entity>, name: &str) {
    add(list, Entity { name: name.trim().to_owned(), ..Entity::default() });
}

/// Adds a place unless one of its name is there.
pub(super) fn add_location(list: &mut Vec<Location>, location: Location) {
    if sensible(&location.name) && !list.iter().any(|l| l.name == location.name) {
        list.push(location);
    }
}

/// Adds a place by its name alone.
pub(super) fn add_place(list: &mut Vec<Location>, name: &str) {
    add_location(list, Location { name: name.trim().to_owned(), ..Location::default() });
}

fn sensible(name: &str) -> bool {
    !name.is_empty() && name.len() <= 200 && name.chars().any(char::is_alphabetic)
}
