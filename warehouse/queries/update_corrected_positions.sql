-- Likewise it changes with them.
UPDATE store.positions AS p SET stance = s.stance, confidence = s.confidence, themes = s.themes
FROM store.statements AS s
WHERE s.rowid IN (SELECT row_id FROM waiting_statements SEMI JOIN store.amendments USING (statement_id))
    AND p.statement_id = s.statement_id AND NOT s.is_current
