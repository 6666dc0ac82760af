-- New events into the ledger; those judged again keep what was told of them, and their alerts.
MERGE INTO store.events AS e
USING (SELECT *, $now AS detected_at, $run_id AS run_id FROM judged_events) AS j ON e.event_id = j.event_id
WHEN MATCHED AND (
        e.kind, e.statement_id, e.stance, e.confidence, e.previous_statement_id, e.previous_stance, e.new_themes
    ) IS DISTINCT FROM (
        j.kind, j.statement_id, j.stance, j.confidence, j.previous_statement_id, j.previous_stance, j.new_themes
    ) THEN UPDATE SET
    kind = j.kind, statement_id = j.statement_id, stance = j.stance, confidence = j.confidence, previous_statement_id = j.previous_statement_id, previous_article_id = j.previous_article_id,
    previous_stance = j.previous_stance, previous_at = j.previous_at, new_themes = j.new_themes
WHEN NOT MATCHED THEN INSERT BY NAME
