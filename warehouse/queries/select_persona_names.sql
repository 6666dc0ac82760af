SELECT persona_id, name, scope, actor_id, surname, first_names FROM store.personas ORDER BY persona_id
