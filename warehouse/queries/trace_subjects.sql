-- What a key may name: an address under any name that it was ever given, an id, or the beginning of an id.
WITH named AS (
    SELECT 'article' AS kind, article_id AS id, article_id AS name, true AS is_id FROM store.articles
    UNION ALL SELECT 'article', article_id, url, false FROM store.articles
    UNION ALL SELECT 'entry', entry_id, entry_id, true FROM store.entries
    UNION ALL SELECT 'entry', entry_id, url, false FROM store.entries
    UNION ALL SELECT 'entry', entry_id, name, false FROM store.entry_aliases
    UNION ALL
    SELECT 'entry', e.entry_id, f.final_url, false
    FROM store.fetches AS f
    JOIN store.entries AS e ON e.url = f.url
    WHERE f.kind = 'page' AND f.final_url <> f.url
    UNION ALL SELECT 'feed', feed_id, feed_id, true FROM store.feeds
    UNION ALL SELECT 'feed', feed_id, unnest([url, configured_url]), false FROM store.feeds
    UNION ALL SELECT 'statement', statement_id, statement_id, true FROM store.statements
    UNION ALL SELECT 'event', event_id, event_id, true FROM store.events
    UNION ALL SELECT 'alert', alert_id, alert_id, true FROM store.alerts
    UNION ALL SELECT 'message', alert_id, alert_id, true FROM store.deliveries
    UNION ALL SELECT 'message', message_id, message_id, true FROM store.messages
    UNION ALL SELECT 'address', url, url, false FROM store.drops
    UNION ALL
    SELECT 'address', url, unnest(regexp_extract_all(reason, '⟨([^⟩]+)⟩', 1)), false
    FROM store.drops WHERE stage = 'import'
    UNION ALL SELECT 'address', url, url, false FROM store.fetches
)
SELECT DISTINCT kind, id, name IN ($key, $address, $guess) AS is_whole
FROM named
WHERE name IN ($key, $address, $guess) OR (is_id AND len($key) >= $least AND starts_with(name, $key))
ORDER BY is_whole DESC, kind, id
LIMIT 50
