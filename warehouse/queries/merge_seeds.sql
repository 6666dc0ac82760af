MERGE INTO store.seeds AS s
USING staged_seeds AS n ON s.file = n.file
WHEN MATCHED AND s.sha256 <> n.sha256 THEN UPDATE SET sha256 = n.sha256, article_id = n.article_id, loaded_at = $now
WHEN NOT MATCHED THEN INSERT VALUES (n.file, n.sha256, n.article_id, $now)
