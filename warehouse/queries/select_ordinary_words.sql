-- Which of these words are printed otherwise than in names of people: in small letters, or in the name of a body.
WITH asked AS (SELECT unnest($words) AS word)
SELECT word FROM asked
SEMI JOIN store.articles AS a
    ON contains(a.text, word) AND regexp_matches(a.text, '(^|\s)' || word || '([\s,.;:!?)]|$)')
UNION
SELECT word FROM asked
SEMI JOIN (
    SELECT DISTINCT plain_name(organisation) AS body FROM store.heard
    UNION SELECT plain_name(organisation) FROM store.bodies
    UNION SELECT DISTINCT plain_name(publisher) FROM store.articles
) AS b ON regexp_matches(b.body, '\b' || word || '\b')
