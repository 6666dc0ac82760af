DELETE FROM store.segments WHERE segment IN (SELECT segment FROM merging)
