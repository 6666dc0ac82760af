-- Articles that came since a moment, by feed.
SELECT feed_id, count(*) FROM store.articles WHERE fetched_at >= $since AND revision = 1 GROUP BY feed_id
