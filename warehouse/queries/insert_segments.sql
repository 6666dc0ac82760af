INSERT INTO store.segments SELECT segment, kind, 0, min(doc), max(doc) FROM new_docs GROUP BY segment, kind
