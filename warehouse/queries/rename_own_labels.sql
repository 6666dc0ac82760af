UPDATE store.statements SET own_label = struct_update(own_label, persona_id := r.new_id)
FROM staged_names AS r
WHERE r.kind = 'persona' AND r.old_id = own_label.persona_id
