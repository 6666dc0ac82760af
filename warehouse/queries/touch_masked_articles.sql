-- Articles in which something is about to be masked or erased, and statements of which the words are.
CREATE OR REPLACE TEMP TABLE touched_articles AS
SELECT a.article_id FROM store.articles AS a JOIN staged_masks AS m ON m.table_name = 'store.articles' AND m.row_id = a.rowid
UNION
SELECT s.article_id FROM store.statements AS s JOIN staged_masks AS m ON m.table_name = 'store.statements' AND m.row_id = s.rowid
UNION
SELECT article_id FROM store.statements WHERE persona_id IN (SELECT persona_id FROM staged_erased);

CREATE OR REPLACE TEMP TABLE masked_statements AS
SELECT s.statement_id
FROM store.statements AS s
JOIN staged_masks AS m ON m.table_name = 'store.statements' AND m.column_name = 'text' AND m.row_id = s.rowid
