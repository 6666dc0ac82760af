-- What a statement shows of its article lies beside it (see tallies.py): a question about statements joins nothing.
CREATE TABLE store.shown AS
SELECT s.*, a.url, a.publisher, a.published_at, a.title, a.byline, a.kind, a.feed_id, a.story_id, a.first_seen_at
FROM store.statements AS s
LEFT JOIN store.articles AS a USING (article_id);

DROP TABLE store.statements;

ALTER TABLE store.shown RENAME TO statements;
