-- The same words in the same article are the same statement, whichever revision or engine brings them: labels change,
-- where and when the words were first seen does not. Who speaks is resolved behind this, and corrections are put on it.
MERGE INTO store.statements AS k
USING (
    SELECT
        s.*, false AS corrected, NULL AS own_label, o.original_id, o.settled_at, o.settled_actor_id,
        p.actor_id, true AS is_current, a.url, a.publisher, a.published_at, a.title, a.byline, a.kind, a.feed_id,
        a.story_id, a.first_seen_at
    FROM staged_statements AS s
    JOIN store.articles AS a ON a.article_id = s.article_id
    LEFT JOIN store.statements AS o USING (statement_id)
    LEFT JOIN store.personas AS p ON p.persona_id = s.persona_id
) AS s ON k.statement_id = s.statement_id
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME
