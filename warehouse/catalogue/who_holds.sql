SELECT holder FROM stancewatch
