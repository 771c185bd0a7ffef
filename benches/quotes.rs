//! How many bytes a second quotes and their speakers are found at, with no names known: on news, and on what a hostile
//! article is made of. Goal: 20 MB/s on one core, and as fast a byte at one megabyte as at sixteen kilobytes.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dictum::annotate::entities::Entities;
use dictum::annotate::quotes;
use dictum::annotate::text::Text;
use dictum::annotation::Zone;
use dictum::article::Article;
use dictum::lexicon::Lexicon;

const NEWS: &str = "The bridge over the river was opened to traffic on Tuesday, ten years after it was closed. “We have waited long \
                    enough,” said Ines Vogt, the mayor of the town, who had promised it in the year of her election. “Nobody will \
                    have to pay.”\n\nA spokesman for the railway said that trains would follow in the spring, and called the work \
                    “a gift to the city.” But Karl Brandt, a farmer whose fields lie beside the new road, told reporters he had \
                    never been asked. \"They came at night,\" he said, adding that he would go to court.\n\n";

fn find(criterion: &mut Criterion) {
    let lexicon = Lexicon::embedded();
    let (article, entities) = (Article::default(), Entities::default());
    let mut group = criterion.benchmark_group("quotes");
    let inputs = [
        ("news", NEWS),
        ("double marks", "\""),
        ("opening marks", "“"),
        ("single marks", " 'a"),
        ("verbs", "said "),
        ("one sentence", "he said that she and the mayor of the town, who had told reporters, "),
    ];
    for (name, piece) in inputs {
        for bytes in [16 << 10, 1 << 20] {
            let body = piece.repeat(bytes / piece.len());
            let text = Text::new(Zone::Body, &body);
            group.throughput(Throughput::Bytes(body.len() as u64)).sample_size(10);
            group.bench_with_input(BenchmarkId::new(name, body.len()), &text, |b, text| {
                b.iter(|| black_box(quotes::find(lexicon, &article, &entities, black_box(text))));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, find);
criterion_main!(benches);
