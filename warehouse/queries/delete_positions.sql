-- A position is worked out anew unless an edit took the actor out of the page: what was printed once stays said.
DELETE FROM store.positions AS p
USING store.articles AS a, store.statements AS s, waiting_statements AS w
WHERE a.detected_at IS NULL AND a.article_id = p.article_id AND w.statement_id = p.statement_id AND s.rowid = w.row_id
    AND (contains(a.text, s.text) OR EXISTS (
        SELECT 1 FROM waiting_statements AS c
        WHERE c.article_id = p.article_id AND c.actor_id = p.actor_id AND c.is_current))
