//! What stands in a web page beside its article: related stories, calls to subscribe, buttons; told by markup and by words.

use std::sync::LazyLock;

use regex::Regex;
use trafilatura::dom::{Document, NodeId};

use super::extraction::Piece;
use crate::parse::markup::{self, Block};

/// Beginnings of blocks that lead elsewhere. A block that begins so is left out when it is short or mostly a link.
pub(in crate::parse) static LEADS_ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^[\[(\s»>▶•*–—-]* (?:
            (?:read|see|watch|listen|learn|find\ out)\ (?:more|also|next|now|it)\b | also\ (?:read|see|on)\b | more\ (?:on|from|about|stories|coverage|great)\b | more\s*:
          | related\b.{0,20}: | related\ (?:stories|articles|posts?|coverage|content|links|topics|news|reading)\b | recommended\b.{0,20}$
          | don['’]?t\ miss\b | you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested) | most\ (?:read|popular|viewed|shared)(?:\W*$|\ (?:in|on|from|today|stories|articles|news|this)\b) | trending\b.{0,20}$ | editor['’]?s['’]?\ picks?
          | read\ the\ full\b | continue\ reading | (?:story|article|report)\ continues\ | (?:click|tap)\ here\b | download\ (?:the|our)\b.{0,40}\bapp\b
          | explore\ further$ | up\ next$ | watch\ (?:below|the\ video|live|again) \b .{0,40}$ | what\ to\ read\ next | in\ case\ you\ missed\ it
          | leggi\ (?:anche|di\ più) | lees\ ook | lesen\ sie\ (?:auch|mehr) | mehr\ zum\ thema | lire\ (?:aussi|la\ suite) | à\ lire\ aussi | lea\ (?:también|más) | leia\ (?:também|mais) | veja\ (?:também|mais) | читайте\ также
        )",
    )
    .expect("a fixed pattern")
});

/// Blocks that ask something of the reader, or speak of the page itself; left out when short.
pub(in crate::parse) static ASKS_THE_READER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^[\s*_–—-]* (?:
            advertisement$ | advert$ | anzeige$ | publicité$ | publicidad$ | sponsored\ content | loading\b.{0,20}$
          | (?:please\ )?(?:subscribe|sign\ up|sign\ in|log\ in|register|join)\b.{0,120}(?:newsletter|inbox|email|updates?|now|free|today|account|access|continue|member)
          | get\ .{0,100}(?:newsletter|inbox|delivered\ to\ your|straight\ to\ your|notifications)
          | let\ our\ news\ meet\ your\ inbox | thanks?\ (?:you\ )?for\ (?:signing\ up|subscribing|reading) | there\ was\ an\ (?:error|problem)\ (?:processing|submitting) | sorry!$
          | (?:follow|like|find)\ (?:us|him|her|them|@\w+|the\ .{0,40}|\w+\ \w+)\ on\ (?:twitter|facebook|instagram|x\b|tiktok|youtube|threads|bluesky|telegram|linkedin|google) | follow\ @?\w+\ on\ (?:twitter|x\b|instagram|facebook)
          | follow\ .{0,60}(?:twitter|facebook|instagram).{0,40}$
          | (?:e-?mail|write\ to|contact|reach|you\ can\ (?:reach|follow|email))\ .{0,80}(?:@|\ at\ \S+$) | have\ a\ (?:news\ )?tip\b | got\ a\ (?:news\ )?tip\b | do\ you\ have\ a\ (?:story|tip)
          | like\ this\ story\b | share\ this(?:\W*$|\ (?:article|story|post|page|link|video|news|content|on|via|with)\b) | share\ (?:on|via)\b | enjoy(?:ed)?\ this\ (?:article|story) | if\ you\ enjoyed\ this | support\ (?:our|independent)\ journalism
          | the\ post\ .{1,200}\ (?:first\ )?appeared\ (?:first\ )?on\b
          | copyright\b | ©|\(c\)\ \d{4} | ⓒ | all\ rights\ reserved | terms\ (?:of\ (?:use|service)|and\ conditions) | this\ material\ may\ not\ be\ published
          | (?:filed|posted|tagged|published)\ (?:under|in)\s*: | tags?\s*:|tags?$ | topics?\s*: | categor(?:y|ies)\s*: | keywords?\s*:
          | (?:view|show|leave|post|add|read|see|hide)\ (?:a\ |the\ |all\ |\d+\ )*comments?\b | comments?\s*(?:\(\d+\)|\d+)?$ | join\ (?:the|our)\ (?:conversation|discussion|debate|comment\w*\ forum) | join\ thought-provoking\ conversations | comments\ (?:are|have\ been)\ (?:closed|disabled|off)
          | (?:we\ use|this\ (?:site|website)\ uses)\ cookies | (?:accept|manage|reject)\ (?:all\ )?cookies | cookie\ (?:policy|settings)
          | (?:image|photo|picture)\ (?:credit|source|copyright)s?\s*:? .{0,60}$ | (?:video|media)\ caption\b | play\ video | video\ (?:unavailable|loading) | this\ video\ (?:is|cannot)
          | see\ \S+\.\S+/\S*\ for\ privacy\ information | (?:this|the)\ e-?mail\ (?:and\ .{1,60}\ )?(?:may\ contain|contains|is)\ .{0,60}confidential
          | if\ you\ (?:do\ not|don['’]t|no\ longer)\ (?:want|wish)\ to\ receive\b
          | \[?button\b | tempo\ de\ leitura | \d+\ min(?:ute)?s?\ read$ | (?:lesezeit|estimated\ reading\ time|reading\ time)\b | print\ this\ (?:article|page|story) | listen\ to\ this\ article
          | (?:last\ )?updated?\ (?:at\ )?[\d:]+ .{0,40}$
        )",
    )
    .expect("a fixed pattern")
});

