-- What may not go out now is held, and says why.
UPDATE store.alerts AS a SET
    status = 'held', hold_reason = coalesce(nullif(g.hold_reason, ''), m.hold_reason)
FROM store.alerts AS w
LEFT JOIN staged_gates AS g USING (destination)
LEFT JOIN staged_mutes AS m USING (rule)
WHERE w.alert_id = a.alert_id AND a.status IN ('pending', 'held') AND a.timing = 'at_once'
  AND coalesce(nullif(g.hold_reason, ''), m.hold_reason, '') <> ''
