-- Those of these words that no text has any more.
DELETE FROM store.words
WHERE word IN (SELECT unnest($words)) AND word NOT IN (
    SELECT w.word
    FROM (SELECT unnest($words) AS word) AS w
    SEMI JOIN store.articles AS a
        ON list_contains(store.telling_words(a.title), w.word)
        OR contains(lower(strip_accents(a.text)), w.word) AND list_contains(store.telling_words(a.text), w.word))
