-- To the other voices is added what the touched articles say now, less what they said before.
MERGE INTO store.heard AS h
USING (
    WITH told AS (
        SELECT 1 AS sign, * FROM told_after
        UNION ALL
        SELECT -1, * FROM told_before
    )
    SELECT
        persona_id, person, organisation, actor_type, is_current, sum(sign)::BIGINT AS statements,
        coalesce(sum(sign) FILTER (stance = 'local'), 0)::BIGINT AS local,
        coalesce(sum(sign) FILTER (stance = 'central'), 0)::BIGINT AS central,
        coalesce(sum(sign) FILTER (stance = 'balanced'), 0)::BIGINT AS balanced,
        min(published_at) AS first_published_at, max(published_at) AS last_published_at,
        list_sort(list(DISTINCT publisher)) AS publishers, max(place) AS place,
        arg_max(role, place) FILTER (role <> '') AS role, max(place) FILTER (role <> '') AS role_place
    FROM told AS t
    ANTI JOIN lost_statements USING (persona_id, organisation)
    WHERE persona_id <> '' OR organisation <> ''
    GROUP BY ALL
) AS n
ON h.persona_id = n.persona_id AND h.person = n.person AND h.organisation = n.organisation
    AND h.actor_type = n.actor_type AND h.is_current = n.is_current
WHEN MATCHED THEN UPDATE SET
    statements = h.statements + n.statements, local = h.local + n.local, central = h.central + n.central,
    balanced = h.balanced + n.balanced, first_published_at = least(h.first_published_at, n.first_published_at),
    last_published_at = greatest(h.last_published_at, n.last_published_at),
    publishers = list_sort(list_distinct(list_concat(h.publishers, n.publishers))), place = greatest(h.place, n.place),
    role = CASE WHEN h.role_place IS NULL OR n.role_place > h.role_place THEN coalesce(n.role, h.role) ELSE h.role END,
    role_place = greatest(h.role_place, n.role_place)
WHEN NOT MATCHED THEN INSERT BY NAME
