SELECT count(*) FROM store.indexed_articles WHERE version <> $version
