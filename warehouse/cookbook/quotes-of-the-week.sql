-- What was said on a theme in the last week of news, by whom?
-- With or without a side; words printed again left out.
-- $theme = neighbourhood_place
-- in: Themes and words
SELECT said_on AS day, speaker, organisation, stance, text, publisher, url
FROM statements
WHERE list_contains(themes, $theme) AND NOT is_copy
    AND said_at > (SELECT max(said_at) FROM articles) - INTERVAL 7 DAY
ORDER BY said_at DESC, publisher, start_char
