-- In which articles what was told of whom is to be told anew, since an analyst changed a label there or took it back.
CREATE OR REPLACE TEMP TABLE amended_positions AS
SELECT DISTINCT w.article_id, unnest([a.actor_id, w.actor_id]) AS actor_id
FROM store.amendments AS a
JOIN waiting_statements AS w USING (statement_id)
