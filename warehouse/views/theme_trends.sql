CREATE OR REPLACE VIEW main.theme_trends AS
WITH tagged AS (
    SELECT
        CAST(date_trunc('month', coalesce(a.published_at, a.first_seen_at)) AS DATE) AS month,
        unnest(s.themes) AS theme, s.stance, s.article_id
    FROM store.statements AS s
    JOIN store.articles AS a USING (article_id)
    WHERE s.is_current
)
SELECT
    month, g.theme, count(*) AS statements, count(DISTINCT article_id) AS articles,
    count(*) FILTER (WHERE stance = 'local') AS local,
    count(*) FILTER (WHERE stance = 'central') AS central,
    count(*) FILTER (WHERE stance = 'balanced') AS balanced,
    count(*) FILTER (WHERE stance = 'none') AS "none", coalesce(min(t.label), g.theme) AS label
FROM tagged AS g
LEFT JOIN store.themes AS t ON t.theme = g.theme
GROUP BY month, g.theme;

COMMENT ON VIEW main.theme_trends IS 'Statements by month, theme and side, copies included; one row a month and theme in which there is one.';
COMMENT ON COLUMN main.theme_trends.month IS 'First day of the month in which they were published, or first seen where no date is printed (UTC).';
COMMENT ON COLUMN main.theme_trends.theme IS 'Governance theme (themes.theme).';
COMMENT ON COLUMN main.theme_trends.statements IS 'Statements that touch it; one with several themes counts under each.';
COMMENT ON COLUMN main.theme_trends.articles IS 'Articles with such statements.';
COMMENT ON COLUMN main.theme_trends.local IS 'Of these statements, local.';
COMMENT ON COLUMN main.theme_trends.central IS 'Of these statements, central.';
COMMENT ON COLUMN main.theme_trends.balanced IS 'Of these statements, balanced.';
COMMENT ON COLUMN main.theme_trends."none" IS 'Of these statements, without a side; write it in double quotes.';
COMMENT ON COLUMN main.theme_trends.label IS 'Name of the theme for readers.';
