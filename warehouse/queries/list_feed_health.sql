SELECT feed_id, status, last_ok_at, entries_7d, failures, notice, reason FROM main.feed_health