/// A block that is nothing but an address: of mail, of the web, of an account.
pub(in crate::parse) static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i)(?:(?:e-?mail|twitter|follow)\s*:?\s*)?(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w+|(?:https?://|www\.|twitter\.com/)\S+)$")
        .expect("a fixed pattern")
});

/// A line above the text that says who wrote it or when.
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^(?: (?:by|von|par|por|di)\ (?-i:\p{Lu})[\p{L}.'’-]+(?:\ \p{L}[\p{L}.'’-]+){0,4} (?:\s*[|,·].{0,60})?
          | (?:(?:published|posted|updated|last\ modified|first\ published|on)\b:?\s*)? (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\ )? (?:\d{1,2}\ )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\.?\ \d{1,2}?,?\ ?\d{4}.{0,40}
          | (?-i:\p{Lu}[\p{L}.'’-]+(?:\ \p{Lu}[\p{L}.'’-]+){1,3})\ [–—|·•-]\ (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\.?\ \d{1,2},?\ \d{4}
          | (?-i:\p{Lu}[\p{Lu}\ &]{1,24})
          | (?:published|posted|updated)\b.{0,60}\d{4}.{0,30} | \d{1,2}[/.]\d{1,2}[/.]\d{4}.{0,100} | \d{1,2}:\d{2}\ ?(?:[ap]\.?m\.?).{0,60}
        )$",
    )
    .expect("a fixed pattern")
});

/// Classes of text that shows up only when a reader points at something, or is spoken only.
static HIDDEN_HINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[\s_-])(?:tooltip(?:-?(?:text|content|body|box))?|popover|rollover|hovercard|sr-only|screen-?reader(?:-text)?|visually-?hidden)(?:$|[\s_-])")
        .expect("a fixed pattern")
});

/// Removes elements that are never of the article, and writes `<q>` out as quotation marks, which the extractor would lose.
pub(super) fn prune(page: &mut Document) {
    let root = page.root();
    let is_hidden = |page: &Document, node| {
        matches!(page.tag_name(node), "span" | "div" | "aside" | "small") && HIDDEN_HINT.is_match(&page.class_name(node))
    };
    let hidden: Vec<NodeId> = page.get_elements_by_tag_name(root, "*").into_iter().filter(|node| is_hidden(page, *node)).collect();
    for node in hidden {
        // What holds another of them holds the words too that the reader points at.
        if !page.get_elements_by_tag_name(node, "*").into_iter().any(|inner| inner != node && is_hidden(page, inner)) {
            page.remove(node, true);
        }
    }
    for node in page.get_elements_by_tag_name(root, "q") {
        let text = markup::join(&markup::blocks(page, node)).replace("\n\n", " ");
        // Marks that were typed as well are the same; those inside become single ones.
        let typed =
            text.strip_prefix(['"', '“']).and_then(|rest| rest.strip_suffix(['"', '”'])).filter(|rest| !rest.contains(['"', '“', '”']));
        let inner = typed.unwrap_or(&text).replace('“', "‘").replace('”', "’");
        if inner.is_empty() {
            continue;
        }
        for child in page.child_nodes(node) {
            page.remove(child, false);
        }
        page.set_tag_name(node, "span");
        let quoted = page.create_text_node(&format!("“{inner}”"));
        page.append_child(node, quoted);
    }
}

