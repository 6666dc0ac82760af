SELECT actor_id, stance, confidence, statement_id, themes, is_new, said_at
FROM store.positions
WHERE article_id = $article_id
ORDER BY actor_id
