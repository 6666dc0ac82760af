-- Which words did outlets take out of their pages, or reword, and who had said them?
-- One row a statement since a day; what was told of it stays in the ledger.
-- $since = 2026-01-01
-- in: Outlets and people
SELECT publisher, speaker, stance, removed_on, text, reworded_as, is_printed_elsewhere, url
FROM removed_statements
WHERE removed_at >= CAST($since AS TIMESTAMPTZ)
ORDER BY removed_at DESC, url, text
