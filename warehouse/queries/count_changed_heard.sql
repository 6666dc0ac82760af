INSERT INTO store.heard
SELECT
    s.persona_id, s.person, s.organisation, s.actor_type, s.is_current, count(*), min(a.published_at), max(a.published_at),
    max(struct_pack(
        said_at := coalesce(a.published_at, a.first_seen_at), first_seen_at := a.first_seen_at,
        article_id := s.article_id, start_char := s.start_char))
FROM store.statements AS s
JOIN store.articles AS a USING (article_id)
WHERE s.persona_id IN (SELECT persona_id FROM lost_statements)
GROUP BY ALL
