-- Whose articles carry most statements with a side?
-- By the author line as printed; opinion pieces count their own author's statements, too.
-- in: Outlets and people
SELECT byline, publisher, count(DISTINCT article_id) AS articles, count(*) AS sided
FROM statements
WHERE stance <> 'none' AND byline <> '' AND kind <> 'seed'
GROUP BY byline, publisher
ORDER BY sided DESC, byline
LIMIT 15
