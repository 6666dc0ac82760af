-- What did the seed documents say, and who says it now?
-- Each statement of a seed that takes a side, with newer statements near to it in meaning, nearest first.
-- in: Themes and words
SELECT
    coalesce(nullif(seed_person, ''), seed_organisation) AS seed_speaker, seed_stance, seed_text,
    coalesce(nullif(person, ''), organisation) AS speaker, stance, text, round(nearness, 2) AS nearness
FROM seed_echoes
WHERE seed_stance <> 'none'
ORDER BY nearness DESC, seed_text, text
LIMIT 20
