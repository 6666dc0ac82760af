-- How much of what is said on each theme takes a side?
-- A statement with several themes counts under each; words printed again count again, as in theme_trends.
-- in: Themes and words
SELECT
    label, sum(statements)::BIGINT AS statements, sum(local + central + balanced)::BIGINT AS sided,
    round(100 * sum(local + central + balanced) / sum(statements), 1) AS percent_sided
FROM theme_trends
GROUP BY label
ORDER BY percent_sided DESC, label
