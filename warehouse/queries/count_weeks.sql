-- Live statements by how many weeks ago they came, and those without a side.
SELECT
    floor((epoch($now::TIMESTAMPTZ) - epoch(a.first_seen_at)) / 604800)::INTEGER AS weeks_ago, count(*) AS statements,
    count(*) FILTER (s.stance = 'none') AS none
FROM store.statements AS s
JOIN store.articles AS a USING (article_id)
WHERE s.is_current AND a.is_live AND a.first_seen_at > $now::TIMESTAMPTZ - INTERVAL 63 DAY AND a.first_seen_at <= $now
GROUP BY weeks_ago
ORDER BY weeks_ago
