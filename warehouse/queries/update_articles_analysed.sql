UPDATE store.articles AS a SET
    themes = s.themes, model_version = s.model_version, analysed_revision = s.revision, detected_at = NULL
FROM staged_analysed AS s
WHERE a.article_id = s.article_id
