CREATE OR REPLACE VIEW main.corrections AS
WITH told AS (
    SELECT c.*, coalesce(len(s.shingles) >= 4, false) AS is_telling
    FROM store.corrections AS c
    LEFT JOIN store.statements AS s USING (statement_id)
),
pairs AS (
    SELECT c.correction_id, o.correction_id AS other_id
    FROM told AS c
    JOIN store.corrections AS o ON o.statement_id = c.statement_id AND o.corrected_at > c.corrected_at
    UNION
    SELECT c.correction_id, o.correction_id
    FROM told AS c
    JOIN store.corrections AS o ON o.words_key = c.words_key AND o.corrected_at > c.corrected_at
    WHERE c.is_telling OR o.own_persona_id = c.own_persona_id
),
later AS (
    SELECT
        c.correction_id, bool_or(o.kind = 'undo') AS is_undone,
        (c.stance IS NULL OR bool_or(o.stance IS NOT NULL)) AND (c.themes IS NULL OR bool_or(o.themes IS NOT NULL))
            AND (c.role IS NULL OR bool_or(o.role IS NOT NULL))
            AND (c.person IS NULL OR bool_or(o.person IS NOT NULL)) AS is_superseded
    FROM pairs AS p
    JOIN store.corrections AS c USING (correction_id)
    JOIN store.corrections AS o ON o.correction_id = p.other_id
    GROUP BY c.correction_id, c.stance, c.themes, c.role, c.person
)
SELECT
    correction_id, kind, statement_id, article_id, url, corrected_by, corrected_at, note, stance, person, role,
    organisation, actor_type, themes, own_stance, own_confidence, own_person, own_role, own_organisation,
    own_actor_type, own_themes, model_version, text, CASE
        WHEN kind = 'undo' THEN 'undo'
        WHEN is_undone THEN 'undone'
        WHEN is_superseded THEN 'superseded'
        ELSE 'in force'
    END AS status
FROM store.corrections
LEFT JOIN later USING (correction_id);

COMMENT ON VIEW main.corrections IS 'What analysts said of statements, in their own rows, never changed: of each field the latest holds.';
COMMENT ON COLUMN main.corrections.correction_id IS 'Deterministic id: hash of the statement, the moment and what was said.';
COMMENT ON COLUMN main.corrections.kind IS 'correct, or undo: what was said before it no longer holds.';
COMMENT ON COLUMN main.corrections.statement_id IS 'Statement that it was said of; it holds for the same words elsewhere, too.';
COMMENT ON COLUMN main.corrections.article_id IS 'Article of that statement.';
COMMENT ON COLUMN main.corrections.url IS 'Address of that article.';
COMMENT ON COLUMN main.corrections.corrected_by IS 'User who said it.';
COMMENT ON COLUMN main.corrections.corrected_at IS 'When (UTC).';
COMMENT ON COLUMN main.corrections.note IS 'Why.';
COMMENT ON COLUMN main.corrections.stance IS 'The right side; null, here and below, for what was left alone.';
COMMENT ON COLUMN main.corrections.person IS 'Who speaks; empty: no person.';
COMMENT ON COLUMN main.corrections.role IS 'The right role.';
COMMENT ON COLUMN main.corrections.organisation IS 'For which organisation; empty: none.';
COMMENT ON COLUMN main.corrections.actor_type IS 'The right kind of actor.';
COMMENT ON COLUMN main.corrections.themes IS 'The right themes, all of them.';
COMMENT ON COLUMN main.corrections.own_stance IS 'What the machine had said, here and below.';
COMMENT ON COLUMN main.corrections.own_confidence IS 'How sure it was of the side.';
COMMENT ON COLUMN main.corrections.own_person IS 'Who it took for the speaker.';
COMMENT ON COLUMN main.corrections.own_role IS 'In which role.';
COMMENT ON COLUMN main.corrections.own_organisation IS 'For which organisation.';
COMMENT ON COLUMN main.corrections.own_actor_type IS 'Of which kind.';
COMMENT ON COLUMN main.corrections.own_themes IS 'Its themes.';
COMMENT ON COLUMN main.corrections.model_version IS 'Version of the engine that said so.';
COMMENT ON COLUMN main.corrections.text IS 'The words in question.';
COMMENT ON COLUMN main.corrections.status IS 'in force (some of it at least), superseded (all that it says was corrected again since), undone, or undo.';
