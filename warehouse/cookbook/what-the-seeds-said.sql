-- What did the seed documents say, and who says it now?
-- Each statement of a seed that takes a side, with newer statements near to it in meaning, nearest first; copies left out. `relation` tells whether they agree.
-- in: Themes and words
SELECT
    coalesce(nullif(e.seed_person, ''), e.seed_organisation) AS seed_speaker, e.seed_stance, e.seed_text, s.speaker,
    s.stance, e.relation, s.text, round(e.nearness, 2) AS nearness
FROM seed_echoes AS e
JOIN statements AS s ON s.statement_id = e.statement_id
WHERE e.seed_stance <> 'none' AND NOT s.is_copy
ORDER BY e.nearness DESC, e.seed_text, s.text
LIMIT 20
