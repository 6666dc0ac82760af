"""`make bench-search`: answers and cost of `search` beside DuckDB's own full-text index of the same articles."""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from extractors.article import extract_page
from extractors.identity import content_id
from flows.newsroom import load_newsroom
from tests.bench.measures import cpu_of, say
from tests.timelines.gold import read_timeline, timeline_files
from tests.warehouse.timeline import at, open_timeline, page
from warehouse.articles import store_articles
from warehouse.extensions import extension_file
from warehouse.fulltext import index_texts, merge_segments

if TYPE_CHECKING:
    from tests.warehouse.timeline import Timeline
    from warehouse.articles import ArticleRow

SIZE, STEP = 100_000, 1000
AT_ONCE = 5000
TOP = 10
QUERIES = (
    "earned autonomy", "local control", "central control", "waiting list", "council budget", "integrated care board",
    "national targets", "hospital trust", "minister powers", "pay award nurses", "public health grant", "ring-fence",
    "social care reform", "patient safety", "winter pressures", "general practice contract", "pharmacy", "mayor",
    "accountability of boards", "performance league tables", "chief executive", "devolution", "regional offices",
    "abolition of NHS England", "ambulance delays", "neighbourhood teams", "financial deficit", "staffing levels",
    "freedom to spend", "decisions closer to patients", "intervention by Whitehall", "local leaders",
    "inspection regime", "waiting times standards", "capital spending", "board appointments", "community services",
    "stroke unit", "mental health", "primary care networks",
)  # fmt: skip
MADE_QUERIES = (
    ("two common words", "qec qed"),
    ("two less common words", "qbaa qcaa"),
    ("two rare words", "qbaaaa qcaaaa"),
    ("phrase of common words", '"qec qed"'),
    ("phrase of less common words", '"qec qbaa"'),
    ("phrase and a common word", '"qec qed" qee'),
    ("a word never printed", "zeppelin"),
)
"""Words are their ranks, spelt by letters: qec is the 42nd, and the most frequent but for those of every text."""
TABLES = ("words", "indexed_articles", "indexed_statements", "segments", "postings", "pairs")
PRESS = "https://press.example"
_MAKE = """
CREATE OR REPLACE TEMP TABLE made AS
SELECT
    n, substr(md5('a' || n), 1, 16) AS article_id, CAST(300 + hash(n, 'length') % 600 AS BIGINT) AS length,
    list_transform(range(length), lambda k: CAST(pow(60000, (hash(n, k) % 1000003) / 1000003.0) AS INTEGER)) AS ranks,
    list_transform(ranks, lambda rank: CASE WHEN rank <= 40 THEN idle[rank]
        ELSE 'q' || translate(CAST(rank AS VARCHAR), '0123456789', 'abcdefghij') END) AS words
FROM (SELECT ['the', 'of', 'to', 'and', 'a', 'in', 'that', 'is', 'for', 'on', 'be', 'with', 'as', 'by', 'are', 'was',
    'will', 'have', 'has', 'it', 'at', 'from', 'they', 'this', 'their', 'we', 'he', 'but', 'or', 'an', 'said', 'not',
    'which', 'been', 'were', 'more', 'there', 'would', 'our', 'she'] AS idle),
    range($start, $stop) AS t (n)
"""
_ARTICLES = """
INSERT INTO store.articles BY NAME
SELECT
    article_id, 'https://post.example/' || article_id AS url, 'Outlet ' || n % 150 AS publisher, 'post' AS feed_id,
    'feed' AS kind, array_to_string(words[5:14], ' ') AS title, '' AS byline,
    $first::TIMESTAMPTZ + to_minutes(CAST(n AS BIGINT)) AS published_at, published_at AS first_seen_at,
    published_at AS fetched_at, 'en' AS language, array_to_string(words, ' ') AS text, article_id AS text_hash,
    len(words) AS words, [] AS themes, article_id AS story_id, 1 AS revision, '1' AS extractor_version, true AS is_live,
    1 AS analysed_revision, 'engine-1' AS model_version
FROM made
ORDER BY n
"""
_STATEMENTS = """
INSERT INTO store.statements BY NAME
SELECT
    substr(md5('s' || n || ' ' || k), 1, 16) AS statement_id, article_id, 'Person' AS person, 'chair' AS role,
    'Body' AS organisation, 'local_nhs' AS actor_type, array_to_string(words[k * 40 + 1:k * 40 + 30], ' ') AS text,
    0 AS start_char, 99 AS end_char, 'direct' AS quote_kind, 'none' AS stance, 0.5 AS stance_score, 0.9 AS confidence,
    0 AS evidence_start, 9 AS evidence_end, [] AS themes, '' AS words_key, [] AS shingles,
    'engine-1' AS model_version, false AS corrected, true AS is_current
FROM made, range(6) AS r (k)
ORDER BY n, k
"""
_INDEX = "PRAGMA create_fts_index('texts', 'article_id', 'title', 'text', stemmer = 'english')"
_MATCH = """
SELECT article_id
FROM (SELECT article_id, fts_main_texts.match_bm25(article_id, $query) AS score FROM texts)
WHERE score IS NOT NULL
ORDER BY score DESC, article_id
LIMIT 10
"""
_FOUND = "SELECT article_id FROM search($query) WHERE kind = 'article' ORDER BY score DESC LIMIT 10"


def main(size: int) -> None:
    """Print how far the answers agree, and what index and queries cost with so many articles."""
    with tempfile.TemporaryDirectory() as folder, open_timeline(Path(folder), "real") as timeline:
        compare_answers(timeline)
    with tempfile.TemporaryDirectory() as folder, open_timeline(Path(folder), "made") as timeline:
        timeline.query("SET threads = 2")
        timeline.query("SET enable_progress_bar = false")
        measure_cost(timeline, size)


