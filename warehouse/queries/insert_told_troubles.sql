-- What was told past the warehouse, while it could not be opened or nobody was at work in it.
INSERT INTO store.troubles BY NAME
SELECT s.trouble, s.words, s.advice, s.began_at, NULL AS ended_at, s.told_at, false AS is_end_told
FROM staged_told AS s
WHERE s.trouble NOT IN (SELECT trouble FROM store.troubles WHERE ended_at IS NULL)
