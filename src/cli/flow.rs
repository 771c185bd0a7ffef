//! The way of the data on all cores: one thread walks the folders, as many as there are cores read, parse and annotate, and
//! what comes out is in the order of what went in. All queues are bounded, so that memory does not grow with the input.

use std::any::Any;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use super::place::Folders;
use crate::annotate::Annotator;
use crate::annotation::{Annotations, Record};
use crate::article::Article;
use crate::parse;
use crate::read::{self, File, Limits, Refusal, Selection};

/// The extraction of deeply nested pages and long texts recurses; the usual 2 MiB are not enough for it.
const STACK: usize = 64 << 20;

/// How many jobs may be on their way for each core, and how many events of one job may wait to be taken.
const JOBS: usize = 32;
const EVENTS: usize = 16;

/// Files up to this size are read by the threads that annotate; larger ones hold many articles as a rule, and are cut into
/// these by the thread that walks, so that all cores share them.
const SMALL: u64 = 1 << 20;

/// What to read, and how.
#[derive(Debug)]
pub struct Source {
    /// Folders, files, `-`.
    pub roots: Vec<PathBuf>,
    /// Which files in folders.
    pub selection: Selection,
    /// What the user said of the fields.
    pub options: parse::Options,
    /// How far an input may go.
    pub limits: Limits,
}

/// What is known beforehand, so that work is spared.
pub struct Spare<'a> {
    /// The path below the folder given under which a file was read before, where it was.
    pub name: &'a (dyn Fn(&File) -> Option<String> + Sync),
    /// Whether a file need not be opened.
    pub file: &'a (dyn Fn(&File) -> bool + Sync),
    /// Whether an article need not be annotated.
    pub article: &'a (dyn Fn(&Article) -> bool + Sync),
}

/// Nothing is spared.
pub const EVERYTHING: Spare<'static> = Spare { name: &|_| None, file: &|_| false, article: &|_| false };

/// What became of the input, piece by piece.
#[derive(Debug)]
pub enum Event {
    /// An article with what was found in it.
    Record(Box<Record>),
    /// An article that was not annotated, as [`Spare::article`] said.
    Spared(Box<Article>),
    /// Something in a file that gave no article, or a doubtful one.
    Refused(Refusal),
    /// Something under the paths given that is no file to read.
    NoFile(Refusal),
    /// A file has been read to its end; what came since the last such event came from it.
    FileRead(Box<File>),
    /// A file was not opened, as [`Spare::file`] said.
    FileSpared(Box<File>),
    /// The wish to stop came: there are no more events.
    Stopped,
}

/// Nobody wishes to stop.
pub const TO_THE_END: &(dyn Fn() -> bool + Sync) = &|| false;

/// How often one looks for the wish to stop while nothing happens.
const LOOK: Duration = Duration::from_millis(100);

/// A piece of work, with the way back for what becomes of it.
struct Job {
    task: Task,
    back: SyncSender<Event>,
}

enum Task {
    Read(Box<File>),
    Annotate(Box<Article>),
}

/// What every worker needs.
struct Shop<'a> {
    annotator: &'a Annotator,
    source: &'a Source,
    spare: &'a Spare<'a>,
}

/// Reads all of `source`, annotates on all cores, and gives every event to `take` in the order of reading, until `take`
/// breaks off or `stop` says so.
///
/// # Errors
/// When a thread cannot be started, or what `take` says.
pub fn run(
    annotator: &Annotator,
    source: &Source,
    spare: &Spare<'_>,
    stop: &(dyn Fn() -> bool + Sync),
    mut take: impl FnMut(Event) -> anyhow::Result<ControlFlow<()>>,
) -> anyhow::Result<()> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (jobs, queue) = sync_channel::<Job>(cores * JOBS);
    let (order, results) = sync_channel::<Receiver<Event>>(cores * JOBS);
    let queue = Mutex::new(queue);
    let shop = Shop { annotator, source, spare };

    thread::scope(|scope| {
        for _ in 0..cores {
            let (shop, queue) = (&shop, &queue);
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || shop.work(queue))?;
        }
        let walker = Walker { shop: &shop, jobs, order };
        thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || walker.walk())?;

        // Dropped with this closure, so that nobody waits to hand out more.
        let results = results;
        while let Some(events) = next(&results, stop) {
            while let Some(event) = next(&events, stop) {
                if take(event)?.is_break() {
                    return Ok(());
                }
            }
            if stop() {
                break;
            }
        }
        if stop() {
            // There is nothing left to break off.
            let _ = take(Event::Stopped)?;
        }
        Ok(())
    })
}

