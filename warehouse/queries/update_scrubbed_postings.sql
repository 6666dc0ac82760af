UPDATE store.postings AS p SET docs = s.docs FROM scrubbed_postings AS s WHERE s.docs IS NOT NULL AND s.row_id = p.rowid
