DELETE FROM store.persona_ties WHERE persona_id IN (SELECT persona_id FROM staged_erased) OR other_id IN (SELECT persona_id FROM staged_erased) RETURNING 1
