DELETE FROM store.reprints WHERE original_id IN (SELECT original_id FROM reprinted)
