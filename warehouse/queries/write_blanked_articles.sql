UPDATE store.articles AS a SET title = b.title, text = b.text
FROM staged_blanked AS b
WHERE b.table_name = 'store.articles' AND b.row_id = a.rowid
