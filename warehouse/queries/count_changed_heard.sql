INSERT INTO store.heard
SELECT
    coalesce(s.persona_id, ''), s.person, s.organisation, s.actor_type, s.is_current, count(*),
    count(*) FILTER (s.stance = 'local'), count(*) FILTER (s.stance = 'central'), count(*) FILTER (s.stance = 'balanced'),
    min(s.published_at), max(s.published_at), list_sort(list(DISTINCT s.publisher)),
    max(struct_pack(
        said_at := coalesce(s.published_at, s.first_seen_at), first_seen_at := s.first_seen_at,
        article_id := s.article_id, start_char := s.start_char)) AS place,
    arg_max(s.role, struct_pack(
        said_at := coalesce(s.published_at, s.first_seen_at), first_seen_at := s.first_seen_at,
        article_id := s.article_id, start_char := s.start_char)) FILTER (s.role <> ''),
    max(struct_pack(
        said_at := coalesce(s.published_at, s.first_seen_at), first_seen_at := s.first_seen_at,
        article_id := s.article_id, start_char := s.start_char)) FILTER (s.role <> '')
FROM (
    SELECT s.*
    FROM store.statements AS s
    SEMI JOIN lost_statements AS l ON l.persona_id = coalesce(s.persona_id, '') AND l.organisation = s.organisation
) AS s
WHERE s.persona_id IS NOT NULL OR s.organisation <> ''
GROUP BY ALL
