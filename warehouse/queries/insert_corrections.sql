-- What is said of a statement, beside what the machine says of it: its own label where another correction covers that.
INSERT INTO store.corrections BY NAME
SELECT
    c.*, s.article_id, a.url, s.words_key, s.text, a.title,
    o.stance AS own_stance, o.confidence AS own_confidence, o.themes AS own_themes, o.role AS own_role,
    o.person AS own_person, o.organisation AS own_organisation, o.actor_type AS own_actor_type,
    o.persona_id AS own_persona_id, s.model_version
FROM staged_corrections AS c
JOIN (
    SELECT *, CASE WHEN corrected THEN own_label ELSE struct_pack(
        stance := stance, stance_score := stance_score, confidence := confidence, evidence_start := evidence_start,
        evidence_end := evidence_end, themes := themes, role := role, person := person, organisation := organisation,
        actor_type := actor_type, persona_id := persona_id) END AS o
    FROM store.statements
) AS s USING (statement_id)
JOIN store.articles AS a USING (article_id)
