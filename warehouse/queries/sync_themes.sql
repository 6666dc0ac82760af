MERGE INTO store.themes AS t
USING staged_themes AS s ON t.theme = s.theme
WHEN MATCHED AND (t.label <> s.label OR t.covers <> s.covers) THEN UPDATE SET label = s.label, covers = s.covers
WHEN NOT MATCHED THEN INSERT (theme, label, covers) VALUES (s.theme, s.label, s.covers)
