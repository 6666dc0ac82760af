-- The personas of the articles that are read again: those that they had before, and those that they have now.
CREATE OR REPLACE TEMP TABLE touched_personas AS
SELECT persona_id FROM staged_personas
UNION
SELECT s.persona_id FROM store.statements AS s SEMI JOIN staged_analysed AS a USING (article_id) WHERE s.persona_id IS NOT NULL
UNION
SELECT unnest([t.persona_id, t.other_id]) FROM store.persona_ties AS t SEMI JOIN staged_analysed AS a USING (article_id)
