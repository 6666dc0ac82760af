-- What the configuration does not have any more.
DELETE FROM store.bodies WHERE organisation NOT IN (SELECT organisation FROM staged_bodies)
