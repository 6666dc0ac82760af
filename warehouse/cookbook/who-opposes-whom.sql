-- Which organisations oppose each other on most themes?
-- Each pair stands in agreements both ways round: the comparison of the names takes one of them.
-- in: Where they stand
SELECT organisation, stance, other_organisation, other_stance, opposing, shared_themes, opposing_themes
FROM agreements
WHERE organisation < other_organisation AND opposing > 0
ORDER BY opposing DESC, shared_themes, organisation, other_organisation
LIMIT 20
