SET memory_limit = '1GB'
