-- Months in which nothing is said of a theme any more.
DELETE FROM store.theme_months WHERE statements = 0
