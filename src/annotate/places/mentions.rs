//! Corrects which names are taken for places, by the gazetteer and by the patterns of news.
