UPDATE stancewatch SET token = token + 1, holder = %(holder)s, taken_at = now() RETURNING token
