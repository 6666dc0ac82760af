-- Which known entry each polled one is: by any address it ever had, in any feed; else by any id it ever had in its feed,
-- if no other entry was given that id, now or ever, and more than the id speaks for it: its date, half of its title's
-- longer words, or the number in its address. An id alone is not enough, since ids are used again for other articles; nor
-- where the known entry stands in the same poll under an address of its own.
CREATE OR REPLACE TEMP TABLE identified_entries AS
WITH telling AS (
    SELECT feed_id, guid FROM staged_entries WHERE guid <> '' GROUP BY feed_id, guid HAVING count(*) = 1
),
by_url AS (
    SELECT s.entry_id AS staged_id, min(k.entry_id) AS entry_id
    FROM staged_entries AS s
    JOIN store.entry_aliases AS k ON k.feed_id = '' AND k.name = s.canonical_url
    GROUP BY s.entry_id
),
known_ids AS (
    SELECT t.feed_id, t.guid, min(k.entry_id) AS entry_id
    FROM telling AS t
    JOIN store.entry_aliases AS k ON k.feed_id = t.feed_id AND k.name = t.guid
    GROUP BY t.feed_id, t.guid
    HAVING count(DISTINCT k.entry_id) = 1
),
same_id AS (
    SELECT
        s.entry_id AS staged_id, k.entry_id, s.published_at IN (k.published_at, k.dated_at) AS is_same_date,
        regexp_extract(s.canonical_url, '[0-9]{5,}') AS number, regexp_extract(k.canonical_url, '[0-9]{5,}') AS known_number,
        regexp_extract_all(lower(s.title), '\w{4,}') AS words, regexp_extract_all(lower(k.title), '\w{4,}') AS known_words
    FROM staged_entries AS s
    JOIN known_ids AS i ON i.feed_id = s.feed_id AND i.guid = s.guid
    JOIN store.entries AS k ON k.entry_id = i.entry_id
    WHERE k.entry_id NOT IN (SELECT entry_id FROM by_url)
),
by_id AS (
    SELECT staged_id, min(entry_id) AS entry_id
    FROM same_id
    WHERE is_same_date OR (number <> '' AND number = known_number)
        OR len(list_intersect(words, known_words)) >= greatest(1, least(len(words), len(known_words)) / 2)
    GROUP BY staged_id
),
named AS (
    SELECT s.* EXCLUDE (entry_id), coalesce(u.entry_id, i.entry_id, s.entry_id) AS entry_id
    FROM staged_entries AS s
    LEFT JOIN by_url AS u ON u.staged_id = s.entry_id
    LEFT JOIN by_id AS i ON i.staged_id = s.entry_id
)
SELECT
    n.*, row_number() OVER (
        PARTITION BY n.entry_id ORDER BY n.feed_id IS DISTINCT FROM k.feed_id, n.is_history, n.feed_id, n.position
    ) AS rank
FROM named AS n
LEFT JOIN store.entries AS k ON k.entry_id = n.entry_id
