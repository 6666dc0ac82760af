-- For reading on the side, where a worker process has 768 MiB for everything.
SET memory_limit = '400MB'
