DELETE FROM store.messages WHERE message_id IN (SELECT message_id FROM erased_messages) RETURNING 1
