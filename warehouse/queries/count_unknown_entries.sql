SELECT count(*) FROM identified_entries ANTI JOIN store.entries USING (entry_id) WHERE rank = 1
