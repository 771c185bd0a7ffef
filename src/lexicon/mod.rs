//! Word lists, the gazetteer and the model of names: loaded once, shared by all threads.

pub mod agencies;
pub mod aliases;
pub mod cues;
pub mod gazetteer;
pub mod name_lists;
pub mod name_model;
pub mod place_words;
pub mod spelling;
pub mod titles;
mod word_table;

use std::sync::OnceLock;

use gazetteer::Gazetteer;
use name_lists::NameLists;
use name_model::NameModel;

/// Everything that dictum knows before it reads the first article.
#[derive(Debug)]
pub struct Lexicon {
    /// Reporting verbs and the classes of words.
    pub cues: cues::Cues,
    /// The known places.
    pub gazetteer: &'static Gazetteer,
    /// First names, titles and the like.
    pub names: NameLists,
    /// The model that finds names.
    pub name_model: NameModel,
}

impl Lexicon {
    /// The lexicon inside the program.
    #[must_use]
    pub fn embedded() -> &'static Lexicon {
        static EMBEDDED: OnceLock<Lexicon> = OnceLock::new();
        EMBEDDED.get_or_init(|| Self::with(None, None))
    }

    /// The lexicon inside the program, with a gazetteer or a model of names of one's own in place of its own. The gazetteer must
    /// live as long as the program.
    #[must_use]
    pub fn with(gazetteer: Option<&'static Gazetteer>, model: Option<NameModel>) -> Lexicon {
        Lexicon {
            cues: cues::Cues::embedded(),
            gazetteer: gazetteer.unwrap_or_else(Gazetteer::embedded),
            names: NameLists::embedded(),
            name_model: model.unwrap_or_else(NameModel::embedded),
        }
    }
}
