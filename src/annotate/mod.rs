//! Finds the people, organizations, places and quotes of an article. Does no I/O and cannot fail.

pub mod entities;
pub mod names;
pub mod places;
pub mod quotes;
pub mod text;

use crate::annotation::{Annotations, Zone};
use crate::article::Article;
use crate::lexicon::Lexicon;
use entities::{Entities, Kind};
use text::Text;

/// Goes up whenever the same article would be annotated otherwise; what an index holds of an older number is annotated anew.
pub const ANNOTATOR_VERSION: u32 = 5;

/// Annotates articles; made once, used for all, from as many threads as wanted.
#[derive(Debug)]
pub struct Annotator {
    lexicon: &'static Lexicon,
}

impl Annotator {
    /// An annotator over the lexicon inside the program.
    #[must_use]
    pub fn new() -> Self {
        Self { lexicon: Lexicon::embedded() }
    }

    /// An annotator over a lexicon of one's own, which must live as long as the program.
    #[must_use]
    pub fn over(lexicon: &'static Lexicon) -> Self {
        Self { lexicon }
    }

    /// The sum of the model that finds names, where it is not that inside the program: articles that another one annotated are
    /// annotated anew.
    #[must_use]
    pub fn own_model(&self) -> Option<&'static str> {
        let sum = self.lexicon.name_model.checksum();
        (sum != Lexicon::embedded().name_model.checksum()).then_some(sum)
    }

    /// Every step, in order:
    /// text → named mentions → entities and places → quotation marks → quotes with their speakers.
    #[must_use]
    pub fn annotate(&self, article: &Article) -> Annotations {
        let title = Text::new(Zone::Title, &article.title);
        let body = Text::new(Zone::Body, &article.body);
        let entities = Entities::new(self.lexicon, article, &title, &body);
        Annotations {
            people: entities.records(Kind::Person, article),
            organizations: entities.records(Kind::Organization, article),
            locations: places::locate(self.lexicon.gazetteer, article, &title, &body, &entities),
            quotes: quotes::given::keep(
                article,
                [&title, &body].into_iter().flat_map(|text| quotes::find(self.lexicon, article, &entities, text)).collect(),
            ),
        }
    }
}

impl Default for Annotator {
    fn default() -> Self {
        Self::new()
    }
}
