SELECT published FROM stancewatch
