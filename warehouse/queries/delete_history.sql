DELETE FROM store.history
WHERE (article_id, actor_id) IN (
    SELECT article_id, actor_id FROM changed_history UNION SELECT article_id, actor_id FROM gone_history)
