//! One pass over the input: every article is added, takes the place of its old self, or is left alone.

use std::hash::{Hash, Hasher};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::{Ingest, Prune, Summary, prune, with};
use crate::annotate::Annotator;
use crate::annotation::Record;
use crate::article::{Article, Carrier};
use crate::cli::flow::{self, Event, Source, Spare};
use crate::cli::ids::Ids;
use crate::cli::interrupt::Interrupt;
use crate::cli::ledger::{Entry, Given, KEPT, Ledger};
use crate::cli::output::Console;
use crate::cli::place::{container, key_of_name};
use crate::cli::refusals::Refusals;
use crate::engine::local::LocalEngine;
use crate::engine::{Added, Engine};
use crate::read::{File, Refusal, RefusalKind, path_of};
use crate::revision::{Place, place};

/// What is put in becomes lasting after so many articles, or so long a time.
const COMMIT_ARTICLES: u64 = 20_000;
const COMMIT_TIME: Duration = Duration::from_secs(60);

/// The state of one pass.
pub struct Pass<'a> {
    args: &'a Ingest,
    engine: &'a Mutex<Option<LocalEngine>>,
    annotator: &'a Annotator,
    recalls: bool,
    refusals: &'a mut Refusals,
    summary: Summary,
    taken: u64,
    ids: Ids,
    /// Ids that were written, by hash.
    written: FxHashSet<u64>,
    /// The files met, and which of them gave everything they hold.
    seen: prune::Seen<'a>,
    current: Current,
    /// Entries of the ledger that wait for the commit.
    entries: Vec<Entry>,
    /// The [`key_of_name`]s of files that hold articles which other files hold too.
    sharing: FxHashSet<u64>,
    uncommitted: u64,
    committed: Instant,
    bar: ProgressBar,
}

/// What every pass needs.
pub struct Shop<'a> {
    pub args: &'a Ingest,
    pub annotator: &'a Annotator,
    pub source: &'a Source,
    pub engine: &'a Mutex<Option<LocalEngine>>,
    pub interrupt: &'a Interrupt,
}

/// What came so far of the file being read.
#[derive(Default)]
struct Current {
    given: Given,
    /// How many of its articles were given another id than their own, as that is another article's; and the first of them.
    beside: u64,
    first_beside: Option<(String, String)>,
}

impl<'a> Pass<'a> {
    /// Reads the source into the index, and commits. `recalls` is whether to say what earlier runs said of unchanged files.
    pub fn run(
        shop: &Shop<'a>,
        recalls: bool,
        ledger: &mut Ledger,
        refusals: &'a mut Refusals,
        console: &mut Console,
    ) -> anyhow::Result<Summary> {
        let &Shop { args, annotator, source, engine, interrupt } = shop;
        let mut pass = Self {
            args,
            engine,
            annotator,
            recalls,
            refusals,
            summary: Summary::default(),
            taken: 0,
            ids: Ids::default(),
            written: FxHashSet::default(),
            seen: prune::Seen::under(&source.roots),
            current: Current::default(),
            entries: Vec::new(),
            sharing: FxHashSet::default(),
            uncommitted: 0,
            committed: Instant::now(),
            bar: progress(console),
        };
        let known = Mutex::new(ledger);
        let unchanged = |file: &File| {
            let known = known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            !args.reread && known.unchanged(file).is_some_and(|entry| !(args.prune.is_some() && entry.shares))
        };
        // An index that cannot be read says so when the article is added.
        let holds = |article: &Article| with(engine, |engine| engine.holds(article)).unwrap_or(false) || args.dry_run;
        // One folder given may lie in another.
        let walked = Mutex::new(FxHashMap::<PathBuf, String>::default());
        let name = |file: &File| {
            let known = known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let mut name = known.name(file).map(str::to_owned);
            if source.roots.len() > 1
                && let Some(location) = &file.location
            {
                let mut walked = walked.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let first = walked.entry(location.clone()).or_insert_with(|| file.origin.below.clone());
                name.get_or_insert_with(|| first.clone());
            }
            name
        };
        flow::run(annotator, source, &Spare { name: &name, file: &unchanged, article: &holds }, &|| interrupt.came(), |event| {
            let flow = pass.take(event, &known, console)?;
            if pass.summary.interrupted
                || pass.uncommitted >= COMMIT_ARTICLES
                || (pass.uncommitted > 0 && pass.committed.elapsed() >= COMMIT_TIME)
            {
                pass.commit(&known)?;
            }
            Ok(flow)
        })?;
        // What was not met may be there all the same.
        if args.prune.is_some() && !pass.summary.interrupted {
            pass.prune(&known, console)?;
        }
        pass.commit(&known)?;
        pass.bar.finish_and_clear();
        Ok(pass.summary)
    }

