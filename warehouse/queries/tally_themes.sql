-- The months of the touched articles: what they add now instead of what they added before.
MERGE INTO store.theme_months AS m
USING (
    WITH told AS (
        SELECT 1 AS sign, * FROM told_after WHERE is_current
        UNION ALL
        SELECT -1, * FROM told_before WHERE is_current
    ),
    tagged AS (
        SELECT
            sign, CAST(date_trunc('month', main.london_day(said_at)) AS DATE) AS month,
            unnest(themes) AS theme, stance, article_id
        FROM told
    )
    SELECT
        month, theme, sum(sign)::BIGINT AS statements,
        (count(DISTINCT article_id) FILTER (sign = 1) - count(DISTINCT article_id) FILTER (sign = -1)) AS articles,
        coalesce(sum(sign) FILTER (stance = 'local'), 0)::BIGINT AS local,
        coalesce(sum(sign) FILTER (stance = 'central'), 0)::BIGINT AS central,
        coalesce(sum(sign) FILTER (stance = 'balanced'), 0)::BIGINT AS balanced
    FROM tagged
    GROUP BY month, theme
) AS t ON m.month = t.month AND m.theme = t.theme
WHEN MATCHED THEN UPDATE SET
    statements = m.statements + t.statements, articles = m.articles + t.articles, local = m.local + t.local,
    central = m.central + t.central, balanced = m.balanced + t.balanced
WHEN NOT MATCHED THEN INSERT BY NAME
