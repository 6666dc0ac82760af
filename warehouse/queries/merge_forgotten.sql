MERGE INTO store.forgotten AS f
USING staged_orders AS s ON f.order_id = s.order_id
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME
