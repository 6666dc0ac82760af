-- Kept step by step, see tallies.py.
CREATE OR REPLACE VIEW main.theme_trends AS
SELECT
    m.month, m.theme, m.statements, m.articles, m.local, m.central, m.balanced,
    m.statements - m.local - m.central - m.balanced AS "none", coalesce(t.label, m.theme) AS label
FROM store.theme_months AS m
LEFT JOIN store.themes AS t ON t.theme = m.theme;

COMMENT ON VIEW main.theme_trends IS 'Statements by month, theme and side, copies included; one row a month and theme in which there is one.';
COMMENT ON COLUMN main.theme_trends.month IS 'First day of the month in which they were published, or first seen where no date is printed; a month of London.';
COMMENT ON COLUMN main.theme_trends.theme IS 'Governance theme (themes.theme).';
COMMENT ON COLUMN main.theme_trends.statements IS 'Statements that touch it; one with several themes counts under each.';
COMMENT ON COLUMN main.theme_trends.articles IS 'Articles with such statements.';
COMMENT ON COLUMN main.theme_trends.local IS 'Of these statements, local.';
COMMENT ON COLUMN main.theme_trends.central IS 'Of these statements, central.';
COMMENT ON COLUMN main.theme_trends.balanced IS 'Of these statements, balanced.';
COMMENT ON COLUMN main.theme_trends."none" IS 'Of these statements, without a side; write it in double quotes.';
COMMENT ON COLUMN main.theme_trends.label IS 'Name of the theme for readers.';
