-- Mail that was sent to destinations with a probe since a day ago, and was not seen to arrive.
SELECT d.alert_id AS message_id, d.destination, min(d.attempted_at) AS sent_at
FROM store.deliveries AS d
ANTI JOIN (SELECT message_id, destination FROM store.arrivals WHERE arrived_at IS NOT NULL) AS a
    ON a.message_id = d.alert_id AND a.destination = d.destination
WHERE d.outcome = 'sent' AND d.attempted_at > $since AND list_contains($destinations::VARCHAR[], d.destination)
GROUP BY d.alert_id, d.destination
ORDER BY sent_at DESC, d.alert_id
