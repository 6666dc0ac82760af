MERGE INTO store.bodies AS b
USING staged_bodies AS s ON b.organisation = s.organisation
WHEN MATCHED AND b.aliases <> s.aliases THEN UPDATE SET aliases = s.aliases
WHEN NOT MATCHED THEN INSERT (organisation, aliases) VALUES (s.organisation, s.aliases)
