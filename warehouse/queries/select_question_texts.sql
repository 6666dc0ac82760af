SELECT q.statement_id, a.title, a.text AS article, s.start_char AS start, s.end_char AS "end", s.person
FROM staged_questions AS q
JOIN store.statements AS s USING (statement_id)
JOIN store.articles AS a USING (article_id)
