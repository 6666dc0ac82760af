-- What corrections make of the statements in question. They hold for the same words, by anybody if they are long enough
-- to be telling, else by the same actor; and, in the same article, for the same passage cut a little longer or shorter,
-- as another engine may. Of each field the latest correction counts that no undo came after.
CREATE OR REPLACE TEMP TABLE corrected_labels AS
WITH targets AS (
    SELECT
        s.*, CASE WHEN s.corrected THEN s.own_label ELSE struct_pack(
            stance := s.stance, stance_score := s.stance_score, confidence := s.confidence,
            evidence_start := s.evidence_start, evidence_end := s.evidence_end, themes := s.themes, role := s.role,
            person := s.person, organisation := s.organisation, actor_type := s.actor_type,
            persona_id := s.persona_id) END AS own
    FROM store.statements AS s
    WHERE s.rowid IN (SELECT k.rowid FROM store.statements AS k SEMI JOIN correction_targets USING (statement_id))
),
reached AS (
    SELECT t.statement_id AS target_id, c.*
    FROM targets AS t
    JOIN store.corrections AS c ON c.words_key = t.words_key
    LEFT JOIN store.personas AS p ON p.persona_id = t.own.persona_id
    LEFT JOIN store.personas AS o ON o.persona_id = c.own_persona_id
    WHERE c.statement_id = t.statement_id OR len(t.shingles) >= 4 OR p.actor_id = o.actor_id
    UNION ALL
    SELECT t.statement_id, c.*
    FROM targets AS t
    JOIN store.corrections AS c ON c.article_id = t.article_id
    WHERE c.words_key <> t.words_key AND (contains(t.text, c.text) OR contains(c.text, t.text))
        AND least(length(t.text), length(c.text)) >= 0.6 * greatest(length(t.text), length(c.text))
),
dated AS (
    SELECT *, max(corrected_at) FILTER (kind = 'undo') OVER (PARTITION BY target_id) AS undone_at FROM reached
),
latest AS (
    SELECT
        target_id, arg_max(stance, corrected_at) FILTER (stance IS NOT NULL) AS stance,
        arg_max(themes, corrected_at) FILTER (themes IS NOT NULL) AS themes,
        arg_max(role, corrected_at) FILTER (role IS NOT NULL) AS role,
        arg_max(
            struct_pack(
                person := person, organisation := organisation, actor_type := actor_type, persona_id := persona_id),
            corrected_at) FILTER (person IS NOT NULL) AS speaker
    FROM dated
    WHERE kind = 'correct' AND (undone_at IS NULL OR corrected_at > undone_at)
    GROUP BY target_id
),
labelled AS (
    SELECT
        t.statement_id, t.start_char, t.end_char, t.own, l.target_id IS NOT NULL AS corrected,
        l.stance AS said_stance, coalesce(l.stance, t.own.stance) AS stance,
        coalesce(l.themes, t.own.themes) AS themes, coalesce(l.role, t.own.role) AS role,
        CASE WHEN l.speaker IS NULL THEN struct_pack(
            person := t.own.person, organisation := t.own.organisation, actor_type := t.own.actor_type,
            persona_id := t.own.persona_id) ELSE l.speaker END AS speaker
    FROM targets AS t
    LEFT JOIN latest AS l ON l.target_id = t.statement_id
    WHERE l.target_id IS NOT NULL OR t.corrected
)
SELECT
    l.statement_id, l.corrected, CASE WHEN l.corrected THEN l.own END AS own_label, l.said_stance, l.stance,
    CASE WHEN l.said_stance IS NULL THEN l.own.confidence ELSE 1 END AS confidence,
    CASE l.said_stance WHEN 'local' THEN 1 WHEN 'central' THEN -1 ELSE CASE WHEN l.said_stance IS NULL THEN
        l.own.stance_score ELSE 0 END END AS stance_score,
    CASE WHEN l.said_stance <> l.own.stance THEN l.start_char ELSE l.own.evidence_start END AS evidence_start,
    CASE WHEN l.said_stance <> l.own.stance THEN l.end_char ELSE l.own.evidence_end END AS evidence_end,
    CASE WHEN l.stance <> 'none' AND NOT list_contains(l.themes, 'autonomy_control')
        THEN list_prepend('autonomy_control', l.themes) ELSE l.themes END AS themes,
    l.role, l.speaker.person AS person, l.speaker.organisation AS organisation, l.speaker.actor_type AS actor_type,
    p.persona_id, p.actor_id
FROM labelled AS l
LEFT JOIN store.personas AS p ON p.persona_id = l.speaker.persona_id
