UPDATE store.articles SET detected_at = $now, detected_revision = revision
WHERE detected_at IS NULL AND analysed_revision = revision
