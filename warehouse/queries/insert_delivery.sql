INSERT INTO store.deliveries BY NAME
SELECT $alert_id AS alert_id, $destination AS destination, $attempt AS attempt, $outcome AS outcome,
    $now AS attempted_at, $detail AS detail
