-- What the ledger shows of these events: their words, speaker, article and predecessor as they stand now.
UPDATE store.events AS e SET
    person = t.person, role = t.role, organisation = t.organisation, actor_type = t.actor_type, quote = t.text,
    evidence = substr(t.text, t.evidence_start - t.start_char + 1, t.evidence_end - t.evidence_start),
    themes = t.themes, original_id = t.original_id, url = t.url, title = t.title, publisher = t.publisher,
    published_at = t.published_at, first_seen_at = t.first_seen_at, previous_url = t.previous_url,
    previous_publisher = t.previous_publisher, previous_quote = t.previous_quote
FROM (
    SELECT
        k.event_id, s.person, s.role, s.organisation, s.actor_type, s.text, s.start_char, s.evidence_start,
        s.evidence_end, coalesce(t.themes, s.themes) AS themes, s.original_id, a.url, a.title, a.publisher,
        a.published_at, a.first_seen_at, p.url AS previous_url, p.publisher AS previous_publisher,
        q.text AS previous_quote
    FROM (
        SELECT event_id, actor_id, article_id, statement_id, previous_article_id, previous_statement_id
        FROM store.events
        SEMI JOIN touched_events USING (event_id)
    ) AS k
    JOIN store.articles AS a USING (article_id)
    JOIN store.statements AS s USING (statement_id)
    LEFT JOIN store.articles AS p ON p.article_id = k.previous_article_id
    LEFT JOIN store.statements AS q ON q.statement_id = k.previous_statement_id
    LEFT JOIN store.positions AS t ON t.article_id = k.article_id AND t.actor_id = k.actor_id
) AS t
WHERE t.event_id = e.event_id
