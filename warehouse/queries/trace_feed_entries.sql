-- What a feed brought at one moment, and how far each entry came.
SELECT
    e.entry_id, e.url, e.title, e.published_at, e.is_history, e.first_seen_at = $moment AS is_new, e.state, e.reason,
    e.article_id, (SELECT count(*) FROM store.events AS v WHERE v.article_id = e.article_id AND v.kind <> 'repeat') AS events,
    (
        SELECT count(*) FROM main.alerts AS a JOIN store.events AS v USING (event_id)
        WHERE v.article_id = e.article_id AND a.status = 'sent'
    ) AS alerts_sent
FROM store.entries AS e
WHERE e.feed_id = $feed_id AND $moment IN (e.first_seen_at, e.last_seen_at)
ORDER BY is_new DESC, e.published_at DESC NULLS LAST, e.entry_id
