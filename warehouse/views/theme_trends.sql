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
    month, theme, count(*) AS statements, count(DISTINCT article_id) AS articles,
    count(*) FILTER (WHERE stance = 'local') AS local,
    count(*) FILTER (WHERE stance = 'central') AS central,
    count(*) FILTER (WHERE stance = 'balanced') AS balanced,
    count(*) FILTER (WHERE stance = 'none') AS "none"
FROM tagged
GROUP BY month, theme;

COMMENT ON VIEW main.theme_trends IS 'Statements by month, theme and side.';
COMMENT ON COLUMN main.theme_trends.month IS 'First day of the month (UTC).';
COMMENT ON COLUMN main.theme_trends.theme IS 'Governance theme.';
COMMENT ON COLUMN main.theme_trends.statements IS 'Statements that touch it.';
COMMENT ON COLUMN main.theme_trends.articles IS 'Articles with such statements.';
COMMENT ON COLUMN main.theme_trends.local IS 'Of these, local.';
COMMENT ON COLUMN main.theme_trends.central IS 'Of these, central.';
COMMENT ON COLUMN main.theme_trends.balanced IS 'Of these, balanced.';
COMMENT ON COLUMN main.theme_trends."none" IS 'Of these, without a side.';
