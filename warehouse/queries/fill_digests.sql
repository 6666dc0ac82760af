UPDATE store.alerts AS a SET status = 'carried', hold_reason = '', message_id = s.message_id
FROM staged_slots AS s
JOIN store.messages AS m USING (message_id)
WHERE a.destination = s.destination AND a.timing = s.timing AND a.status IN ('pending', 'held') AND a.created_at < s.ends_at
  AND m.created_at = $now AND m.attempts = 0 AND a.is_wanted AND NOT list_contains($muted_rules::VARCHAR[], a.rule)
