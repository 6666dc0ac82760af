-- Messages of which something may have left our hands since the copy was made, as they stand in the file that knows.
-- What stands further here already (a copy younger than that file) stays.
MERGE INTO store.messages AS m
USING (
    SELECT * FROM known.store.messages
    WHERE status <> 'pending' OR is_repeat OR len(recipients) > 0
) AS k ON m.message_id = k.message_id
WHEN MATCHED AND (list_position(['pending', 'dead', 'sending', 'unknown', 'sent'], k.status), k.attempts)
        > (list_position(['pending', 'dead', 'sending', 'unknown', 'sent'], m.status), m.attempts) THEN UPDATE SET
    status = k.status, attempts = k.attempts, is_repeat = k.is_repeat, recipients = k.recipients,
    next_attempt_at = k.next_attempt_at
WHEN NOT MATCHED AND k.kind <> 'operator' THEN INSERT BY NAME
