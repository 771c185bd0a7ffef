//! How many bytes a second names are found in and tied into entities, from the text on; and what loading the lexicon costs.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dictum::annotate::entities::Entities;
use dictum::annotate::text::Text;
use dictum::annotation::Zone;
use dictum::article::Article;
use dictum::lexicon::Lexicon;
use dictum::lexicon::name_model::NameModel;

/// As many names as news has, of people who do not exist.
const PARAGRAPHS: [&str; 4] = [
    "Foreign Minister Sergei Vorotin flew to Geneva on Tuesday to meet Maria Lindqvist, the envoy of the European Union, as fighting went \
     on in the east of the country for a third week and thousands of people left their homes.",
    "“We have not come here to sign whatever lies on the table,” Mr. Vorotin told reporters in the lobby of his hotel, before he was driven \
     to the talks. Ms. Lindqvist said that she expected a long night.",
    "The United Nations put the number of those who crossed the border since Friday at more than forty thousand; many of them spent the \
     night in schools and churches, and a spokesman for the Red Cross said that blankets and water were running short.",
    "In Washington, the State Department called on both sides to let aid through. Shares of Kestrel Energy Inc., which runs the pipeline \
     through the valley, fell by four percent, and its chief executive, John Abernathy, said that the company would wait and see.",
];

fn names(criterion: &mut Criterion) {
    let lexicon = Lexicon::embedded();
    let article = Article {
        title: "Envoys Meet in Geneva as Fighting Goes On".to_owned(),
        body: PARAGRAPHS.repeat(4).join("\n\n"),
        ..Article::default()
    };
    let mut group = criterion.benchmark_group("names");
    group.throughput(Throughput::Bytes((article.title.len() + article.body.len()) as u64));
    group.bench_function("tokens", |b| b.iter(|| black_box(Text::new(Zone::Body, &article.body))));
    group.bench_function("tokens, names and entities", |b| {
        b.iter(|| {
            let (title, body) = (Text::new(Zone::Title, &article.title), Text::new(Zone::Body, &article.body));
            black_box(Entities::new(lexicon, &article, &title, &body))
        });
    });
    group.finish();
    let file = include_bytes!("../src/lexicon/names.model");
    criterion.bench_function("load a model of names from its bytes", |b| b.iter(|| black_box(NameModel::read(file.to_vec()))));
    criterion.bench_function("load the lexicon", |b| b.iter(|| black_box(Lexicon::with(None, None))));
}

criterion_group!(benches, names);
criterion_main!(benches);
