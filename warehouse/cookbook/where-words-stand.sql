-- Where were certain words printed, by whom?
-- Statements and articles, in any form of the words, best first; words in double quotes stand together.
-- $words = "league table"
-- in: Themes and words
SELECT kind, title, person, organisation, stance, excerpt, matches, publisher, url
FROM search($words)
