UPDATE store.personas AS p SET name = s.name, surname = s.surname, first_names = s.first_names
FROM staged_personas AS s
WHERE s.old_id = p.persona_id
