-- How an article came, whatever an edit made of it since; null: never edited, as is_live has it.
ALTER TABLE store.articles ADD COLUMN IF NOT EXISTS is_history BOOLEAN;

UPDATE store.articles SET is_history = true
WHERE kind = 'feed' AND is_live AND revision > 1 AND article_id IN (
    SELECT article_id FROM store.entries
    WHERE article_id IS NOT NULL
    GROUP BY article_id
    HAVING arg_min(is_history, first_seen_at));

-- Months as London has them.
DELETE FROM store.theme_months;

INSERT INTO store.theme_months
SELECT
    month, theme, count(*), count(DISTINCT article_id), count(*) FILTER (stance = 'local'),
    count(*) FILTER (stance = 'central'), count(*) FILTER (stance = 'balanced')
FROM (
    SELECT
        CAST(date_trunc('month', timezone('Europe/London', coalesce(a.published_at, a.first_seen_at))) AS DATE) AS month,
        unnest(s.themes) AS theme, s.stance, s.article_id
    FROM store.statements AS s
    JOIN store.articles AS a USING (article_id)
    WHERE s.is_current
)
GROUP BY month, theme;
