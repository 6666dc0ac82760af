CREATE OR REPLACE VIEW main.drops AS
SELECT url, stage, reason, dropped_at AS "at", dropped_at
FROM store.drops;

COMMENT ON VIEW main.drops IS 'Why an item (an entry, a page, a line of an import) went no further, one row each time.';
COMMENT ON COLUMN main.drops.url IS 'Address, or file and line on import.';
COMMENT ON COLUMN main.drops.stage IS 'poll, read, analyse or import.';
COMMENT ON COLUMN main.drops.reason IS 'Why, in words.';
COMMENT ON COLUMN main.drops."at" IS 'When (UTC); a reserved word in DuckDB, so write it in double quotes.';
COMMENT ON COLUMN main.drops.dropped_at IS 'The same as "at", under a name that needs no quotes.';
