//! Takes the body of the article out of a web page.
//!
//! The extractor tells which text is the article. It also loses paragraphs that consist mostly of links, often the lead, and its
//! output has lost the markup. So what it found is looked up in the page again: the body is made of the page's own blocks, with
//! the paragraphs between them that it left out, and without what [`junk`] knows.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use trafilatura::dom::{Document, NodeId};
use trafilatura::{ExtractResult, ExtractionFocus, Options, extract_document};

use super::junk;
use crate::parse::markup::{self, Block};

/// What was taken out of a page.
#[derive(Debug, Default)]
pub(super) struct Extracted {
    /// The paragraphs of the body, parted by a blank line.
    pub body: String,
    /// The extractor's guess at the author, empty for none.
    pub author: String,
    /// The extractor's guess at the day, "2025-03-07".
    pub day: Option<String>,
}

/// A block on its way into the body.
#[derive(Debug)]
pub(super) struct Piece {
    /// The block.
    pub block: Block,
    /// Whether it lies inside the element that holds most of the article.
    pub inside: bool,
}

/// Takes the article out of `page`; `title` is left out where it stands at the head of the body. `stated` is the text that
/// the page's structured data has for it, whose paragraphs are taken wherever they stand.
pub(super) fn extract(mut page: Document, title: &str, stated: &str) -> Option<Extracted> {
    junk::prune(&mut page);
    let whole = page.clone_document();
    let options = Options::default().with_fallback(true).with_exclude_comments(true).with_focus(ExtractionFocus::FavorPrecision);
    let ExtractResult { content_html, metadata, .. } = extract_document(page, &options).ok()?;
    let content = Document::parse(&content_html);
    let found = markup::blocks(&content, content.body().unwrap_or_else(|| content.root()));
    let pieces = junk::without_junk(look_up(&whole, found, &key(stated)), title);
    let blocks: Vec<Block> = pieces.into_iter().map(|p| p.block).collect();
    Some(Extracted { body: markup::join(&blocks), author: metadata.author, day: metadata.date.map(|d| d.to_string()) })
}

/// The letters and digits of a text: what stays the same when markup is rewritten.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How many blocks above the first that the extractor took are looked at for more in the same element: a list of links may
/// stand between.
const ABOVE: usize = 12;

/// Fewest letters of a paragraph that is known by them alone.
const ENOUGH: usize = 40;

/// Finds each block of the extractor's output in the page and adds the paragraphs that it skipped. `stated` is the [`key`] of
/// the text in the page's structured data.
fn look_up(page: &Document, found: Vec<Block>, stated: &str) -> Vec<Piece> {
    let source = markup::blocks(page, page.body().unwrap_or_else(|| page.root()));
    let keys: Vec<String> = source.iter().map(|b| key(&b.text)).collect();
    let mut places: HashMap<&str, Vec<usize>, FxBuildHasher> = HashMap::default();
    for (index, key) in keys.iter().enumerate().rev() {
        places.entry(key).or_default().push(index);
    }
    // Where each found block stands in the page: the next place after the last, else any.
    let mut chosen: Vec<Option<usize>> = vec![None; found.len()];
    let mut at = 0;
    for (slot, block) in chosen.iter_mut().zip(&found) {
        let key = key(&block.text);
        let Some(list) = places.get_mut(key.as_str()).filter(|list| !list.is_empty()) else {
            // A part of a block: the extractor cut it at an element that it threw away.
            let near = at..(at + 40).min(source.len());
            *slot = near
                .clone()
                .find(|&index| key.len() >= 20 && keys[index].contains(&key))
                .or_else(|| near.clone().find(|&index| is_cut(&key, &keys[index])));
            at = slot.unwrap_or(at);
            continue;
        };
        let Some(pick) = list.iter().rposition(|&index| index >= at).or_else(|| list.len().checked_sub(1)) else { continue };
        let index = list.remove(pick);
        at = at.max(index);
        *slot = Some(index);
    }
    let mut weight: HashMap<NodeId, Share, FxBuildHasher> = HashMap::default();
    for &index in chosen.iter().flatten() {
        if let Some((holder, _)) = holder(page, &source[index]) {
            let share = weight.entry(holder).or_insert(Share { letters: 0, first: index, last: index });
            share.letters += keys[index].len();
            share.first = share.first.min(index);
            share.last = share.last.max(index);
        }
    }
    let main = weight.iter().max_by_key(|(_, share)| (share.letters, usize::MAX - share.first)).map(|(holder, _)| *holder);
    let beside_main = main.and_then(|main| page.parent(main));
    let first_found = chosen.iter().flatten().min().copied().unwrap_or(0);
    let mut order: Vec<(usize, Block)> = Vec::new();
    let mut taken = vec![false; source.len()];
    let mut last = 0;
    for (slot, block) in chosen.iter().zip(found) {
        match slot {
            Some(index) if taken[*index] => {}
            Some(index) => {
                taken[*index] = true;
                last = *index;
                order.push((*index, source[*index].clone()));
            }
            None => order.push((last, block)),
        }
    }
    // What the extractor skipped between, or just above, the paragraphs that it took.
    let all_found: String = order.iter().map(|(_, block)| key(&block.text)).collect();
    for (index, block) in source.iter().enumerate().filter(|(index, _)| !taken[*index]) {
        let Some((mut holder, quoted)) = holder(page, block) else { continue };
        for _ in 0..3 {
            if !quoted || weight.contains_key(&holder) {
                break;
            }
            holder = page.parent(holder).unwrap_or(holder);
        }
        let between = weight.get(&holder).is_some_and(|s| s.letters >= 300 && index + ABOVE >= s.first && index <= s.last);
        let lead = index < first_found && index + 4 >= first_found && page.parent(holder) == beside_main;
        let stated = keys[index].len() >= ENOUGH && stated.contains(&keys[index]);
        if (stated || (between || lead) && (quoted || junk::is_prose(block))) && !all_found.contains(&keys[index]) {
            order.push((index, block.clone()));
        }
    }
    order.retain(|(_, block)| !block.owner.is_some_and(|owner| is_caption(page, owner)));
    order.sort_by_key(|(index, _)| *index);
    order
        .into_iter()
        .map(|(_, block)| {
            let inside = main.is_none_or(|main| block.owner.is_some_and(|owner| is_within(page, owner, main)));
            Piece { block, inside }
        })
        .collect()
}

