-- For figures that nobody waits for: one core, and little memory.
SET threads = 1;
SET memory_limit = '256MB'
