-- Kept step by step, see tallies.py.
CREATE OR REPLACE VIEW main.theme_trends AS
SELECT month, theme, statements, articles, local, central, balanced, statements - local - central - balanced AS "none"
FROM store.theme_months;

COMMENT ON VIEW main.theme_trends IS 'Statements by month, theme and side.';
COMMENT ON COLUMN main.theme_trends.month IS 'First day of the month (UTC).';
COMMENT ON COLUMN main.theme_trends.theme IS 'Governance theme.';
COMMENT ON COLUMN main.theme_trends.statements IS 'Statements that touch it.';
COMMENT ON COLUMN main.theme_trends.articles IS 'Articles with such statements.';
COMMENT ON COLUMN main.theme_trends.local IS 'Of these, local.';
COMMENT ON COLUMN main.theme_trends.central IS 'Of these, central.';
COMMENT ON COLUMN main.theme_trends.balanced IS 'Of these, balanced.';
COMMENT ON COLUMN main.theme_trends."none" IS 'Of these, without a side.';
