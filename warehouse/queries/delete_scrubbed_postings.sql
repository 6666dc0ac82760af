DELETE FROM store.postings WHERE rowid IN (SELECT row_id FROM scrubbed_postings WHERE docs IS NULL)
