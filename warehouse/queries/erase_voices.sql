DELETE FROM store.voices WHERE persona_id IN (SELECT persona_id FROM staged_erased) RETURNING 1
