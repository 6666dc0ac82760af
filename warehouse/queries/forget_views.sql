-- Views and functions are made anew where tables were filled from elsewhere.
DELETE FROM store.migrations WHERE name LIKE 'views %'
