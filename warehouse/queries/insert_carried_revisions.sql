INSERT INTO store.article_revisions BY NAME
SELECT k.* FROM known.store.article_revisions AS k
JOIN store.articles AS a ON a.article_id = k.article_id AND k.revision < a.revision
ANTI JOIN store.article_revisions AS r ON r.article_id = k.article_id AND r.revision = k.revision
