UPDATE store.messages SET is_repeat = is_repeat OR status IN ('sending', 'unknown'), status = 'sending'
WHERE message_id = $message_id
