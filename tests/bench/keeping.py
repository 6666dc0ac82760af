"""`make bench-publish`: what it costs to publish, copy, verify and export a large warehouse, beside `cp` and fsync.

The file is made of invented rows until it has a gibibyte: articles of a kilobyte, one statement each. Rounds of both
alternate, so that a busy disk meets both; a few rows change before each, as they do between two runs.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from tests.bench.measures import say, timed
from warehouse.copies import write_copy
from warehouse.database import Warehouse
from warehouse.inspection import inspect_file
from warehouse.published import publish, published_path

ROUNDS = 7
LEAST_BYTES = 1 << 30
BATCH = 100_000
ARTICLES = """
INSERT INTO store.articles BY NAME
SELECT
    'a' || i AS article_id, 'https://post.example/' || i AS url, 'Paper ' || i % 100 AS publisher, 'f' AS feed_id,
    'feed' AS kind, 'Title ' || i AS title, '' AS byline, TIMESTAMPTZ '2016-01-01' + to_hours(i // 12) AS published_at,
    now() AS first_seen_at, now() AS fetched_at, 'en' AS language,
    list_reduce(list_transform(range(30), lambda j: md5(i || '-' || j)), lambda x, y: x || ' ' || y) AS text,
    md5(i::VARCHAR) AS text_hash, 30 AS words, ['autonomy_control'] AS themes, 'a' || i AS story_id, 1 AS revision,
    '1' AS extractor_version, true AS is_live, 1 AS analysed_revision, '1' AS model_version, now() AS detected_at,
    1 AS detected_revision, 'page' AS text_source
FROM range($first, $first + $batch) AS r(i)
"""
STATEMENTS = """
INSERT INTO store.statements BY NAME
SELECT
    's' || substr(article_id, 2) AS statement_id, article_id, 'p' || substr(article_id, 2)::INT % 5000 AS actor_id,
    'Person ' || substr(article_id, 2)::INT % 5000 AS person, 'chair' AS role, 'Board' AS organisation,
    'local_nhs' AS actor_type, substr(text, 1, 200) AS text, 0 AS start_char, 200 AS end_char, 'direct' AS quote_kind,
    'local' AS stance, 0.5 AS stance_score, 0.9 AS confidence, 0 AS evidence_start, 20 AS evidence_end, themes,
    md5(article_id) AS words_key, [] AS shingles, '1' AS model_version, false AS corrected, true AS is_current,
    's' || substr(article_id, 2) AS original_id, url, publisher, published_at, title, byline, kind, feed_id, story_id,
    first_seen_at
FROM store.articles
WHERE substr(article_id, 2)::BIGINT >= $first
"""


def main() -> None:
    """Measure and print one line a figure."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        path = Path(folder) / "warehouse.duckdb"
        with Warehouse.open(path) as warehouse:
            rows = fill(warehouse)
            say(f"{path.stat().st_size / 1024**2:,.0f} MiB, {rows:,} articles with a statement each")
            measure_publishing(warehouse)
            copy = timed(lambda: write_copy(warehouse, Path(folder) / "copy.duckdb"))
            say(f"verified copy                    {copy.seconds:6.1f} s")
            (Path(folder) / "copy.duckdb").unlink()
        looked = timed(lambda: inspect_file(path, Path(folder)))
        sound = all(observation.is_sound for observation in looked.result)
        say(f"verify                           {looked.seconds:6.1f} s   {'sound' if sound else 'NOT SOUND'}")
        measure_export(Path(folder))


def fill(warehouse: Warehouse) -> int:
    """Add rows until the file is large enough; returns how many articles there are."""
    rows = 0
    while rows < 1_000_000 or warehouse.path.stat().st_size < LEAST_BYTES:
        for sql, values in ((ARTICLES, {"first": rows, "batch": BATCH}), (STATEMENTS, {"first": rows})):
            warehouse._connection.execute(sql, values)
        warehouse.checkpoint()
        rows += BATCH
    return rows


def measure_publishing(warehouse: Warehouse) -> None:
    """Publish and copy in turn."""
    bare, ours = [], []
    target = warehouse.path.with_name("bare.duckdb")
    for number in range(ROUNDS):
        change = "INSERT INTO store.drops SELECT 'u', 'read', 'why', now() FROM range(1000)"
        warehouse._connection.execute(change)
        warehouse.checkpoint()
        for is_ours in (number % 2 == 0, number % 2 == 1):
            if is_ours:
                ours.append(time_publish(warehouse))
            else:
                bare.append(time_bare(warehouse.path, target))
            for left in (target, published_path(warehouse.path)):
                left.unlink(missing_ok=True)
            os.sync()
    for name, seconds in (("cp and fsync", bare), ("publish", ours)):
        say(f"{name:<24} median {statistics.median(seconds):6.2f} s   least {min(seconds):6.2f} s")
    ratio = statistics.median(ours) / statistics.median(bare)
    say(f"publish : cp and fsync   median {ratio:6.2f}     least {min(ours) / min(bare):6.2f}")


def time_bare(source: Path, target: Path) -> float:
    """Seconds of `cp` and fsync."""
    started = time.monotonic()
    subprocess.run([shutil.which("cp") or "cp", source, target], check=True)  # noqa: S603 - cp
    with target.open("rb") as file:
        os.fsync(file.fileno())
    return time.monotonic() - started


def time_publish(warehouse: Warehouse) -> float:
    """Seconds of publishing."""
    started = time.monotonic()
    publish(warehouse)
    return time.monotonic() - started


def measure_export(folder: Path) -> None:
    """Export in a process of its own, and see how much memory it took."""
    with Warehouse.open(folder / "warehouse.duckdb") as warehouse:
        publish(warehouse)
    env = {**os.environ, "STANCEWATCH_HOME": str(folder)}
    for form in ("parquet", "csv"):
        command = [sys.executable, "-m", "flows.cli", "export", "--to", str(folder / form), "--format", form]
        started = time.monotonic()
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        mebibytes = usage.ru_maxrss / 1024
        say(f"export as {form:<8}               {time.monotonic() - started:6.1f} s   {mebibytes:,.0f} MiB at most")
        if form == "parquet":
            found = duckdb.sql(f"SELECT count(*) FROM '{folder}/{form}/articles/**/*.parquet'").fetchall()  # noqa: S608
            say(f"articles read back               {found[0][0]:,}")
        shutil.rmtree(folder / form)


if __name__ == "__main__":
    main()