/// The next that comes; nothing after the last, or once `stop` says so.
fn next<T>(queue: &Receiver<T>, stop: &(dyn Fn() -> bool + Sync)) -> Option<T> {
    loop {
        if stop() {
            return None;
        }
        match queue.recv_timeout(LOOK) {
            Ok(item) => return Some(item),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// Finds the files and hands out the work, in order.
struct Walker<'a> {
    shop: &'a Shop<'a>,
    jobs: SyncSender<Job>,
    order: SyncSender<Receiver<Event>>,
}

impl Walker<'_> {
    /// Until all is handed out or nobody takes it any more.
    fn walk(&self) {
        let mut folders = Folders::default();
        for file in read::files(&self.shop.source.roots, &self.shop.source.selection) {
            let file = file.map(|mut file| {
                file.location = file.location.map(|location| folders.absolute(&location));
                if let Some(below) = (self.shop.spare.name)(&file) {
                    file.origin.below = below;
                }
                file
            });
            let flow = match file {
                Err(refusal) => self.report(Event::NoFile(refusal)),
                Ok(file) if (self.shop.spare.file)(&file) => self.report(Event::FileSpared(Box::new(file))),
                Ok(file) if file.location.is_some() && file.size <= SMALL => self.hand_out(Task::Read(Box::new(file))),
                Ok(file) => self.cut_up(file),
            };
            if flow.is_break() {
                return;
            }
        }
    }

    /// Reads a large file, or standard input, here, and hands out its articles.
    fn cut_up(&self, file: File) -> ControlFlow<()> {
        self.shop.read(&file, &mut |item| match item {
            Ok(article) => self.hand_out(Task::Annotate(Box::new(article))),
            Err(refusal) => self.report(Event::Refused(refusal)),
        })?;
        self.report(Event::FileRead(Box::new(file)))
    }

    fn hand_out(&self, task: Task) -> ControlFlow<()> {
        let (back, events) = sync_channel(EVENTS);
        goes(self.jobs.send(Job { task, back }))?;
        goes(self.order.send(events))
    }

    fn report(&self, event: Event) -> ControlFlow<()> {
        let (back, events) = sync_channel(1);
        goes(back.send(event))?;
        goes(self.order.send(events))
    }
}

impl Shop<'_> {
    /// Does the jobs of the queue until it closes.
    fn work(&self, queue: &Mutex<Receiver<Job>>) {
        loop {
            let Ok(Ok(Job { task, back })) = queue.lock().map(|queue| queue.recv()) else { return };
            // Whoever broke off wants no more of this job either.
            let _ = match task {
                Task::Annotate(article) => goes(back.send(self.annotate(article))),
                Task::Read(file) => {
                    let all = self.read(&file, &mut |item| {
                        goes(back.send(match item {
                            Ok(article) => self.annotate(Box::new(article)),
                            Err(refusal) => Event::Refused(refusal),
                        }))
                    });
                    if all.is_continue() { goes(back.send(Event::FileRead(file))) } else { all }
                }
            };
        }
    }

    /// Hands every article of one file to `sink`. Should a parser panic, the rest of this file is refused, and no more.
    fn read(&self, file: &File, sink: &mut parse::Sink<'_>) -> ControlFlow<()> {
        let mut placed = |item: Result<Article, Refusal>| sink(item.map(|article| Article { place: place(file, &article), ..article }));
        let reading = catch_unwind(AssertUnwindSafe(|| parse::file(file, &self.source.limits, &self.source.options, &mut placed)));
        reading.unwrap_or_else(|panic| sink(Err(file.origin.refuse(mistake("reading", panic.as_ref())))))
    }

    fn annotate(&self, article: Box<Article>) -> Event {
        if (self.spare.article)(&article) {
            return Event::Spared(article);
        }
        match catch_unwind(AssertUnwindSafe(|| self.annotator.annotate(&article))) {
            Ok(annotations) => Event::Record(Box::new(Record::new(*article, annotations))),
            Err(panic) => {
                let reason = mistake(&format!("annotating {}", article.id), panic.as_ref());
                Event::Refused(Refusal { path: article.path, reason, ..Refusal::default() })
            }
        }
    }
}

