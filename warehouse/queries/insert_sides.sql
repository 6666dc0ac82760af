INSERT INTO store.sides FROM weighed_sides