def compare_answers(timeline: Timeline) -> None:
    """The best ten articles of each query, of the sample newsroom's and the timelines' articles, both ways."""
    store_articles(timeline.warehouse, at(60), real_articles(), [])
    index_all(timeline)
    other, _ = fts_index(timeline)
    shares, firsts = [], 0
    for query in QUERIES:
        ours = [row for (row,) in timeline.warehouse._connection.execute(_FOUND, {"query": query}).fetchall()]
        theirs = [row for (row,) in other.execute(_MATCH, {"query": query}).fetchall()]
        shares.append(len({*ours} & {*theirs}) / max(1, min(TOP, len(theirs))))
        firsts += ours[:1] == theirs[:1]
    ((number,),) = timeline.query("SELECT count(*) FROM articles")
    say(
        f"{len(QUERIES)} queries of {number} articles: {statistics.mean(shares):.2f} of the best {TOP} in common with"
        f" match_bm25 (least {min(shares):.2f}); the same article first {firsts} times"
    )


def real_articles() -> list[ArticleRow]:
    """Articles as people write them: those of the timelines, each in its last version, and the sample newsroom's."""
    rows = {a.id: _row(a.id, a.title, a.text) for file in timeline_files() for a in read_timeline(file).articles}
    for site in load_newsroom():
        for article in site.articles:
            found = extract_page(site.pages(article.day, PRESS)[article.path].body, url=PRESS + article.path)
            name = f"{site.publisher.slug}{article.path}"
            rows[name] = _row(name, article.title, found.text)
    return list(rows.values())


def _row(article_id: str, title: str, text: str) -> ArticleRow:
    row = page(article_id, 1).row()
    return replace(row, title=title, text=text, text_hash=content_id(text), words=len(text.split()))


def index_all(timeline: Timeline) -> None:
    """Index what is not indexed yet, as the pipeline does."""
    while index_texts(timeline.warehouse):
        while merge_segments(timeline.warehouse):
            pass


def fts_index(timeline: Timeline) -> tuple[duckdb.DuckDBPyConnection, float]:
    """DuckDB's own index of a copy of the same articles, and the CPU seconds that it took."""
    timeline.warehouse.checkpoint()
    copy = timeline.warehouse.path.with_name("other.duckdb")
    shutil.copyfile(timeline.warehouse.path, copy)
    other = duckdb.connect(str(copy), config={"threads": 2, "memory_limit": "4GB"})
    other.load_extension(str(extension_file("fts")))
    other.execute("SET enable_progress_bar = false")
    other.execute("CREATE TABLE texts AS SELECT article_id, title, text FROM store.articles")
    return other, cpu_of(lambda: other.execute(_INDEX))


def measure_cost(timeline: Timeline, size: int) -> None:
    """What a step costs beside so many indexed articles, what the index takes on disk, and how long queries take."""
    make(timeline, 0, size - STEP)
    index_all(timeline)
    make(timeline, size - STEP, size)
    step = cpu_of(lambda: index_all(timeline))
    other, whole = fts_index(timeline)
    other.close()
    say(f"{size:,} articles: {STEP:,} of them indexed {step:.1f} CPU s; create_fts_index of all {whole:.1f} CPU s")
    ((text,),) = timeline.query("SELECT sum(strlen(text)) FROM store.articles")
    index = {name: size_of(timeline, name) for name in TABLES}
    told = ", ".join(f"{name} {taken / size:,.0f}" for name, taken in index.items())
    say(f"bytes an article: text {text / size:,.0f}, index {sum(index.values()) / size:,.0f} ({told})")
    for kind, query in MADE_QUERIES:
        measure_query(timeline, kind, query)


def make(timeline: Timeline, start: int, stop: int) -> None:
    """Store made articles of these numbers, with six statements each."""
    connection = timeline.warehouse._connection
    for first in range(start, stop, AT_ONCE):
        connection.execute(_MAKE, {"start": first, "stop": min(first + AT_ONCE, stop)})
        connection.execute(_ARTICLES, {"first": at(1)})
        connection.execute(_STATEMENTS)
    timeline.show_articles()


def size_of(timeline: Timeline, table: str) -> int:
    """Bytes of a table of the index in a file of its own, without what a file takes empty."""
    path = timeline.warehouse.path.with_name("table.duckdb")
    sizes = []
    for rows in ("LIMIT 0", ""):
        path.unlink(missing_ok=True)
        timeline.query(f"ATTACH '{path}' AS lone")
        timeline.query(f"CREATE TABLE lone.{table} AS FROM store.{table} {rows}")
        timeline.query("DETACH lone")
        sizes.append(path.stat().st_size)
    return sizes[1] - sizes[0]


def measure_query(timeline: Timeline, kind: str, query: str) -> None:
    """Print what a query takes, of three times the quickest, read by a client of its own from the file."""
    with duckdb.connect(str(timeline.warehouse.path.with_name("other.duckdb")), read_only=True) as client:
        client.execute("SET threads = 2")
        runs = []
        for _ in range(3):
            cpu, wall = time.process_time(), time.perf_counter()
            rows = client.execute("SELECT kind FROM search($query)", {"query": query}).fetchall()
            runs.append((time.perf_counter() - wall, time.process_time() - cpu))
    wall, cpu = min(runs)
    say(f"{kind:<28} {wall:6.2f} s {cpu:6.2f} CPU s   {len(rows)} rows")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SIZE)
