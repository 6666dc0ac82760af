-- Near by meaning where both take a side (others share a subject more often than a point); or in the very words, for a
-- quotation in the midst of other words says something else as a whole. Of those whose signatures differ in more bits
-- hardly any could be near enough.
INSERT INTO store.echoes BY NAME
WITH likely AS MATERIALIZED (
    SELECT u.statement_id, d.statement_id AS seed_statement_id
    FROM unechoed AS u
    JOIN seed_meanings AS d USING (version)
    WHERE u.has_side AND d.has_side
      AND CAST(bit_count(xor(u.bits_1, d.bits_1)) AS INTEGER) + bit_count(xor(u.bits_2, d.bits_2))
        + bit_count(xor(u.bits_3, d.bits_3)) + bit_count(xor(u.bits_4, d.bits_4)) <= $most_unlike
),
meant AS (
    SELECT
        u.statement_id, d.statement_id AS seed_statement_id,
        list_cosine_similarity(CAST(u.numbers AS FLOAT[]), CAST(d.numbers AS FLOAT[])) AS nearness
    FROM likely AS l
    JOIN unechoed AS u USING (statement_id)
    JOIN seed_meanings AS d ON d.statement_id = l.seed_statement_id
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
    HAVING count(*) >= $fewest_shared AND nearness >= $least_quoted
),
near AS (
    SELECT * FROM meant WHERE nearness >= $least_nearness
    UNION ALL
    SELECT * FROM quoted
)
SELECT statement_id, seed_statement_id, round(least(1, CAST(max(nearness) AS DOUBLE)), 3) AS nearness
FROM near
GROUP BY statement_id, seed_statement_id
QUALIFY row_number() OVER (PARTITION BY statement_id ORDER BY max(nearness) DESC, seed_statement_id) <= 3
