//! Turns markup into plain text: blocks become paragraphs parted by a blank line, `<q>` becomes quotation marks, and what a
//! reader never sees (scripts, styles, forms) is left out. Used for web pages and for every format that carries HTML or XHTML.

use trafilatura::dom::{Document, NodeId};

/// Elements that begin and end a paragraph, in HTML and in NITF.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "body.content",
    "block",
    "bq",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hl1",
    "hl2",
    "hr",
    "html",
    "li",
    "list",
    "main",
    "media-caption",
    "nav",
    "ol",
    "p",
    "para",
    "paragraph",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "ul",
];

/// Elements whose text no reader sees.
const UNSEEN: &[&str] = &[
    "applet",
    "audio",
    "button",
    "canvas",
    "datalist",
    "embed",
    "head",
    "iframe",
    "input",
    "map",
    "math",
    "meter",
    "noframes",
    "noscript",
    "object",
    "progress",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
    "media",
    "media-metadata",
];

/// One paragraph with what the markup says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Whether it stood in a heading.
    pub heading: bool,
    /// Its text, white space collapsed; a line break of the markup is a line break.
    pub text: String,
    /// How many of its letters stand in links.
    pub linked: usize,
    /// The innermost element of an HTML page that makes it a block.
    pub owner: Option<NodeId>,
}

/// What an element does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing: `<b>`.
    Inline,
    /// `<a>`: the letters in it are counted.
    Link,
    /// Begins and ends a paragraph.
    Block,
    /// A block that is a heading.
    Heading,
    /// A block in which line breaks count.
    Preformatted,
    /// `<br>`.
    LineBreak,
    /// A cell of a table: parted by a space.
    Cell,
    /// `<q>`: stands in quotation marks.
    Quotation,
    /// Not shown.
    Unseen,
}

/// The role of an element by its local name.
pub(super) fn role(name: &str) -> Role {
    match name {
        "a" => Role::Link,
        "br" => Role::LineBreak,
        "td" | "th" | "wbr" => Role::Cell,
        "q" => Role::Quotation,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hl1" | "hl2" => Role::Heading,
        "pre" => Role::Preformatted,
        _ if UNSEEN.contains(&name) => Role::Unseen,
        _ if BLOCKS.contains(&name) => Role::Block,
        _ => Role::Inline,
    }
}

/// Gathers text into paragraphs as a walk over markup meets it.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    blocks: Vec<Block>,
    current: String,
    space: bool,
    headings: usize,
    preformatted: usize,
    quotations: usize,
    links: usize,
    linked: usize,
    owner: Option<NodeId>,
    /// Whether a line break in the middle of a sentence is one of the wire's, which wraps its lines.
    unwrap: bool,
}

impl Paragraphs {
    /// For the markup of agencies, whose line breaks are often no more than the width of a teleprinter.
    pub fn wire() -> Self {
        Self { unwrap: true, ..Self::default() }
    }

    /// Enters an element.
    pub fn enter(&mut self, role: Role) {
        match role {
            Role::Inline | Role::Unseen => {}
            Role::Link => self.links += 1,
            Role::Block => self.end_paragraph(),
            Role::Heading => {
                self.end_paragraph();
                self.headings += 1;
            }
            Role::Preformatted => {
                self.end_paragraph();
                self.preformatted += 1;
            }
            Role::LineBreak => self.line_break(),
            Role::Cell => self.space = true,
            Role::Quotation => {
                self.push(if self.quotations.is_multiple_of(2) { '“' } else { '‘' });
                self.quotations += 1;
            }
        }
    }

