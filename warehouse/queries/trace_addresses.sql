-- Addresses that may be others of the same page; whether they are is for their canonical form to say.
SELECT 'article' AS kind, article_id AS id, url FROM store.articles WHERE contains(url, $part)
UNION
SELECT 'entry', entry_id, url FROM store.entries WHERE contains(url, $part)
UNION
SELECT 'entry', e.entry_id, f.final_url
FROM store.fetches AS f
JOIN store.entries AS e ON e.url = f.url
WHERE f.kind = 'page' AND contains(f.final_url, $part)
UNION
SELECT 'address', url, url FROM store.drops WHERE contains(url, $part)
UNION
SELECT 'address', url, url FROM store.fetches WHERE contains(url, $part)
ORDER BY ALL
LIMIT 20000
