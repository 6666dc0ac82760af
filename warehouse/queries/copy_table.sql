INSERT INTO {table} BY NAME FROM old.{table}