/// Whether `cut` is `whole` without words out of its middle.
fn is_cut(cut: &str, whole: &str) -> bool {
    let (head, tail) = (cut.floor_char_boundary(ENOUGH / 2), cut.ceil_char_boundary(cut.len().saturating_sub(ENOUGH / 2)));
    cut.len() >= ENOUGH && whole.len() > cut.len() && whole.starts_with(&cut[..head]) && whole.ends_with(&cut[tail..])
}

/// What of the article lies in one element.
struct Share {
    letters: usize,
    /// The first of its blocks that the extractor took.
    first: usize,
    /// The last.
    last: usize,
}

/// The element that holds the paragraph `block` beside others like it, and whether it is quoted there.
fn holder(page: &Document, block: &Block) -> Option<(NodeId, bool)> {
    let owner = block.owner?;
    let parent = page.parent(owner)?;
    match page.tag_name(owner) {
        "p" if page.tag_name(parent) == "blockquote" => Some((page.parent(parent)?, true)),
        "p" => Some((parent, false)),
        "blockquote" => Some((parent, true)),
        "div" | "section" | "article" | "td" => Some((owner, false)),
        _ => None,
    }
}

/// Whether a block belongs to a picture.
fn is_caption(page: &Document, owner: NodeId) -> bool {
    let mut at = Some(owner);
    for _ in 0..4 {
        let Some(node) = at else { return false };
        match page.tag_name(node) {
            "figcaption" | "figure" => return true,
            "blockquote" | "article" | "body" => return false,
            _ => at = page.parent(node),
        }
    }
    false
}

fn is_within(page: &Document, node: NodeId, ancestor: NodeId) -> bool {
    let mut at = Some(node);
    while let Some(node) = at {
        if node == ancestor {
            return true;
        }
        at = page.parent(node);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(html: &str) -> String {
        extract(Document::parse(&format!("<html><body>{html}</body></html>")), "The ferry is back", STATED)
            .map(|e| e.body)
            .unwrap_or_default()
    }

    const PROSE: &str = "<p>The ferry sailed again on Sunday after three days in port, carrying two hundred islanders home.</p>\
        <p>Its captain thanked the crew for their patience and said that the waves had been the highest in thirty years.</p>\
        <p>The line said that all tickets of the days without a sailing stay valid until the end of the year.</p>";

    #[test]
    fn a_lead_that_is_mostly_links_is_not_lost() {
        let lead =
            "<p>The <a href='/f'>ferry to the island of Oskholm and its three hundred people</a> is <a href='/b'>back in service</a>.</p>";
        let body = body(&format!("<article><div>{lead}{PROSE}</div></article>"));
        assert!(body.starts_with("The ferry to the island of Oskholm and its three hundred people is back in service."), "{body}");
        assert_eq!(body.split("\n\n").count(), 4);
    }

    #[test]
    fn words_that_show_more_when_pointed_at_are_kept() {
        let name =
            "<span class='rollover-people'><a href='/p'>Ingrid Vasko</a><span class='rollover-block'>Captain since 1999</span></span>";
        let tip = "<span class='tooltip'>the Beaufort scale<span class='tooltip-text'>A scale of winds</span></span>";
        let body = body(&format!(
            "<article><div>{PROSE}<p>The storm, said {name}, was the strongest that {tip} knows, she was told.</p></div></article>"
        ));
        assert!(body.ends_with("The storm, said Ingrid Vasko, was the strongest that the Beaufort scale knows, she was told."), "{body}");
    }

    #[test]
    fn the_headline_and_pictures_are_left_out_and_quotations_kept() {
        let picture = "<figure><img src='x'><figcaption>The ferry in port on Friday, seen from the harbour hall.</figcaption></figure>";
        let body = body(&format!(
            "<article><h1>The ferry is back</h1><div>{picture}{PROSE}<p>He <q>sang <q>home</q> aloud</q> all night long.</p></div></article>"
        ));
        assert!(!body.contains("The ferry is back") && !body.contains("in port on Friday"), "{body}");
        assert!(body.ends_with("He “sang ‘home’ aloud” all night long."), "{body}");
    }

    const STATED: &str = "The harbour master had asked for calm weather since the beginning of the week.";

    #[test]
    fn what_structured_data_states_is_taken_wherever_it_stands() {
        let body = body(&format!(
            "<article><div>{PROSE}</div></article><section><div><p>{STATED}</p><p>Sport in the harbour tonight, for all who like it so much, begins at six.</p></div></section>"
        ));
        assert!(body.ends_with(STATED), "{body}");
    }

    #[test]
    fn lists_of_other_stories_are_left_out() {
        let list = "<h3>More stories</h3><ul><li><a href='/1'>Lighthouse sold to a bakery</a></li><li><a href='/2'>Seals return to the bay</a></li></ul>";
        let body = body(&format!("<article><div>{PROSE}{list}</div></article>"));
        assert!(!body.contains("Lighthouse") && !body.contains("More stories"), "{body}");
        assert_eq!(body.split("\n\n").count(), 3);
    }
}
