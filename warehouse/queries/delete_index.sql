-- Another way to index begins anew.
TRUNCATE store.words;
TRUNCATE store.indexed_articles;
TRUNCATE store.indexed_statements;
TRUNCATE store.dead_docs;
TRUNCATE store.segments;
TRUNCATE store.postings;
TRUNCATE store.pairs;
