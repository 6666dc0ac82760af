-- Labels that came with an article are under the mask by now, all its letters alike.
DELETE FROM store.given_statements
WHERE regexp_full_match(regexp_replace(lower(person), '[^a-z]', '', 'g'), 'x+') RETURNING 1
