-- A word of the headline counts twice.
CREATE OR REPLACE TEMP TABLE new_words AS
SELECT segment, doc, kind, 1 AS times, store.telling_words(text) AS words FROM new_docs
UNION ALL
SELECT segment, doc, kind, 2, store.telling_words(title) FROM new_docs WHERE title <> ''
