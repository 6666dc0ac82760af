-- Notable people and the other names they are printed under, from config/actors.yml.
CREATE TABLE store.people (
    person VARCHAR NOT NULL,
    aliases VARCHAR[] NOT NULL
);
