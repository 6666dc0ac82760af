DELETE FROM store.actor_verdicts WHERE persona_id IN (SELECT persona_id FROM staged_erased) OR other_id IN (SELECT persona_id FROM staged_erased) RETURNING 1
