SELECT publisher || ': ' || notice || CASE WHEN failures > 0 THEN ' (' || failures || ' in a row)' ELSE '' END
FROM main.feed_health
WHERE notice <> ''
ORDER BY failures DESC, publisher
