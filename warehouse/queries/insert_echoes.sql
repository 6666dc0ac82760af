-- Two statements taken by chance differ in 102 bits of 256: that is nearness 0. Near by meaning, or in the very words: a
-- quotation in the midst of other words says something else as a whole.
INSERT INTO store.echoes BY NAME
WITH meant AS (
    SELECT
        u.statement_id, d.statement_id AS seed_statement_id,
        1 - (CAST(bit_count(xor(u.bits_1, d.bits_1)) AS INTEGER) + bit_count(xor(u.bits_2, d.bits_2))
            + bit_count(xor(u.bits_3, d.bits_3)) + bit_count(xor(u.bits_4, d.bits_4))) / 102 AS nearness
    FROM unechoed AS u
    JOIN seed_meanings AS d USING (version)
),
new_words AS (SELECT statement_id, len(shingles) AS number, unnest(shingles) AS shingle FROM unechoed),
seed_words AS (SELECT statement_id, len(shingles) AS number, unnest(shingles) AS shingle FROM seed_meanings),
quoted AS (
    SELECT
        n.statement_id, d.statement_id AS seed_statement_id,
        count(*) / least(any_value(n.number), any_value(d.number)) AS nearness
    FROM new_words AS n
    JOIN seed_words AS d USING (shingle)
    GROUP BY ALL
    HAVING count(*) >= $fewest_shared
),
near AS (
    SELECT statement_id, seed_statement_id, max(nearness) AS nearness
    FROM (SELECT * FROM meant WHERE nearness >= $least_nearness UNION ALL SELECT * FROM quoted WHERE nearness >= $least_quoted)
    GROUP BY ALL
)
SELECT statement_id, seed_statement_id, nearness
FROM near
QUALIFY row_number() OVER (PARTITION BY statement_id ORDER BY nearness DESC, seed_statement_id) <= 3
RETURNING statement_id
