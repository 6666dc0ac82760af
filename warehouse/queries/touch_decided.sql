CREATE OR REPLACE TEMP TABLE touched_personas AS
SELECT persona_id FROM staged_verdicts
UNION
SELECT other_id FROM staged_verdicts WHERE other_id IS NOT NULL
