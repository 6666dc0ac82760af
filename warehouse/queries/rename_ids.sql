UPDATE {table} SET {column} = r.new_id FROM staged_names AS r WHERE r.kind = '{kind}' AND r.old_id = {table}.{column}
