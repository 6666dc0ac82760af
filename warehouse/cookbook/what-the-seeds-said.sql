-- What did the seed documents say, and who says it now?
-- Each statement of a seed that takes a side, with newer statements near to it in meaning, nearest first; copies left out. `relation` tells whether they agree.
-- in: Themes and words
SELECT
    coalesce(nullif(seed_person, ''), seed_organisation) AS seed_speaker, seed_stance, seed_text,
    coalesce(nullif(person, ''), organisation) AS speaker, stance, relation, text, round(nearness, 2) AS nearness
FROM seed_echoes
WHERE seed_stance <> 'none' AND NOT is_copy
ORDER BY nearness DESC, seed_text, text
LIMIT 20
