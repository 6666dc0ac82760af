CREATE OR REPLACE VIEW main.troubles AS
SELECT trouble, words, advice, began_at, ended_at, told_at
FROM store.troubles;

COMMENT ON VIEW main.troubles IS 'What was or is wrong with Stancewatch itself, one row each time: ended_at IS NULL selects what is wrong now. Its operator is told (config/operator.yml), nobody else.';
COMMENT ON COLUMN main.troubles.trouble IS 'What is wrong: runs:FLOW (its runs fail), late (none succeeds any more), warehouse, disk, destination:NAME, feed:NAME or drift (of the share without a side).';
COMMENT ON COLUMN main.troubles.words IS 'How it stands, or last stood.';
COMMENT ON COLUMN main.troubles.advice IS 'What to do about it.';
COMMENT ON COLUMN main.troubles.began_at IS 'When it was first seen (UTC).';
COMMENT ON COLUMN main.troubles.ended_at IS 'When it was seen to be over (UTC); null while it lasts.';
COMMENT ON COLUMN main.troubles.told_at IS 'When the operator was last told that it is so (UTC); null if never.';
