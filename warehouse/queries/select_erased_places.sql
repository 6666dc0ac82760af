-- The erased words, and those of others in the same articles, which stay.
SELECT article_id, start_char, end_char, text, true AS is_erased FROM erased_statements
UNION ALL
SELECT article_id, start_char, end_char, text, false FROM store.statements
WHERE is_current AND article_id IN (SELECT article_id FROM erased_statements)
    AND statement_id NOT IN (SELECT statement_id FROM erased_statements)
ORDER BY article_id, start_char
