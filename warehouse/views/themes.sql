CREATE OR REPLACE VIEW main.themes AS
SELECT theme, label, covers FROM store.themes;

COMMENT ON VIEW main.themes IS 'The governance themes of the codebook, as config/themes.yml had them at the last run: one row each.';
COMMENT ON COLUMN main.themes.theme IS 'Key, as in every column theme, themes and new_themes.';
COMMENT ON COLUMN main.themes.label IS 'Its name for readers.';
COMMENT ON COLUMN main.themes.covers IS 'What it covers, in words.';
