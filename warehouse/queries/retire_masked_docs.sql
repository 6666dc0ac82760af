-- What is indexed of words that were changed or erased is dead; their articles wait to be indexed again.
CREATE OR REPLACE TEMP TABLE retired_docs AS
SELECT doc FROM store.indexed_statements
WHERE statement_id IN (FROM masked_statements) OR statement_id NOT IN (SELECT statement_id FROM store.statements);

INSERT INTO store.dead_docs SELECT 'statement', doc FROM retired_docs;

DELETE FROM store.indexed_statements WHERE doc IN (FROM retired_docs);

UPDATE store.indexed_articles SET text_hash = '' WHERE article_id IN (FROM touched_articles)
