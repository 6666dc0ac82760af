-- Rows with one of these words.
SELECT rowid AS row_id, {columns}
FROM {table}
WHERE regexp_matches(lower(concat_ws(' ', {texts})), $pattern)
