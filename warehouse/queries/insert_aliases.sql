-- Whatever an entry was found under leads to it from now on.
INSERT INTO store.entry_aliases
SELECT * FROM (
    SELECT entry_id, '' AS feed_id, canonical_url AS name FROM identified_entries
    UNION
    SELECT entry_id, feed_id, guid FROM identified_entries WHERE guid <> ''
) AS named
ANTI JOIN store.entry_aliases AS known USING (entry_id, feed_id, name)
