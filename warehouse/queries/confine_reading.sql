-- Parquet of the lake and nothing else is within reach.
SET allowed_directories = $folders
