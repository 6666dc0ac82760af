SELECT count(*) FROM merging
