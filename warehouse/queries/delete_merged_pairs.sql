DELETE FROM store.pairs WHERE segment IN (SELECT segment FROM merging)
