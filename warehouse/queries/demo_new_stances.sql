SELECT kind, coalesce(nullif(person, ''), organisation) AS who, organisation, previous_stance AS before, stance AS now, publisher
FROM stance_events
WHERE kind <> 'repeat'
ORDER BY kind, published_at
