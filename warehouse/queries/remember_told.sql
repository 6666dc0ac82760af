-- What the touched articles add to tallies, before they change.
CREATE OR REPLACE TEMP TABLE told_before AS
SELECT
    s.statement_id, s.article_id, coalesce(s.persona_id, '') AS persona_id, s.person, s.role, s.organisation,
    s.actor_type, s.is_current, s.themes, s.stance, s.publisher, s.published_at,
    coalesce(s.published_at, s.first_seen_at) AS said_at, struct_pack(
        said_at := coalesce(s.published_at, s.first_seen_at), first_seen_at := s.first_seen_at,
        article_id := s.article_id, start_char := s.start_char) AS place
FROM store.statements AS s
SEMI JOIN touched_articles AS t ON t.article_id = s.article_id