/// Whether a block reads as a sentence of an article.
pub(super) fn is_prose(block: &Block) -> bool {
    let words = block.text.split_whitespace().count();
    let ends = block.text.ends_with(['.', '!', '?', '"', '”', '’', '»', '…', ':', ')']);
    words >= 8 && ends && link_share(block) < 0.75 && !is_junk(block)
}

fn link_share(block: &Block) -> f64 {
    let letters = block.text.chars().filter(|c| c.is_alphanumeric()).count();
    if letters == 0 { 0.0 } else { block.linked as f64 / letters as f64 }
}

fn is_junk(block: &Block) -> bool {
    let length = block.text.chars().count();
    let share = link_share(block);
    (LEADS_ELSEWHERE.is_match(&block.text) && (length < 70 || share > 0.4) && length < 400)
        || (length < 300 && ASKS_THE_READER.is_match(&block.text))
        || ADDRESS.is_match(&block.text)
}

/// Leaves out junk and the repeated headline.
pub(super) fn without_junk(mut pieces: Vec<Piece>, title: &str) -> Vec<Piece> {
    let title = title.trim();
    let mut body_begun = false;
    let mut listing = false;
    pieces.retain(|piece| {
        let block = &piece.block;
        // What follows a label such as "More stories" is the list of them, as long as it is links.
        if listing && link_share(block) > 0.3 && !is_quoted(block) {
            return false;
        }
        listing = LEADS_ELSEWHERE.is_match(&block.text) && block.text.split_whitespace().count() < 7;
        let same = !title.is_empty() && block.text.eq_ignore_ascii_case(title);
        if same && (block.heading || !body_begun) {
            return false;
        }
        if !body_begun && (BYLINE.is_match(&block.text) || (link_share(block) > 0.8 && !is_sentence(&block.text))) {
            return false;
        }
        if is_junk(block) || !block.text.contains(char::is_alphanumeric) {
            return false;
        }
        body_begun |= !block.heading && block.text.split_whitespace().count() >= 12;
        true
    });
    drop_link_lists(&mut pieces);
    drop_tail(&mut pieces);
    pieces
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '”', '"']) && text.split_whitespace().count() > 6
}

/// Two or more blocks in a row that are nothing but links are a list of other stories, and so is the heading above them.
fn drop_link_lists(pieces: &mut Vec<Piece>) {
    let linked: Vec<bool> = pieces.iter().map(|p| !p.block.heading && link_share(&p.block) > 0.75).collect();
    let mut keep = vec![true; pieces.len()];
    let mut at = 0;
    while at < pieces.len() {
        let run = linked[at..].iter().take_while(|l| **l).count();
        if run >= 2 {
            keep[at..at + run].fill(false);
            if at > 0 && (pieces[at - 1].block.heading || pieces[at - 1].block.text.ends_with(':')) && pieces[at - 1].block.text.len() < 60
            {
                keep[at - 1] = false;
            }
        }
        at += run.max(1);
    }
    let mut kept = keep.into_iter();
    pieces.retain(|_| kept.next().unwrap_or(true));
}

/// Short blocks behind the article that lie outside its element are teasers; a heading with nothing below it is one too.
fn drop_tail(pieces: &mut Vec<Piece>) {
    let tail = pieces
        .iter()
        .rev()
        .take_while(|p| !p.inside && p.block.text.split_whitespace().count() < 20 && !is_quoted(&p.block) && !is_sentence(&p.block.text))
        .count();
    if tail >= 3 && tail < pieces.len() {
        pieces.truncate(pieces.len() - tail);
    }
    while pieces.len() > 1 && pieces.last().is_some_and(|p| p.block.heading || (link_share(&p.block) > 0.9 && !is_sentence(&p.block.text)))
    {
        pieces.pop();
    }
}

fn is_quoted(block: &Block) -> bool {
    block.text.contains(['“', '"', '«'])
}
