INSERT INTO store.segments
SELECT $segment, any_value(kind), max(level) + 1, min(first_doc), max(last_doc) FROM merging
