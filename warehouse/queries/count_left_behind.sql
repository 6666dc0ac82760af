-- What the file that was there knows and this one does not.
SELECT 'articles' AS what, count(*) AS number FROM known.store.articles ANTI JOIN store.articles USING (article_id)
UNION ALL
SELECT 'corrections', count(*) FROM known.store.corrections ANTI JOIN store.corrections USING (correction_id)
UNION ALL
SELECT 'actor_verdicts', count(DISTINCT verdict_id) FROM known.store.actor_verdicts ANTI JOIN store.actor_verdicts USING (verdict_id)
UNION ALL
SELECT 'alerts', count(*) FROM known.store.alerts ANTI JOIN store.alerts USING (alert_id)
