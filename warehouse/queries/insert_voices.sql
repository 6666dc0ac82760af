INSERT INTO store.voices
SELECT DISTINCT persona_id, voice FROM waiting_statements
ANTI JOIN store.voices AS known USING (persona_id, voice)
WHERE persona_id IS NOT NULL AND voice IS NOT NULL
