-- Which words were printed by more than one outlet?
-- original_id leads from a copy to where the words were seen first.
-- in: Themes and words
SELECT
    min(o.speaker) AS speaker, min(o.publisher) AS first_outlet,
    list_sort(list(DISTINCT c.publisher)) AS later_outlets, min(o.stance) AS stance, min(o.text) AS text
FROM statements AS c
JOIN statements AS o ON o.statement_id = c.original_id
WHERE c.is_copy AND c.publisher <> o.publisher
GROUP BY o.statement_id
ORDER BY len(later_outlets) DESC, speaker, text
