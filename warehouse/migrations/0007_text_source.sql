-- Where an article's text was read; what was stored before says so only of texts that no page gave.
ALTER TABLE store.articles ADD COLUMN text_source VARCHAR DEFAULT 'page'; -- page | teaser | feed | pdf | file
UPDATE store.articles SET text_source = 'file' WHERE kind <> 'feed';
UPDATE store.articles AS a SET text_source = 'feed'
FROM store.entries AS e
WHERE e.article_id = a.article_id AND e.reason LIKE 'text from the feed%';
