//! The way of the data on all cores: one thread reads, as many as there are cores annotate, and what comes out is in the
//! order of what went in. All queues are bounded, so that memory does not grow with the input.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::annotate::Annotator;
use crate::annotation::Record;
use crate::article::Article;
use crate::parse::{Refusal, Sink};

/// The extraction of deeply nested pages and long texts recurses; the usual 2 MiB are not enough for it.
const STACK: usize = 64 << 20;

/// How many articles may be on their way for each core.
const DEPTH: usize = 32;

/// What became of one article.
pub type Item = Result<Box<Record>, Refusal>;

/// An article to annotate, with the way back for what becomes of it.
struct Job {
    article: Article,
    done: SyncSender<Item>,
}

/// Runs `read`, which hands articles and refusals to its sink, annotates what comes on all cores, and gives everything to
/// `take` in the order of reading, until either side breaks off.
///
/// # Errors
/// When a thread cannot be started, or what `take` says.
pub fn run(
    annotator: &Annotator,
    read: impl FnOnce(&mut Sink<'_>) + Send,
    mut take: impl FnMut(Item) -> anyhow::Result<ControlFlow<()>>,
) -> anyhow::Result<()> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (jobs, queue) = sync_channel::<Job>(cores * DEPTH);
    let (order, results) = sync_channel::<Receiver<Item>>(cores * DEPTH);
    let queue = Mutex::new(queue);

    thread::scope(|scope| {
        for _ in 0..cores {
            let queue = &queue;
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || annotate_all(annotator, queue))?;
        }
        let reader = move || {
            read(&mut |item| {
                let (done, result) = sync_channel(1);
                let sent = match item {
                    Ok(article) => jobs.send(Job { article, done }).is_ok(),
                    Err(refusal) => done.send(Err(refusal)).is_ok(),
                };
                if sent && order.send(result).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
        };
        thread::Builder::new().stack_size(STACK).spawn_scoped(scope, reader)?;

        for result in results {
            // A thread that died on an article has dropped its end; the panic itself surfaces when the scope ends.
            let Ok(item) = result.recv() else { continue };
            if take(item)?.is_break() {
                break;
            }
        }
        Ok(())
    })
}

fn annotate_all(annotator: &Annotator, queue: &Mutex<Receiver<Job>>) {
    loop {
        let Ok(job) = queue.lock().map(|queue| queue.recv()) else { return };
        let Ok(Job { article, done }) = job else { return };
        let annotations = annotator.annotate(&article);
        // Nobody waits for it any more when the other side has broken off.
        let _ = done.send(Ok(Box::new(Record::new(article, annotations))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(count: usize) -> impl FnOnce(&mut Sink<'_>) + Send {
        move |sink| {
            for number in 0..count {
                let item = if number % 7 == 3 {
                    Err(Refusal { path: number.to_string(), position: None, reason: "every seventh".into(), ..Refusal::default() })
                } else {
                    Ok(Article { id: number.to_string(), body: "word ".repeat(number % 50), ..Article::default() })
                };
                if sink(item).is_break() {
                    return;
                }
            }
        }
    }

    #[test]
    fn what_comes_out_is_in_the_order_of_what_went_in() {
        let mut seen = Vec::new();
        run(&Annotator::new(), numbered(500), |item| {
            seen.push(item.map_or_else(|refusal| refusal.path, |record| record.article.id));
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
        assert_eq!(seen, (0..500).map(|number| number.to_string()).collect::<Vec<_>>());
    }

    #[test]
    fn breaking_off_stops_the_reader() {
        let mut seen = 0;
        run(&Annotator::new(), numbered(usize::MAX), |_| {
            seen += 1;
            Ok(if seen == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })
        .unwrap();
        assert_eq!(seen, 10);
    }
}
