-- The signatures of all statements are gone through, and of the nearest by them the angle is taken. Other prints of one
-- statement (one original_id) stand for each other.
CREATE OR REPLACE MACRO main.similar_statements(id) AS TABLE
WITH sought AS MATERIALIZED (
    SELECT m.*, s.stance, coalesce(s.original_id, s.statement_id) AS original_id
    FROM (
        SELECT min(statement_id) AS statement_id FROM store.statements
        WHERE is_current AND length(trim(id)) >= 6 AND starts_with(statement_id, lower(trim(id)))
        HAVING count(*) = 1
    ) AS g
    JOIN store.meanings AS m USING (statement_id)
    JOIN store.statements AS s USING (statement_id)
),
likely AS (
    SELECT
        m.statement_id, m.numbers,
        CAST(bit_count(xor(m.bits_1, o.bits_1)) AS INTEGER) + bit_count(xor(m.bits_2, o.bits_2))
            + bit_count(xor(m.bits_3, o.bits_3)) + bit_count(xor(m.bits_4, o.bits_4)) AS unlike
    FROM store.meanings AS m
    CROSS JOIN sought AS o
    WHERE m.version = (SELECT version FROM sought) AND m.statement_id <> (SELECT statement_id FROM sought)
    ORDER BY unlike, m.statement_id
    LIMIT 2000
),
nearest AS (
    SELECT
        l.statement_id, o.stance AS own_stance, o.original_id AS own_original_id,
        list_cosine_similarity(CAST(l.numbers AS FLOAT[]), CAST(o.numbers AS FLOAT[])) AS cosine
    FROM likely AS l
    CROSS JOIN sought AS o
    ORDER BY cosine DESC, l.statement_id
    LIMIT 500
),
-- Words are only read of those that are shown: fifty rows, which DuckDB takes row by row.
ranked AS MATERIALIZED (
    SELECT s.rowid AS row_id, n.cosine, n.own_stance
    FROM nearest AS n
    JOIN store.statements AS s ON s.statement_id = n.statement_id
    WHERE s.is_current AND coalesce(s.original_id, s.statement_id) <> n.own_original_id
    QUALIFY row_number() OVER (
        PARTITION BY coalesce(s.original_id, s.statement_id) ORDER BY n.cosine DESC, s.statement_id) = 1
    ORDER BY n.cosine DESC, s.statement_id
    LIMIT 50
),
said AS (
    SELECT
        rowid AS row_id, statement_id, person, organisation, stance, text, publisher, published_at, url
    FROM store.statements
    WHERE rowid IN (SELECT row_id FROM ranked)
)
SELECT
    round(greatest(0, least(1, CAST(r.cosine AS DOUBLE))), 3) AS nearness,
    CASE
        WHEN s.stance = r.own_stance AND s.stance <> 'none' THEN 'agrees'
        WHEN (s.stance, r.own_stance) IN (('local', 'central'), ('central', 'local')) THEN 'opposes'
        ELSE 'unclear'
    END AS relation,
    s.person, s.organisation, s.stance, s.text, s.publisher, s.published_at, s.url, s.statement_id
FROM ranked AS r
JOIN said AS s USING (row_id)
ORDER BY r.cosine DESC, s.statement_id
LIMIT 50;

COMMENT ON MACRO TABLE main.similar_statements IS 'The statements nearest in meaning to one, given by its id or the beginning of it (six characters or more that no other id begins with; else no rows): at most 50, nearest first. No rows, too, for one without a theme and a side, of which no meaning is kept.';

-- Columns, for docs/warehouse.md:
-- nearness: Cosine of the angle between the two meanings, from 0 to 1; from about 0.5 they may speak to the same point.
-- relation: agrees (both on one side), opposes (local against central) or unclear (all else), by the two sides.
-- person: Who said it; empty where an organisation or a group speaks.
-- organisation: For whom.
-- stance: Side of the statement found.
-- text: Its words, exactly as printed; of several prints of one statement the nearest.
-- publisher: Outlet that printed it.
-- published_at: When (UTC).
-- url: Where.
-- statement_id: The statement found.