/// Where on disk an article of `file` is; within an archive, `archive.zip!inner/name`.
fn place(file: &File, article: &Article) -> Option<String> {
    let inside = article.path.strip_prefix(&file.origin.path).unwrap_or_default();
    Some(format!("{}{inside}", read::name_of(file.location.as_deref()?.as_os_str())))
}

/// The article as a record in which nothing was looked for.
#[must_use]
pub fn bare(article: Article) -> Record {
    Record::new(article, Annotations::default())
}

fn goes<T, E>(sent: Result<T, E>) -> ControlFlow<()> {
    if sent.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// What is said of a panic: it is never the input's fault.
fn mistake(doing: &str, panic: &(dyn Any + Send)) -> String {
    let what = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("a mistake in dictum while {doing} ({}): please report it", what.unwrap_or("no message"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(root: &std::path::Path) -> Source {
        Source {
            roots: vec![root.to_owned()],
            selection: Selection::default(),
            options: parse::Options::default(),
            limits: Limits::default(),
        }
    }

    /// A folder of small files beside a large one of many records.
    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for number in 0..150 {
            std::fs::write(dir.path().join(format!("{number:03}.txt")), format!("Title {number}\n\nBody of it, in a sentence.\n")).unwrap();
        }
        let lines: String = (150..400)
            .map(|number| format!("{{\"id\":\"{number:03}\",\"title\":\"T\",\"body\":\"{}\"}}\n", "word ".repeat(1200)))
            .collect();
        assert!(lines.len() as u64 > SMALL);
        std::fs::write(dir.path().join("lines.jsonl"), lines).unwrap();
        dir
    }

    fn ids(dir: &std::path::Path, spare: &Spare<'_>, limit: usize) -> Vec<String> {
        let mut seen = Vec::new();
        run(&Annotator::new(), &source(dir), spare, TO_THE_END, |event| {
            seen.extend(match event {
                Event::Record(record) => Some(record.article.id),
                Event::Spared(article) => Some(format!("spared {}", article.id)),
                Event::FileSpared(file) => Some(format!("unopened {}", file.origin.below)),
                Event::Refused(refusal) | Event::NoFile(refusal) => Some(refusal.to_string()),
                Event::FileRead(_) | Event::Stopped => None,
            });
            Ok(if seen.len() == limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })
        .unwrap();
        seen
    }

    #[test]
    fn what_comes_out_is_in_the_order_of_what_went_in() {
        let dir = folder();
        let mut expected: Vec<String> = (0..150).map(|number| format!("{number:03}.txt")).collect();
        expected.extend((150..400).map(|number| format!("{number:03}")));
        assert_eq!(ids(dir.path(), &EVERYTHING, usize::MAX), expected);
    }

    #[test]
    fn breaking_off_stops_everything() {
        assert_eq!(ids(folder().path(), &EVERYTHING, 5).len(), 5);
    }

    #[test]
    fn what_is_spared_is_told() {
        let dir = folder();
        let (file, article) = (|file: &File| file.origin.below == "lines.jsonl", |article: &Article| article.id == "007.txt");
        let spare = Spare { file: &file, article: &article, ..EVERYTHING };
        let seen = ids(dir.path(), &spare, usize::MAX);
        assert_eq!(seen.len(), 151);
        assert_eq!((seen[7].as_str(), seen[150].as_str()), ("spared 007.txt", "unopened lines.jsonl"));
    }
}
