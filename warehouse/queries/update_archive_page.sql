UPDATE store.archive_pages SET
    state = $state, reason = $reason, oldest_at = $oldest_at, back_to = $back_to, asked_at = $now,
    asked_since = $since
WHERE feed_id = $feed_id AND url = $url
