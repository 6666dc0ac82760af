SELECT count(*) FROM unindexed
