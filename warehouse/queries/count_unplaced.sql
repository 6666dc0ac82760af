SELECT count(*) FROM unplaced_statements WHERE foremost_id = statement_id
