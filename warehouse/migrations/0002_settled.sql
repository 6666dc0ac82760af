-- What was settled once stays: a statement that an edit or a newer engine drops is kept for the events made of it and
-- for the day its words are quoted again; an article knows which revision's news has been told. (DuckDB takes columns
-- out before it adds others, and adds none that may not be null, in one transaction.)
ALTER TABLE store.statements DROP COLUMN first_revision;
ALTER TABLE store.statements ADD COLUMN is_current BOOLEAN DEFAULT true;
ALTER TABLE store.articles ADD COLUMN detected_revision INTEGER;
UPDATE store.articles SET detected_revision = analysed_revision WHERE detected_at IS NOT NULL;
UPDATE store.positions SET is_fresh = false;
