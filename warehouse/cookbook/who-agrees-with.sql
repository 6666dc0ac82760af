-- Who agrees with the Confederation, and who opposes it?
-- By the latest side of each organisation on each theme that both took a side on; in any form of its name, or an acronym that organisations.aliases has.
-- $organisation = NHS Confederation
-- in: Where they stand
SELECT other_organisation, other_stance, shared_themes, agreeing, opposing, agreeing_themes, opposing_themes
FROM agreements
WHERE plain_name(organisation) = plain_name($organisation)
    OR list_contains(list_transform(aliases, lambda alias: plain_name(alias)), plain_name($organisation))
ORDER BY agreeing - opposing DESC, agreeing DESC, other_organisation
