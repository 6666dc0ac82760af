DELETE FROM store.sides
WHERE (actor_id, organisation, theme) IN (SELECT actor_id, organisation, theme FROM changed_sides)
