-- Whom a name means, or a part of it, as plain_name has it; an empty one means nobody. By the names each was heard under,
-- and those that config/actors.yml has for the same person.
CREATE OR REPLACE MACRO store.people_called(name) AS TABLE
SELECT DISTINCT p.actor_id
FROM store.heard AS h
JOIN store.personas AS p USING (persona_id)
WHERE h.person <> '' AND main.plain_name(name) <> '' AND (
    contains(main.plain_name(h.person), main.plain_name(name))
    OR h.person IN (
        SELECT k.person FROM store.people AS k
        WHERE len(list_filter(k.aliases, lambda alias: contains(main.plain_name(alias), main.plain_name(name)))) > 0));

-- Organisations that somebody took a side for, and those that config/actors.yml has under this name.
CREATE OR REPLACE MACRO store.bodies_called(name) AS TABLE
SELECT s.organisation
FROM store.sides AS s
WHERE s.theme = '' AND s.organisation <> '' AND main.plain_name(name) <> ''
    AND contains(main.plain_name(s.organisation), main.plain_name(name))
UNION
SELECT b.organisation
FROM store.bodies AS b
WHERE main.plain_name(name) <> ''
    AND len(list_filter(b.aliases, lambda alias: main.plain_name(alias) = main.plain_name(name))) > 0;
