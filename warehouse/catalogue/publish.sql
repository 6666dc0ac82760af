-- Everything that was committed until now; by whoever has lost the lease, nothing.
UPDATE stancewatch SET published = (SELECT max(snapshot_id) FROM ducklake_snapshot), published_at = now()
WHERE token = %(token)s
