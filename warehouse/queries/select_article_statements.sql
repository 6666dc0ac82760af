-- An article's statements as they stand, and what the machine said of those that an analyst corrected.
SELECT
    s.statement_id, s.start_char, s.end_char, s.text, s.person, s.role, s.organisation, s.actor_type, s.quote_kind,
    s.stance, s.stance_score, s.confidence, s.evidence_start, s.evidence_end, s.themes, s.corrected,
    coalesce(s.own_label.stance, '') AS own_stance, coalesce(s.own_label.person, '') AS own_person,
    coalesce(s.own_label.organisation, '') AS own_organisation
FROM store.statements AS s
WHERE s.article_id = $article_id AND s.is_current
ORDER BY s.start_char
