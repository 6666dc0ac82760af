-- What is new is added to what was heard before.
MERGE INTO store.heard AS h
USING (
    SELECT
        persona_id, person, organisation, actor_type, is_current, count(*) AS statements,
        min(published_at) AS first_published_at, max(published_at) AS last_published_at,
        max(struct_pack(
            said_at := coalesce(published_at, first_seen_at), first_seen_at := first_seen_at, article_id := article_id,
            start_char := start_char)) AS place
    FROM gained_statements
    WHERE persona_id NOT IN (SELECT persona_id FROM lost_statements)
    GROUP BY ALL
) AS n
ON h.persona_id = n.persona_id AND h.person = n.person AND h.organisation = n.organisation
    AND h.actor_type = n.actor_type AND h.is_current = n.is_current
WHEN MATCHED THEN UPDATE SET
    statements = h.statements + n.statements, first_published_at = least(h.first_published_at, n.first_published_at),
    last_published_at = greatest(h.last_published_at, n.last_published_at), place = greatest(h.place, n.place)
WHEN NOT MATCHED THEN INSERT BY NAME
