-- Every name that rules may call somebody by: people and organisations on record.
SELECT DISTINCT name
FROM (SELECT unnest(names) AS name FROM actors UNION ALL SELECT unnest(organisations) FROM actors)
ORDER BY name
