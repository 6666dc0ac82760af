SELECT destination, count(*) AS messages FROM store.messages WHERE created_at > $since AND kind <> 'heartbeat' GROUP BY destination
