SELECT entry_id, feed_id, url, guid FROM store.entries ANTI JOIN store.entry_aliases USING (entry_id)
