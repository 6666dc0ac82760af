-- What the configuration does not have any more.
DELETE FROM store.themes WHERE theme NOT IN (SELECT theme FROM staged_themes)
