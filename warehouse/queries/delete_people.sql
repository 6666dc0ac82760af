-- What the configuration does not have any more.
DELETE FROM store.people WHERE person NOT IN (SELECT person FROM staged_people)
