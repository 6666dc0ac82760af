MERGE INTO store.people AS p
USING staged_people AS s ON p.person = s.person
WHEN MATCHED AND p.aliases <> s.aliases THEN UPDATE SET aliases = s.aliases
WHEN NOT MATCHED THEN INSERT (person, aliases) VALUES (s.person, s.aliases)
