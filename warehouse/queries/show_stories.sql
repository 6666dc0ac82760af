-- Statements show the story of their article.
UPDATE store.statements AS s SET story_id = f.story_id
FROM found_stories AS f
WHERE f.article_id = s.article_id AND f.story_id <> s.story_id
