-- What a correction changes of settled statements is to be told anew, as is what was told of whom they were before.
INSERT INTO store.amendments
SELECT s.statement_id, s.actor_id
FROM store.statements AS s
JOIN corrected_labels AS l USING (statement_id)
WHERE (s.stance, s.confidence, s.themes, s.role, s.person, s.organisation, s.actor_type, s.persona_id)
    IS DISTINCT FROM (l.stance, l.confidence, l.themes, l.role, l.person, l.organisation, l.actor_type, l.persona_id)
