UPDATE store.article_revisions AS a SET title = b.title, text = b.text
FROM staged_blanked AS b
WHERE b.table_name = 'store.article_revisions' AND b.row_id = a.rowid
