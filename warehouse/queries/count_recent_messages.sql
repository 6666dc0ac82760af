SELECT destination, count(*) AS messages FROM store.messages WHERE created_at > $since AND kind NOT IN ('heartbeat', 'operator') GROUP BY destination
