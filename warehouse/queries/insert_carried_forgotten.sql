-- That somebody is to stay forgotten is known in the older copy too: it is not opened without the standing orders.
INSERT INTO store.forgotten BY NAME
FROM known.store.forgotten WHERE order_id NOT IN (SELECT order_id FROM store.forgotten)
