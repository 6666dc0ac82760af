"""What is forgotten when it is old: records of requests, texts that feeds carried. Never what was said or told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from warehouse.database import Warehouse


def forget_fetches(warehouse: Warehouse, before: datetime) -> int:
    """Delete the records of requests older than ``before``; returns how many there were."""
    with warehouse.transaction():
        return warehouse.change("delete_fetches", before=before)


def forget_feed_texts(warehouse: Warehouse, before: datetime) -> int:
    """Empty the texts that feeds carried with entries read, and not seen since ``before``; returns how many.

    Nothing is lost that is shown: an article's own text, and those of its earlier revisions, stay.
    """
    with warehouse.transaction():
        return warehouse.change("empty_feed_texts", before=before)
