-- Other labels than those known make statements anew; the same ones change nothing.
MERGE INTO store.given_texts AS g
USING staged_given_texts AS s ON g.article_id = s.article_id AND g.text_hash = s.text_hash
WHEN MATCHED AND g.labels_key <> s.labels_key THEN UPDATE SET
    labels_key = s.labels_key, themes = s.themes, placed_by = ''
WHEN NOT MATCHED THEN INSERT (article_id, text_hash, labels_key, themes, placed_by)
VALUES (s.article_id, s.text_hash, s.labels_key, s.themes, '')
