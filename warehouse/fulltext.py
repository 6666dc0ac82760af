"""The index that `search` looks words up in: added to chunk by chunk, small segments merged into larger ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.extensions import extension_file

if TYPE_CHECKING:
    from warehouse.database import Warehouse

INDEX_VERSION = "1"
"""Of the way to index: which words there are, their stems, their weights. Another one indexes everything anew."""
CHUNK = 250
MOST_WORDS = 150_000
"""A chunk ends behind so many words: what one step holds of them must fit the memory of a run."""
FAN = 8
"""So many segments of one level are merged into one of the next."""
AT_ONCE = 500_000
"""So many postings are merged by one query: it must fit the memory of a run."""
_ARTICLE_WORDS, _STATEMENT_WORDS = 300.0, 16.0
_FINDING = ("find_new_docs", "find_new_words", "insert_words", "insert_segments")
_SETTLING = (
    "insert_pairs",
    "insert_dead_docs",
    "delete_dead_docs",
    "update_indexed_statements",
    "insert_indexed_statements",
)
_DROPPING = (
    "delete_merged_postings",
    "delete_merged_pairs",
    "delete_merged_segments",
    "forget_dead_statements",
    "forget_dead_docs",
)


def index_texts(warehouse: Warehouse, limit: int = CHUNK) -> int:
    """Index the next chunk of articles, with what is said in them, in one transaction; returns how many (0: all are).

    They are those that are new, edited, or analysed since they were indexed; and all of them, if another version of the
    index was made of them.

    Raises:
        WarehouseError: DuckDB's extension for stems is missing or does not fit.
    """
    with warehouse.transaction():
        ((others,),) = warehouse.execute("count_other_indexes", version=INDEX_VERSION)
        if others:
            warehouse.execute("delete_index")
        warehouse.execute("find_unindexed", limit=limit, most_words=MOST_WORDS)
        ((found,),) = warehouse.execute("count_unindexed")
        if found:
            warehouse.load_extension(extension_file("fts"))
            _add_segments(warehouse)
    return int(found)


def _add_segments(warehouse: Warehouse) -> None:
    for step in _FINDING:
        warehouse.execute(step)
    warehouse.execute("insert_postings", article_words=_ARTICLE_WORDS, statement_words=_STATEMENT_WORDS)
    warehouse.execute("merge_indexed_articles", version=INDEX_VERSION)
    for step in _SETTLING:
        warehouse.execute(step)


def merge_segments(warehouse: Warehouse, most: int = FAN) -> int:
    """Merge the segments of the lowest level that has ``most`` of them, without what is dead; returns how many."""
    with warehouse.transaction():
        warehouse.execute("find_full_level", most=most)
        ((merged,),) = warehouse.execute("count_merging")
        if merged:
            ((segment,),) = warehouse.execute("next_segment")
            for table in ("postings", "pairs"):
                for first, last in warehouse.execute(f"select_{table}_parts", size=AT_ONCE):
                    warehouse.execute(f"merge_{table}", segment=segment, first=first, last=last)
                    warehouse.shed_memory()
            warehouse.execute("merge_segments", segment=segment)
            for step in _DROPPING:
                warehouse.execute(step)
    return int(merged)
