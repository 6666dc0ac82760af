-- What was dropped under some addresses, and lines of an import that were refused and named them.
SELECT url, stage, reason, dropped_at
FROM store.drops
WHERE url IN (SELECT unnest($urls::VARCHAR[]))
   OR (stage = 'import' AND list_has_any(regexp_extract_all(reason, '⟨([^⟩]+)⟩', 1), $urls::VARCHAR[]))
ORDER BY dropped_at DESC, stage, reason
LIMIT 20
