-- What analysts said of the statements of an article, here or where the same words stood.
SELECT
    s.statement_id, c.kind, c.corrected_by, c.corrected_at, c.note, c.stance, c.person, c.role, c.organisation, c.themes,
    c.own_stance, c.own_confidence, c.own_person, c.own_organisation
FROM store.statements AS s
JOIN store.corrections AS c ON c.statement_id = s.statement_id OR c.words_key = s.words_key
WHERE s.article_id = $article_id
ORDER BY c.corrected_at, c.correction_id
