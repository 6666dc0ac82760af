-- What the touched articles add to tallies now.
CREATE OR REPLACE TEMP TABLE told_after AS
SELECT
    s.statement_id, s.article_id, s.persona_id, s.person, s.organisation, s.actor_type, s.is_current, s.themes, s.stance,
    s.start_char, a.published_at, a.first_seen_at
FROM store.statements AS s
JOIN (FROM store.articles SEMI JOIN touched_articles USING (article_id)) AS a USING (article_id)
