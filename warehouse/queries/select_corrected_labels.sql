-- Corrected sides that hold, as training data has them.
SELECT c.text, c.before, c.title, s.stance, s.themes
FROM store.statements AS s
JOIN store.corrections AS c USING (statement_id)
WHERE s.corrected AND s.confidence = 1 AND c.stance = s.stance
QUALIFY row_number() OVER (PARTITION BY s.statement_id ORDER BY c.corrected_at DESC) = 1
ORDER BY c.corrected_at, s.statement_id
