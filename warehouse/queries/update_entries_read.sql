UPDATE store.entries AS e SET
    state = s.state, reason = s.reason, attempts = s.attempts, next_attempt_at = s.next_attempt_at,
    etag = s.etag, last_modified = s.last_modified, article_id = coalesce(s.article_id, e.article_id)
FROM staged_reads AS s
WHERE e.entry_id = s.entry_id
