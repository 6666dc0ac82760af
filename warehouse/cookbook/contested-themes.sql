-- On which themes are the two sides most evenly matched?
-- evenness is 1 where local and central are equally frequent, and 0 where only one side speaks.
-- in: Themes and words
SELECT
    label, sum(local)::BIGINT AS local, sum(central)::BIGINT AS central, sum(balanced)::BIGINT AS balanced,
    round(2 * least(sum(local), sum(central)) / (sum(local) + sum(central)), 2) AS evenness
FROM theme_trends
GROUP BY label
HAVING sum(local) + sum(central) > 0
ORDER BY evenness DESC, sum(local) + sum(central) DESC, label
