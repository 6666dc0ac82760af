"""`make bench-meaning`: looking for similar statements, and for echoes of the seeds, beside many known ones."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measures import say, timed
from tests.warehouse.timeline import Timeline, empty_file
from warehouse.database import Warehouse
from warehouse.meanings import echo_seeds

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.measures import Timed

SIZES = (100_000, 1_200_000)
SEEDS, NEW, CHUNK, TIMES, AT_ONCE = 600, 1000, 20_000, 3, 100_000
_ARTICLES = """
INSERT INTO store.articles BY NAME
SELECT
    'a' || n AS article_id, 'https://post.example/' || n AS url, 'Outlet ' || n % 150 AS publisher, '' AS feed_id,
    CASE WHEN n < 100 THEN 'seed' ELSE 'feed' END AS kind, 'Title ' || n AS title, '' AS byline,
    '2026-01-01'::TIMESTAMPTZ AS published_at, published_at AS first_seen_at, published_at AS fetched_at,
    'en' AS language, '' AS text, '' AS text_hash, 9 AS words, [] AS themes, 'a' || n AS story_id, 1 AS revision,
    '1' AS extractor_version, false AS is_live, 1 AS analysed_revision, '1' AS model_version
FROM range($start // 6, $stop // 6) AS t (n)
"""
_STATEMENTS = """
INSERT INTO store.statements BY NAME
SELECT
    substr(md5('s' || n), 1, 16) AS statement_id, 'a' || n // 6 AS article_id, 'Person ' || n % 5000 AS person,
    'chair' AS role, 'Body ' || n % 800 AS organisation, 'local_nhs' AS actor_type,
    array_to_string(list_transform(range(30), lambda k: 'word' || hash(n, k) % 4000), ' ') AS text, 0 AS start_char,
    200 AS end_char, 'direct' AS quote_kind,
    ['none', 'local', 'central', 'balanced'][CAST(1 + hash(n) % 4 AS BIGINT)] AS stance,
    0.5 AS stance_score, 0.9 AS confidence, 0 AS evidence_start, 9 AS evidence_end, ['finance'] AS themes,
    statement_id AS words_key, list_transform(range(28), lambda k: CAST(hash(n, k) >> 1 AS BIGINT)) AS shingles,
    '1' AS model_version, false AS corrected, true AS is_current
FROM range($start, $stop) AS t (n)
"""
_MEANINGS = """
INSERT INTO store.meanings BY NAME
SELECT
    substr(md5('s' || n), 1, 16) AS statement_id, 'reader-1' AS version,
    {bits}, '' AS echoed_with,
    CAST(list_transform(range(64), lambda k: CAST(hash(n, k) % 255 AS INTEGER) - 127) AS TINYINT[]) AS numbers
FROM range($start, $stop) AS t (n)
""".replace("{bits}", ", ".join(f"CAST(hash(n, 'b{at}') >> 1 AS BIGINT) AS bits_{at}" for at in (1, 2, 3, 4)))
_BLOCKS = """
SELECT count(DISTINCT block_id) FROM pragma_storage_info('store.{table}') WHERE block_id >= 0{columns}
"""


def main() -> None:
    """Print what both take beside so many known statements, as shares of reading their texts once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        path.write_bytes(empty_file())
        known = 0
        for size in SIZES:
            with Warehouse.open(path) as warehouse:
                fill(Timeline(warehouse), known, size)
                warehouse.checkpoint()
            known = size
            with Warehouse.open(path) as warehouse:
                measure(Timeline(warehouse), size)


def fill(timeline: Timeline, start: int, stop: int) -> None:
    """Make the statements from one number to another; those of the first articles are of seeds."""
    execute = timeline.warehouse._connection.execute
    for first in range(start, stop, AT_ONCE):
        for query in (_ARTICLES, _STATEMENTS, _MEANINGS):
            execute(query, {"start": first, "stop": min(stop, first + AT_ONCE)})
    timeline.show_articles()


def measure(timeline: Timeline, size: int) -> None:
    """Time each of the questions some times; the quickest counts."""
    warehouse = timeline.warehouse
    bare = quickest(lambda: timeline.query("SELECT max(length(text)) FROM store.statements"))
    say(f"beside {size:,} statements, {SEEDS} of seeds; to read all texts once takes {bare.cpu_seconds:.3f} CPU s")
    work = {
        "similar_statements": lambda: timeline.query("SELECT * FROM similar_statements(substr(md5('s1234'), 1, 12))"),
        f"echoes of {NEW:,}": lambda: echo_seeds(warehouse, NEW),
        f"echoes of {CHUNK:,}": lambda: echo_seeds(warehouse, CHUNK),
    }
    for name, each in work.items():
        one = quickest(each)
        share = one.cpu_seconds / bare.cpu_seconds
        say(f"  {name:<20} {one.cpu_seconds:8.3f} CPU s {one.seconds:8.3f} s {share:8.2f} times that")
    for table, columns in (("meanings", ""), ("statements", " AND column_name IN ('text', 'shingles')")):
        ((blocks,),) = timeline.query(_BLOCKS.format(table=table, columns=columns))
        say(f"  store.{table}{' (text, shingles)' * bool(columns)}: {blocks * 262_144 / size:.0f} bytes a statement")


def quickest(work: Callable[[], object]) -> Timed[object]:
    """What a piece of work takes at best."""
    return min((timed(work) for _ in range(TIMES)), key=lambda one: one.cpu_seconds)


if __name__ == "__main__":
    main()
