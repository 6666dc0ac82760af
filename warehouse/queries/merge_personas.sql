MERGE INTO store.personas AS k
USING (SELECT DISTINCT ON (persona_id) * FROM staged_personas ORDER BY persona_id) AS s ON k.persona_id = s.persona_id
WHEN MATCHED THEN UPDATE SET name = s.name, surname = s.surname, first_names = s.first_names
WHEN NOT MATCHED THEN INSERT (persona_id, name, scope, surname, first_names, actor_id)
VALUES (s.persona_id, s.name, s.scope, s.surname, s.first_names, s.persona_id)
