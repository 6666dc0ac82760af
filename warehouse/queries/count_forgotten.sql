SELECT count(*) FROM store.forgotten
