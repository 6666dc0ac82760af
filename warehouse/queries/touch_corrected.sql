-- Whose statements corrections take and give.
INSERT INTO touched_personas
SELECT persona_id FROM corrected_labels WHERE persona_id IS NOT NULL
UNION
SELECT s.persona_id FROM store.statements AS s SEMI JOIN corrected_labels USING (statement_id) WHERE s.persona_id IS NOT NULL
