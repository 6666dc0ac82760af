UPDATE store.meanings AS m SET echoed_with = $key
FROM unechoed AS u
WHERE m.rowid = u.row_id
