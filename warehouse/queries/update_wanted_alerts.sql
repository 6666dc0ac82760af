-- Alerts whose events are told otherwise go by the rules anew: what no rule of the destination asks for is not sent; what
-- another one asks for in place of its own goes as that one says. A rule that is no longer there withdraws nothing.
UPDATE store.alerts AS a SET
    is_wanted = w.is_wanted, rule = w.rule, timing = w.timing, status = w.status, hold_reason = w.hold_reason
FROM (
    SELECT
        o.alert_id, c.kind <> 'repeat' AND (m.rule IS NOT NULL OR own.rule IS NULL) AS is_wanted,
        m.rule IS NOT NULL AND coalesce(len(own.failed) > 0, false) AND o.message_id IS NULL
            AND o.status IN ('pending', 'held') AS is_moved,
        CASE WHEN is_moved THEN m.rule ELSE o.rule END AS rule,
        CASE WHEN is_moved THEN m.timing ELSE o.timing END AS timing,
        CASE WHEN is_moved THEN m.status ELSE o.status END AS status,
        CASE WHEN is_moved THEN m.hold_reason ELSE o.hold_reason END AS hold_reason
    FROM store.alerts AS o
    JOIN candidate_events AS c USING (event_id)
    LEFT JOIN weighed_rules AS own
        ON own.event_id = o.event_id AND own.destination = o.destination AND own.rule = o.rule
    LEFT JOIN matched_rules AS m ON m.event_id = o.event_id AND m.destination = o.destination
) AS w
WHERE w.alert_id = a.alert_id
    AND (a.is_wanted, a.rule, a.timing, a.status, a.hold_reason)
        IS DISTINCT FROM (w.is_wanted, w.rule, w.timing, w.status, w.hold_reason)