    /// Leaves an element that was entered with the same role.
    pub fn leave(&mut self, role: Role) {
        match role {
            Role::Inline | Role::Unseen | Role::LineBreak => {}
            Role::Link => self.links = self.links.saturating_sub(1),
            Role::Block => self.end_paragraph(),
            Role::Heading => {
                self.end_paragraph();
                self.headings = self.headings.saturating_sub(1);
            }
            Role::Preformatted => {
                self.end_paragraph();
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            Role::Cell => self.space = true,
            Role::Quotation => {
                self.quotations = self.quotations.saturating_sub(1);
                self.close_quotation();
            }
        }
    }

    /// Text between tags.
    pub fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.preformatted > 0 => self.line_break(),
                '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}' => {}
                c if c.is_whitespace() => self.space = true,
                c if c.is_control() => {}
                c => self.push(c),
            }
        }
    }

    /// Ends the paragraph that is open.
    pub fn end_paragraph(&mut self) {
        self.space = false;
        let text = self.current.trim();
        if !text.is_empty() {
            let (heading, text) = (self.headings > 0, text.to_owned());
            self.blocks.push(Block { heading, text, linked: self.linked, owner: self.owner });
        }
        self.current.clear();
        self.linked = 0;
    }

    /// All paragraphs.
    pub fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        self.blocks
    }

    fn push(&mut self, c: char) {
        if self.space && !self.current.is_empty() && !self.current.ends_with('\n') {
            self.current.push(' ');
        }
        self.space = false;
        self.linked += usize::from(self.links > 0 && c.is_alphanumeric());
        self.current.push(c);
    }

    /// A second line break in a row is the end of a paragraph.
    fn line_break(&mut self) {
        let line = self.current.rsplit('\n').next().unwrap_or_default().trim_end();
        if self.unwrap && line.len() >= 50 && !line.ends_with(['.', '!', '?', '"', '”', ':']) {
            self.space = true;
            return;
        }
        self.space = false;
        if self.current.ends_with('\n') {
            self.end_paragraph();
        } else if !self.current.is_empty() {
            self.current.push('\n');
        }
    }

    /// A `<q>` whose author typed the marks as well keeps the typed ones alone.
    fn close_quotation(&mut self) {
        let (open, close) = if self.quotations.is_multiple_of(2) { ('“', '”') } else { ('‘', '’') };
        let Some(start) = self.current.rfind(open) else {
            self.push(close);
            return;
        };
        let inside = &self.current[start + open.len_utf8()..];
        let typed = inside.chars().next().is_some_and(is_mark) && inside.chars().next_back().is_some_and(is_mark);
        if typed && inside.chars().count() > 1 {
            self.current.remove(start);
        } else {
            self.space = false;
            self.push(close);
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'')
}

/// The paragraphs below `root`, without recursion.
pub(super) fn blocks(document: &Document, root: NodeId) -> Vec<Block> {
    enum Step {
        Enter(NodeId),
        Leave(Role),
        Own(Option<NodeId>),
    }
    let mut paragraphs = Paragraphs::default();
    let mut steps = vec![Step::Enter(root)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Leave(role) => paragraphs.leave(role),
            Step::Own(owner) => paragraphs.owner = owner,
            Step::Enter(node) if document.is_text(node) => paragraphs.text(&own_text(document, node)),
            Step::Enter(node) => {
                let role = if node == root { Role::Block } else { role(document.tag_name(node)) };
                if role == Role::Unseen || document.comment_data(node).is_some() {
                    continue;
                }
                paragraphs.enter(role);
                if matches!(role, Role::Block | Role::Heading | Role::Preformatted) {
                    steps.push(Step::Own(paragraphs.owner));
                    paragraphs.owner = Some(node);
                }
                steps.push(Step::Leave(role));
                steps.extend(document.child_nodes(node).into_iter().rev().map(Step::Enter));
            }
        }
    }
    paragraphs.finish()
}

fn own_text(document: &Document, node: NodeId) -> String {
    document.text_content(node)
}

/// The text of an HTML fragment: paragraphs parted by a blank line.
pub(super) fn fragment_text(html: &str) -> String {
    let document = Document::parse(html);
    let root = document.body().unwrap_or_else(|| document.root());
    join(&blocks(&document, root))
}

/// Paragraphs parted by a blank line.
pub(super) fn join(blocks: &[Block]) -> String {
    let mut text = String::with_capacity(blocks.iter().map(|b| b.text.len() + 2).sum());
    for block in blocks {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&block.text);
    }
    text
}

/// Plain text as paragraphs: lines trimmed, runs of blank lines made one.
pub(super) fn plain_paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            blank = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank { "\n\n" } else { "\n" });
        }
        blank = false;
        out.push_str(line);
    }
    out
}

/// Text as wire services lay it out: lines are wrapped, and an indented line begins a paragraph, as a blank one does.
pub(super) fn wire_paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parted = true;
    for line in text.lines() {
        let trimmed = line.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        if trimmed.is_empty() {
            parted = true;
            continue;
        }
        let indented = line.starts_with("  ") || line.starts_with('\t');
        if !out.is_empty() {
            out.push_str(if parted || indented { "\n\n" } else { " " });
        }
        parted = false;
        out.push_str(trimmed);
    }
    out
}

/// Decodes markup, whose encoding `header` or its own first lines declare.
pub(super) fn decode(bytes: &[u8], header: Option<&str>) -> String {
    let declared = header.map(str::to_owned).or_else(|| declared_encoding(bytes));
    let text = crate::read::decode::to_text(bytes, declared.as_deref()).text;
    match crate::read::decode::repair(&text) {
        std::borrow::Cow::Owned(repaired) => repaired,
        std::borrow::Cow::Borrowed(_) => text,
    }
}

/// `<meta charset="…">`, `content="text/html; charset=…"`, `<?xml encoding="…"?>` within the first kilobytes.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let after = if let Some(at) = head.strip_prefix("<?xml").and_then(|rest| rest.split("?>").next()).and_then(|d| d.find("encoding=")) {
        &head[5 + at + 9..]
    } else {
        &head[head.find("charset=")? + 8..]
    };
    let label: String =
        after.trim_start_matches(['"', '\'', ' ']).chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    (!label.is_empty()).then_some(label)
}
