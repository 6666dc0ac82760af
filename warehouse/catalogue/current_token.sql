SELECT token FROM stancewatch
