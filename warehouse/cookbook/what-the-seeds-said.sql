-- What did the seed documents say, and who says it now?
-- Each statement of a seed that takes a side, with newer statements near to it in meaning, nearest first; copies left out. `relation` tells whether they agree.
-- in: Themes and words
WITH nearest AS (
    SELECT statement_id, seed_statement_id, stance, seed_stance, relation, nearness
    FROM seed_echoes
    WHERE seed_stance <> 'none' AND NOT is_copy
    ORDER BY nearness DESC, statement_id, seed_statement_id
    LIMIT 20
)
SELECT
    d.speaker AS seed_speaker, n.seed_stance, d.text AS seed_text, s.speaker, n.stance, n.relation, s.text,
    round(n.nearness, 2) AS nearness
FROM nearest AS n
JOIN statements AS s ON s.statement_id = n.statement_id
JOIN statements AS d ON d.statement_id = n.seed_statement_id
ORDER BY n.nearness DESC, seed_text, s.text
