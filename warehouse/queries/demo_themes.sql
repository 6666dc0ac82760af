SELECT theme, sum(local)::INT AS local, sum(central)::INT AS central, sum(balanced)::INT AS balanced, sum(statements)::INT AS statements
FROM theme_trends
GROUP BY theme
HAVING sum(local) + sum(central) > 0
ORDER BY sum(local) + sum(central) DESC
LIMIT 8