    fn take(&mut self, event: Event, ledger: &Mutex<&mut Ledger>, console: &mut Console) -> anyhow::Result<ControlFlow<()>> {
        match event {
            Event::Record(record) => return self.article(record, true, console),
            Event::Spared(article) => return self.article(Box::new(flow::bare(*article)), false, console),
            Event::Refused(refusal) => self.refuse(refusal, console)?,
            Event::NoFile(refusal) => self.say(&refusal, console)?,
            Event::Stopped => {
                self.summary.interrupted = true;
                return Ok(ControlFlow::Break(()));
            }
            Event::FileRead(file) => {
                if let Some((own, given)) = self.current.first_beside.take() {
                    let beside = self.current.beside;
                    let many = if beside == 1 { "the id of one of its articles is" } else { "ids of its articles are" };
                    let count = if beside == 1 { String::new() } else { format!("{beside} ") };
                    let reason = format!("{count}{many} that of another article: kept beside it, {own:?} as {given:?}");
                    self.refuse(Refusal { kind: RefusalKind::Doubtful, ..file.origin.refuse(reason) }, console)?;
                }
                let given = std::mem::take(&mut self.current).given;
                self.seen.read(&file, given.refused == 0);
                // A file that gave nothing is tried again: it may have been unreadable for a passing reason.
                if given.articles > 0
                    && !self.args.dry_run
                    && let Ok(Some(entry)) = Entry::new(&file, &given)
                {
                    self.entries.push(entry);
                }
            }
            Event::FileSpared(file) => {
                let ledger = ledger.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                if let Some(entry) = ledger.unchanged(&file) {
                    self.taken += entry.articles;
                    self.summary.unchanged += entry.articles;
                    self.seen.spared(&file);
                    if self.recalls {
                        self.recall(entry, &file, console)?;
                    }
                    if self.args.input.limit.is_some_and(|limit| self.taken >= limit) {
                        return Ok(ControlFlow::Break(()));
                    }
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Takes one article. `annotated` is whether anything was looked for in it.
    fn article(&mut self, mut record: Box<Record>, annotated: bool, console: &mut Console) -> anyhow::Result<ControlFlow<()>> {
        if self.args.input.limit.is_some_and(|limit| self.taken >= limit) {
            return Ok(ControlFlow::Break(()));
        }
        self.taken += 1;
        self.bar.inc(1);
        let ids = &mut self.ids;
        let dry = self.args.dry_run;
        let settled = {
            let mut engine = self.engine.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            ids.settle(&mut record.article, engine.as_mut().map(|engine| engine as &mut dyn Engine), !dry)?
        };
        let key = hash(&record.article.id);
        self.current.given.shares |= settled.elsewhere.is_some();
        self.sharing.extend(settled.elsewhere);
        if self.args.prune.is_some() {
            self.seen.article(&record.article);
        }

        let old = settled.old;
        if old.as_ref().is_some_and(|old| is_less_of(&record.article, &old.article)) {
            self.current.given.articles += 1;
            self.summary.unchanged += 1;
            return Ok(ControlFlow::Continue(()));
        }
        self.current.given.articles += 1;
        if self.args.dry_run {
            return self.would(&record.article, old.is_some(), console);
        }
        if !annotated {
            if self.written.contains(&key) {
                // What the index held when this article was spared has since been replaced by another of its id.
                record.annotations = self.annotator.annotate(&record.article);
            } else {
                self.summary.unchanged += 1;
                return self.moved(&record.article, old);
            }
        }
        match with(self.engine, |engine| engine.add(&record).map(Some))? {
            Some(Added::Added) => {
                self.summary.added += 1;
                if let Some(own) = settled.taken {
                    self.current.beside += 1;
                    self.current.first_beside.get_or_insert((own, record.article.id.clone()));
                }
            }
            Some(Added::Replaced) => {
                self.summary.replaced += 1;
                // A new version comes with a later run, or says that it is one; else two different articles may have been numbered
                // alike.
                if self.written.contains(&key) && !self.is_later(&record.article)? {
                    let reason = format!("its id, {:?}, is that of another record of this run, which it replaces", record.article.id);
                    let doubt = Refusal { path: record.article.path.clone(), reason, kind: RefusalKind::Doubtful, ..Refusal::default() };
                    self.refuse(doubt, console)?;
                }
            }
            Some(Added::Earlier) => {
                self.summary.earlier += 1;
                self.uncommitted += 1;
                return Ok(ControlFlow::Continue(()));
            }
            Some(Added::Unchanged) | None => {
                self.summary.unchanged += 1;
                return Ok(ControlFlow::Continue(()));
            }
        }
        self.written.insert(key);
        self.uncommitted += 1;
        let found = &record.annotations;
        self.summary.people += found.people.len() as u64;
        self.summary.organizations += found.organizations.len() as u64;
        self.summary.places += found.locations.len() as u64;
        self.summary.quotes += found.quotes.len() as u64;
        Ok(ControlFlow::Continue(()))
    }

    /// Whether an article that was put in says that it is later than what it replaced.
    fn is_later(&self, article: &Article) -> anyhow::Result<bool> {
        let versions = with(self.engine, |engine| engine.versions_now(&article.id))?;
        Ok(versions.iter().rev().nth(1).is_some_and(|replaced| replaced.article.is_before(article)))
    }

    /// An article that is the same as before, but whose file has gone from where it was, gets its new path.
    fn moved(&mut self, article: &Article, old: Option<Record>) -> anyhow::Result<ControlFlow<()>> {
        if let Some(mut old) = old
            .filter(|old| old.article.place != article.place && old.article.place.as_ref().is_some_and(|place| !container(place).exists()))
        {
            old.article.path.clone_from(&article.path);
            old.article.place.clone_from(&article.place);
            with(self.engine, |engine| engine.delete(&article.id).and_then(|_| engine.add(&old)).map(Some))?;
            self.uncommitted += 1;
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Says what would become of an article.
    fn would(&mut self, article: &Article, known: bool, console: &mut Console) -> anyhow::Result<ControlFlow<()>> {
        let holds = with(self.engine, |engine| engine.holds(article))?;
        let (count, verb) = match if known && !holds { self.place(article)? } else { Place::Known } {
            _ if !known => (&mut self.summary.added, "add"),
            Place::Present => (&mut self.summary.replaced, "replace"),
            Place::Earlier(_) => (&mut self.summary.earlier, "keep an earlier version of"),
            Place::Known => (&mut self.summary.unchanged, ""),
        };
        *count += 1;
        if !verb.is_empty() && self.args.names_each() {
            say(verb, &article.id, console)?;
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Where an article belongs beside what the index has of its id.
    fn place(&self, article: &Article) -> anyhow::Result<Place> {
        let mut earlier = with(self.engine, |engine| engine.versions(&article.id))?;
        let present = earlier.pop();
        Ok(present.map_or(Place::Present, |present| place(&flow::bare(article.clone()), &present, &earlier)))
    }

    /// Says what an earlier run said of an unchanged file.
    fn recall(&mut self, entry: &Entry, file: &File, console: &Console) -> anyhow::Result<()> {
        let mut refused = 0;
        for refusal in entry.told(file) {
            refused += u64::from(refusal.kind == RefusalKind::Refused);
            let refusals = &mut self.refusals;
            self.bar.suspend(|| refusals.recall(&refusal, console))?;
        }
        let more = entry.refused.saturating_sub(refused);
        if more > 0 {
            self.summary.refused += more;
            let path = &file.origin.path;
            console.error(format_args!("{path}: {more} more of its records were refused when it was read; --reread names them"));
        }
        Ok(())
    }

    /// Takes note of something in the file being read.
    fn refuse(&mut self, refusal: Refusal, console: &Console) -> anyhow::Result<()> {
        self.say(&refusal, console)?;
        let given = &mut self.current.given;
        given.refused += u64::from(refusal.kind == RefusalKind::Refused);
        if given.told.len() < KEPT {
            given.told.push(refusal);
        }
        Ok(())
    }

    fn say(&mut self, refusal: &Refusal, console: &Console) -> anyhow::Result<()> {
        let refusals = &mut self.refusals;
        self.bar.suspend(|| refusals.take(refusal, console))
    }

    fn prune(&mut self, ledger: &Mutex<&mut Ledger>, console: &mut Console) -> anyhow::Result<()> {
        let prune::Gone { ids: gone, kept } = with(self.engine, |engine| self.seen.gone(engine, self.args.prune == Some(Prune::All)))?;
        for (root, count) in kept {
            self.say(&prune::refusal(root, count), console)?;
        }
        for id in gone {
            if self.args.dry_run {
                if self.args.names_each() {
                    say("remove", &id, console)?;
                }
            } else {
                with(self.engine, |engine| engine.delete(&id))?;
                self.uncommitted += 1;
            }
            self.summary.removed += 1;
        }
        if !self.args.dry_run {
            let mut ledger = ledger.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            ledger.forget(|entry| !path_of(&entry.file).exists());
        }
        Ok(())
    }

    fn commit(&mut self, ledger: &Mutex<&mut Ledger>) -> anyhow::Result<()> {
        if self.args.dry_run {
            return Ok(());
        }
        if self.uncommitted > 0 {
            with(self.engine, |engine| engine.commit())?;
        }
        self.ids.committed();
        (self.uncommitted, self.committed) = (0, Instant::now());
        let mut ledger = ledger.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut entries = std::mem::take(&mut self.entries);
        if !self.sharing.is_empty() {
            let sharing = std::mem::take(&mut self.sharing);
            let shares = |entry: &Entry| sharing.contains(&key_of_name(&entry.file));
            entries.iter_mut().for_each(|entry| entry.shares |= shares(entry));
            let fresh: FxHashSet<&str> = entries.iter().map(|entry| entry.file.as_str()).collect();
            let known = ledger.sharing(|entry| !fresh.contains(entry.file.as_str()) && shares(entry));
            entries.extend(known);
        }
        ledger.append(entries).context("the list of files read, in the folder of the index")
    }
}

/// Whether a feed gives the first sentences of what is there in full.
fn is_less_of(article: &Article, old: &Article) -> bool {
    let words = |article: &Article| article.body.split_whitespace().count();
    article.carrier == Carrier::Feed && 2 * words(article) < words(old) && article.place != old.place
}

fn say(verb: &str, id: &str, console: &mut Console) -> anyhow::Result<()> {
    let (out, _) = console.out();
    writeln!(out, "{verb} {}", crate::render::theme::printable(id))?;
    Ok(())
}

fn hash(id: &str) -> u64 {
    let mut hasher = FxHasher::default();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Counts articles on a terminal; says nothing elsewhere.
fn progress(console: &Console) -> ProgressBar {
    if !console.shows_progress() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    // A template that does not parse leaves the spinner as it comes.
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} articles, {per_sec:.0}, {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
