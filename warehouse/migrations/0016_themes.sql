-- What the configuration calls things, for those who query: brought in by every run, so that names and explanations
-- stand beside the rows that use them.
CREATE TABLE store.themes (
    theme VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    covers VARCHAR NOT NULL
);

CREATE TABLE store.bodies (
    organisation VARCHAR NOT NULL,
    aliases VARCHAR[] NOT NULL
);
