UPDATE store.articles AS a SET story_id = f.story_id
FROM found_stories AS f
WHERE f.article_id = a.article_id AND f.story_id <> a.story_id
