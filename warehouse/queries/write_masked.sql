-- All columns of a row at once: a row in which a list is changed gets another number.
UPDATE {table} SET {assignments}
FROM (SELECT row_id, {picked} FROM staged_masks WHERE table_name = '{table}' GROUP BY row_id) AS m
WHERE m.row_id = {table}.rowid
