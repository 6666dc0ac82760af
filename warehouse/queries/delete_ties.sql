DELETE FROM store.persona_ties WHERE article_id IN (SELECT article_id FROM staged_analysed)
