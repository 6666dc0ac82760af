-- What may be the same words: the very same ones by anybody, if long enough to be telling, else by the same actor; and
-- three runs of three words in common (all, of a scrap that has fewer), said in the same voice or in another one of the
-- same actor.
INSERT INTO likely_copies
WITH new AS MATERIALIZED (
    SELECT * FROM unplaced_statements WHERE foremost_id = statement_id AND number BETWEEN $first AND $last
),
heard AS (
    SELECT statement_id, voice FROM new WHERE voice IS NOT NULL
    UNION
    SELECT n.statement_id, v.voice
    FROM new AS n
    JOIN store.personas AS p ON p.actor_id = n.actor_id
    JOIN store.voices AS v ON v.persona_id = p.persona_id
),
runs AS (
    SELECT n.statement_id, xor(CAST(unnest(n.shingles) AS UBIGINT), md5_number_lower(h.voice)) AS run
    FROM new AS n
    JOIN heard AS h USING (statement_id)
    WHERE len(n.shingles) >= 2
),
sought AS MATERIALIZED (
    SELECT statement_id, CAST(run & 1048575 AS UINTEGER) AS low_bits, CAST((run >> 20) & 4095 AS USMALLINT) AS high_bits
    FROM runs
),
found AS MATERIALIZED (
    SELECT k.low_bits, k.high_bits, k.statement_id
    FROM store.word_runs AS k
    JOIN (SELECT DISTINCT low_bits FROM sought) AS s ON s.low_bits = k.low_bits
)
SELECT n.statement_id, o.statement_id AS other_id
FROM new AS n
JOIN store.statements AS o ON o.words_key = n.words_key
WHERE o.statement_id <> n.statement_id AND (len(n.shingles) >= 4 OR o.actor_id = n.actor_id)
UNION
SELECT s.statement_id, f.statement_id
FROM sought AS s
JOIN found AS f ON f.low_bits = s.low_bits AND f.high_bits = s.high_bits
JOIN new AS n ON n.statement_id = s.statement_id
WHERE f.statement_id <> s.statement_id
GROUP BY s.statement_id, f.statement_id
HAVING count(*) >= least(3, min(len(n.shingles)))
