UPDATE store.statements AS s SET
    corrected = l.corrected, own_label = l.own_label, stance = l.stance, stance_score = l.stance_score,
    confidence = l.confidence, evidence_start = l.evidence_start, evidence_end = l.evidence_end, themes = l.themes,
    role = l.role, person = l.person, organisation = l.organisation, actor_type = l.actor_type,
    persona_id = l.persona_id, actor_id = l.actor_id
FROM corrected_labels AS l
WHERE s.statement_id = l.statement_id
