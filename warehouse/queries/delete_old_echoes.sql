DELETE FROM store.echoes WHERE statement_id IN (SELECT statement_id FROM unechoed)
