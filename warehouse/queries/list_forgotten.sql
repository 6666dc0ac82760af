SELECT order_id FROM store.forgotten
