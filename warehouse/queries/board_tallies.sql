-- Statements by month, theme, kind of actor, outlet and side. Outlets beyond the busiest are one, without a name; so are
-- the least busy of these, where all of them would make too many rows. A month is one of London's.
WITH tagged AS (
    SELECT
        CAST(date_trunc('month', coalesce(s.published_at, s.first_seen_at) AT TIME ZONE 'Europe/London') AS DATE)
            AS month,
        unnest(s.themes) AS theme, s.actor_type, s.publisher, s.stance
    FROM store.statements AS s
    WHERE s.is_current AND coalesce(s.published_at, s.first_seen_at) >= $since
),
counted AS (
    SELECT month, theme, actor_type, publisher, stance, count(*) AS statements
    FROM tagged
    GROUP BY month, theme, actor_type, publisher, stance
),
busiest AS (
    SELECT
        publisher, row_number() OVER busy AS place,
        sum(count(*)) OVER (busy ROWS UNBOUNDED PRECEDING) AS rows_so_far
    FROM counted
    GROUP BY publisher
    WINDOW busy AS (ORDER BY sum(statements) DESC, publisher)
),
named AS (SELECT publisher FROM busiest WHERE place <= $publishers AND rows_so_far <= $tallies)
SELECT
    c.month, c.theme, c.actor_type, coalesce(n.publisher, '') AS publisher, c.stance,
    CAST(sum(c.statements) AS BIGINT) AS statements
FROM counted AS c
LEFT JOIN named AS n USING (publisher)
GROUP BY ALL
ORDER BY ALL
