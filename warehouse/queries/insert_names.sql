INSERT INTO store.entry_aliases SELECT DISTINCT entry_id, feed_id, name FROM staged_names WHERE name <> ''
