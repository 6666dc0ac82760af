CREATE OR REPLACE VIEW main.statements AS
SELECT
    s.statement_id, s.article_id, a.url, a.publisher, a.published_at, s.actor_id, s.person, s.role, s.organisation,
    s.actor_type, s.text, s.start_char, s.end_char, s.quote_kind, s.stance, s.stance_score, s.confidence,
    substr(s.text, s.evidence_start - s.start_char + 1, s.evidence_end - s.evidence_start) AS evidence,
    s.themes, s.model_version, s.corrected
FROM store.statements AS s
JOIN store.articles AS a USING (article_id)
WHERE s.is_current;

COMMENT ON VIEW main.statements IS 'What somebody is quoted or reported as saying, word for word, with side and themes.';
COMMENT ON COLUMN main.statements.statement_id IS 'Deterministic id: hash of the article and the words.';
COMMENT ON COLUMN main.statements.article_id IS 'Article that carries it.';
COMMENT ON COLUMN main.statements.url IS 'Address of that article.';
COMMENT ON COLUMN main.statements.publisher IS 'Outlet of that article.';
COMMENT ON COLUMN main.statements.published_at IS 'Publication time of that article (UTC).';
COMMENT ON COLUMN main.statements.actor_id IS 'Identity of the speaker; null for collective and anonymous speakers.';
COMMENT ON COLUMN main.statements.person IS 'Speaker without honorific; empty where an organisation or a group speaks.';
COMMENT ON COLUMN main.statements.role IS 'Role as printed; the only words there are for collective and anonymous speakers.';
COMMENT ON COLUMN main.statements.organisation IS 'Organisation spoken for, by its canonical name.';
COMMENT ON COLUMN main.statements.actor_type IS 'Kind of actor: government, national_body, membership_body, local_nhs and so on.';
COMMENT ON COLUMN main.statements.text IS 'The words exactly as printed: substr(articles.text, start_char + 1, end_char - start_char).';
COMMENT ON COLUMN main.statements.start_char IS 'Offset of the first character in articles.text, counted from 0.';
COMMENT ON COLUMN main.statements.end_char IS 'Offset behind the last character.';
COMMENT ON COLUMN main.statements.quote_kind IS 'direct, indirect, position (of an organisation) or authored (column, blog, speech).';
COMMENT ON COLUMN main.statements.stance IS 'Who should hold power: local, central, balanced or none.';
COMMENT ON COLUMN main.statements.stance_score IS 'From -1 (central) to +1 (local).';
COMMENT ON COLUMN main.statements.confidence IS 'Probability of the stance, from 0 to 1.';
COMMENT ON COLUMN main.statements.evidence IS 'The words of the statement that carry the stance.';
COMMENT ON COLUMN main.statements.themes IS 'Governance themes it touches.';
COMMENT ON COLUMN main.statements.model_version IS 'Version of the engine that labelled it.';
COMMENT ON COLUMN main.statements.corrected IS 'Whether an analyst corrected it.';
