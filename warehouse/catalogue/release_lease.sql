-- Whoever lets go says so; where a holder stands whom no lock knows, he died.
UPDATE stancewatch SET holder = '' WHERE token = %(token)s
