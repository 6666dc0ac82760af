SELECT count(*) FROM touched_actors
