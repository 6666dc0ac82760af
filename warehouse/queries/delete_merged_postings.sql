DELETE FROM store.postings WHERE segment IN (SELECT segment FROM merging)
