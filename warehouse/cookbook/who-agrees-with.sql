-- Who agrees with the Confederation, and who opposes it?
-- By the latest side of each organisation on each theme that both took a side on; names as in organisations.
-- $organisation = NHS Confederation
-- in: Where they stand
SELECT other_organisation, other_stance, shared_themes, agreeing, opposing, agreeing_themes, opposing_themes
FROM agreements
WHERE organisation = $organisation
ORDER BY agreeing - opposing DESC, agreeing DESC, other_organisation
