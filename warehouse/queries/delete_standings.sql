-- Actors whose positions, or what is shown of the latest, may have changed are placed anew.
DELETE FROM store.standings WHERE actor_id IN (SELECT actor_id FROM touched_actors)
