-- Near by meaning, nearer where one of the two takes no side; or in the very words, for a quotation in the midst of other
-- words says something else as a whole. Few of those whose signatures differ in more bits could be near enough.
INSERT INTO store.echoes BY NAME
WITH likely AS (
    SELECT
        u.statement_id, d.statement_id AS seed_statement_id, u.has_side AND d.has_side AS have_sides,
        u.numbers AS new_numbers, d.numbers AS seed_numbers
    FROM unechoed AS u
    JOIN seed_meanings AS d USING (version)
    WHERE CAST(bit_count(xor(u.bits_1, d.bits_1)) AS INTEGER) + bit_count(xor(u.bits_2, d.bits_2))
        + bit_count(xor(u.bits_3, d.bits_3)) + bit_count(xor(u.bits_4, d.bits_4)) <= $most_unlike
),
meant AS (
    SELECT
        statement_id, seed_statement_id, have_sides,
        list_cosine_similarity(CAST(new_numbers AS FLOAT[]), CAST(seed_numbers AS FLOAT[])) AS nearness
    FROM likely
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
    SELECT statement_id, seed_statement_id, nearness FROM meant
    WHERE nearness >= CASE WHEN have_sides THEN $sided ELSE $others END
    UNION ALL
    SELECT * FROM quoted
)
SELECT statement_id, seed_statement_id, round(least(1, CAST(max(nearness) AS DOUBLE)), 3) AS nearness
FROM near
GROUP BY statement_id, seed_statement_id
QUALIFY row_number() OVER (PARTITION BY statement_id ORDER BY max(nearness) DESC, seed_statement_id) <= 3
